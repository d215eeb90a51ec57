// One photo on the page and what becomes of it.

import { Problem, sentence } from './api.js';
import { cancel, fetchResult, follow, hasEnded, submit } from './jobs.js';
import { forget, keep } from './kept.js';

const UNKNOWN = 404;
const GONE = 410;

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
  /** Whether it waits for a server that does not answer. */
  silent = false;
  problem = '';
  /** The newest result: {blob, url, name, width, height, seconds, job}, or null. */
  result = null;
  /** The job on the server that has given no result yet: {path, name, extension}, or null. */
  #job = null;
  #abort = null;

  /** A photo that came in, or, without a file, the job that was sent for one before the page was loaded again. */
  constructor(file, job = null) {
    super();
    this.file = file;
    this.name = job?.name ?? (file.name || 'pasted.png');
    this.url = file && URL.createObjectURL(file);
    this.#job = job;
  }

  /** Whether to run it again may help: without its file, all that can be done is to ask for the result once more. */
  get runnable() {
    return this.file !== null || this.#job !== null;
  }

  /** Whether it would be lost with the page: the server does not have it yet. */
  get onItsWay() {
    return this.file !== null && (this.state === 'waiting' || this.state === 'sending');
  }

  change(facts) {
    Object.assign(this, facts);
    this.dispatchEvent(new Event('change'));
  }

  /**
   * Has the server compute it; ends in succeeded, failed or canceled and never throws. What there is of it
   * from before stays until there is something in its place.
   */
  async run(settings) {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const begun = performance.now();
    try {
      if (this.file) {
        this.#dropJob();
        this.#job = await this.#sent(settings, signal);
        keep(this.#job);
      }
      await this.#fetchResult(this.#job, signal, begun);
    } catch (error) {
      this.#ended(error, signal);
    }
  }

  /** Gives up: what runs for it on the server is stopped. */
  cancel() {
    if (this.#abort) {
      this.#abort.abort();
    } else {
      this.#dropJob();
      this.change({ state: this.#stateWithout(this.file ? 'ready' : 'canceled') });
    }
  }

  /** Frees what the browser and the server hold for it. */
  dispose() {
    this.#abort?.abort();
    this.#dropJob();
    this.#dropResult();
    URL.revokeObjectURL(this.url);
  }

  async #sent({ parameters, extension }, signal) {
    this.change({ state: 'sending', percent: 0, secondsLeft: null, problem: '' });
    await this.file.slice(0, 1).arrayBuffer().catch(() => {
      throw new Problem('The file can no longer be read. Was it moved or changed? Add it again.', GONE);
    });
    const path = await submit(this.file, parameters, {
      signal,
      sent: (part) => this.change({ state: 'sending', percent: 100 * part }),
      waiting: (secondsLeft, silent) => this.change({ state: 'waiting', secondsLeft, silent }),
    });
    return { path, name: this.name, extension };
  }

  async #followed(path, signal) {
    for await (const job of follow(path, signal)) {
      if (job.state === 'succeeded') {
        return job;
      }
      if (hasEnded(job)) {
        throw job.state === 'canceled' ? new DOMException('canceled', 'AbortError')
          : new Problem(job.error ? sentence(job.error) : 'The result is no longer kept.', GONE);
      }
      const { state, percent = 0, secondsLeft = null } = job;
      this.change({ state, percent, secondsLeft });
    }
    throw new Problem('The server stopped telling about this photo.');
  }

  async #fetchResult({ path, extension }, signal, begun) {
    const job = await this.#followed(path, signal);
    this.change({ state: 'fetching', percent: 100, secondsLeft: null });
    const blob = await fetchResult(path, signal);
    const computing = Date.parse(job.ended) - Date.parse(job.started);
    this.#abort = null;
    this.#dropResult();
    const result = {
      blob,
      url: URL.createObjectURL(blob),
      name: resultName(this.name, extension, job),
      width: job.result.width,
      height: job.result.height,
      seconds: (Number.isFinite(computing) ? computing : performance.now() - begun) / 1000,
      job: this.#job,
    };
    this.#job = null;
    this.change({ state: 'succeeded', result });
  }

  #ended(error, signal) {
    this.#abort = null;
    if (signal.aborted || error.name === 'AbortError') {
      this.#dropJob();
      this.change({ state: this.#stateWithout('canceled') });
    } else {
      if (!this.file && (error.status === GONE || error.status === UNKNOWN)) {
        this.#dropJob(); // there is nothing to ask for once more
      }
      this.change({ state: 'failed', problem: error.message });
    }
  }

  /** The state after an attempt that leaves nothing, not even a problem: that of the result, if there is one. */
  #stateWithout(otherwise) {
    return this.result ? 'succeeded' : otherwise;
  }

  #dropJob() {
    if (this.#job) {
      drop(this.#job);
      this.#job = null;
    }
  }

  #dropResult() {
    if (this.result) {
      URL.revokeObjectURL(this.result.url);
      drop(this.result.job);
      this.result = null;
    }
  }
}

function drop(job) {
  forget(job);
  cancel(job.path).catch(() => {}); // nothing is left to cancel where it has failed or expired
}

function resultName(name, extension, job) {
  const stem = name.replace(/\.[^.]*$/, '');
  return `${stem}-${job.model}.${extension}`;
}
