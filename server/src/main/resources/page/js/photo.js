// One photo on the page and what becomes of it.

import { Problem, sentence } from './api.js';
import { cancel, fetchResult, follow, hasEnded, submit } from './jobs.js';

/**
 * A photo with a state: ready, waiting, sending, queued, running, fetching, succeeded, failed or
 * canceled. Fires "change" whenever something about it is new.
 */
export class Photo extends EventTarget {
  state = 'ready';
  /** Whether the browser can show it, and if so its size; null until tried. */
  displayable = null;
  width = 0;
  height = 0;
  percent = 0;
  secondsLeft = null;
  problem = '';
  /** The result: {blob, url, name, width, height, seconds}, or null. */
  result = null;
  #abort = null;

  constructor(file) {
    super();
    this.file = file;
    this.name = file.name || 'pasted.png';
    this.url = URL.createObjectURL(file);
  }

  get busy() {
    return this.#abort !== null;
  }

  change(facts) {
    Object.assign(this, facts);
    this.dispatchEvent(new Event('change'));
  }

  /** Has the server compute it; ends in succeeded, failed or canceled and never throws. */
  async run(settings) {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const submitted = performance.now();
    let path = null;
    try {
      this.#dropResult();
      this.change({ state: 'sending', percent: 0, secondsLeft: null, problem: '' });
      path = await submit(this.file, settings.parameters, {
        signal,
        sent: (part) => this.change({ state: 'sending', percent: 100 * part }),
        waiting: (seconds) => this.change({ state: 'waiting', secondsLeft: seconds }),
      });
      const job = await this.#followed(path, signal);
      await this.#fetchResult(path, job, settings.extension, signal, submitted);
    } catch (error) {
      this.#ended(error, path, signal);
    }
  }

  /** Gives up: what runs for it on the server is stopped. */
  cancel() {
    this.#abort?.abort();
  }

  /** Frees what the browser holds for it. */
  dispose() {
    this.cancel();
    this.#dropResult();
    URL.revokeObjectURL(this.url);
  }

  async #followed(path, signal) {
    for await (const job of follow(path, signal)) {
      if (job.state === 'succeeded') {
        return job;
      }
      if (hasEnded(job)) {
        throw job.state === 'canceled' ? new DOMException('canceled', 'AbortError')
          : new Problem(job.error ? sentence(job.error) : 'The result is no longer kept.');
      }
      const { state, percent = 0, secondsLeft = null } = job;
      this.change({ state, percent, secondsLeft });
    }
    throw new Problem('The server stopped telling about this photo.');
  }

  async #fetchResult(path, job, extension, signal, submitted) {
    this.change({ state: 'fetching', percent: 100, secondsLeft: null });
    const blob = await fetchResult(path, signal);
    const computing = Date.parse(job.ended) - Date.parse(job.started);
    this.#abort = null;
    this.change({
      state: 'succeeded',
      result: {
        blob,
        url: URL.createObjectURL(blob),
        name: resultName(this.name, extension, job),
        width: job.result.width,
        height: job.result.height,
        seconds: (Number.isFinite(computing) ? computing : performance.now() - submitted) / 1000,
      },
    });
  }

  #ended(error, path, signal) {
    this.#abort = null;
    if (path && signal.aborted) {
      cancel(path).catch(() => {}); // it may have ended already
    }
    if (signal.aborted || error.name === 'AbortError') {
      this.change({ state: 'canceled' });
    } else {
      this.change({ state: 'failed', problem: error.message });
    }
  }

  #dropResult() {
    if (this.result) {
      URL.revokeObjectURL(this.result.url);
      this.result = null;
    }
  }
}

function resultName(name, extension, job) {
  const stem = name.replace(/\.[^.]*$/, '');
  return `${stem}-${job.model}.${extension}`;
}
