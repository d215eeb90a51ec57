// A job on the server: submitted, followed until it has ended, canceled.

import { answered, patiently, pause, request, upload } from './api.js';

const ENDS = new Set(['succeeded', 'failed', 'canceled', 'expired']);

/** Whether a job reaches no other state. */
export const hasEnded = (job) => ENDS.has(job.state);

/**
 * Submits a picture; waits as long as the server is busy. Answers the job's path.
 *
 * @param {URLSearchParams} parameters task, model, scale, format…
 * @param {{signal: AbortSignal, sent: function(number), waiting: function(number, boolean)}} watch
 */
export async function submit(file, parameters, { signal, sent, waiting }) {
  const headers = { 'Idempotency-Key': crypto.getRandomValues(new Uint32Array(4)).join('-') };
  const response = await patiently(
    () => upload(`v1/jobs?${parameters}`, file, { headers, signal, sent }), signal, waiting);
  return `v1/jobs/${response.headers.get('Location').split('/').pop()}`;
}

/** Fetches the picture that came out. */
export function fetchResult(path, signal) {
  return patiently(async () => answered((await request(`${path}/result`, { signal })).blob()), signal);
}

/** What is known of a job, again and again until it has ended. */
export async function* follow(path, signal) {
  for (;;) {
    try {
      for await (const job of eventsOf(await events(path, signal))) {
        yield job;
        if (hasEnded(job)) {
          return;
        }
      }
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error; // a TypeError is a stream that broke
      }
    }
    await pause(1, signal); // a server that restarts or a proxy that cuts streams: ask again
  }
}

/** Tells the server that nobody waits for a job any more. */
export function cancel(path) {
  return request(path, { method: 'DELETE' });
}

function events(path, signal) {
  const headers = { Accept: 'text/event-stream' };
  return patiently(() => request(`${path}/events`, { headers, signal }), signal);
}

/** The values of the server-sent events in a response, parsed as JSON. */
async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      text += value;
      const events = text.split(/\r?\n\r?\n/);
      text = events.pop();
      for (const event of events) {
        const data = event.split(/\r?\n/).filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5)).join('\n');
        if (data) {
          yield JSON.parse(data);
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
