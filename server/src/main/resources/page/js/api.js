// Requests to the server. What goes wrong is thrown as a Problem, whose message is for people.

import { askForKey, keyHeaders } from './key.js';

const MOST_SILENCES = 5;

/** An answer that is no success, or no answer. */
export class Problem extends Error {
  /**
   * @param {string} message a sentence for people
   * @param {number} status the HTTP status, 0 if there was no answer
   * @param {number} retryAfter seconds after which the server wants to be asked again, 0 if it doesn't say
   */
  constructor(message, status = 0, retryAfter = 0) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** The sentence in problem details (RFC 9457). */
export function sentence(problem) {
  const text = (problem?.detail || problem?.title || 'the server gave no reason').trim();
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** Sends a request; answers the Response if it is a success. */
export function request(path, { method = 'GET', headers = {}, body, signal } = {}) {
  return withKey((key) =>
    fetch(path, { method, headers: { ...headers, ...key }, body, signal, cache: 'no-store' }));
}

/** Posts a file and tells how much of it has been sent, from 0 to 1. */
export function upload(path, file, { headers = {}, signal, sent }) {
  return withKey((key) => new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const xhr = new XMLHttpRequest();
    xhr.open('POST', path);
    xhr.responseType = 'blob';
    xhr.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    for (const [name, value] of Object.entries({ ...headers, ...key })) {
      xhr.setRequestHeader(name, value);
    }
    let sentAll = false;
    xhr.upload.onload = () => { sentAll = true; };
    xhr.upload.onprogress = (event) => event.lengthComputable && sent(event.loaded / event.total);
    xhr.onload = () => resolve(responseOf(xhr));
    xhr.onerror = () => reject(new TypeError('The connection broke'));
    xhr.onabort = () => reject(signal.reason);
    // Of what the server has already, its answer is awaited: only that says what to cancel there.
    signal?.addEventListener('abort', () => sentAll || xhr.abort(), { once: true });
    xhr.send(file);
  }));
}

function responseOf(xhr) {
  const headers = xhr.getAllResponseHeaders().trim().split(/[\r\n]+/)
    .map((line) => line.split(/:\s*/s))
    .map(([name, ...rest]) => [name, rest.join(': ')]);
  return new Response(xhr.response, { status: xhr.status, headers });
}

/**
 * Attempts something again as long as the server is busy, when it says that it may be worth it; and
 * for some seconds where it does not answer, for phones lose their network now and then.
 *
 * @param {function(number, boolean)} waiting is told for how many seconds, and whether there was no answer
 */
export async function patiently(attempt, signal, waiting = () => {}) {
  for (let silences = 0; ;) {
    try {
      return await attempt();
    } catch (problem) {
      const silent = problem.status === 0;
      silences = silent ? silences + 1 : 0;
      if (!(silent || problem.status === 429 || problem.status === 503) || silences > MOST_SILENCES) {
        throw problem;
      }
      const seconds = problem.retryAfter || 2;
      waiting(seconds, silent);
      await pause(seconds, signal);
    }
  }
}

/** Waits; an abort ends it. */
export function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

async function withKey(attempt) {
  for (;;) {
    const key = keyHeaders();
    const response = await answered(attempt(key));
    if (response.ok) {
      return response;
    }
    if (response.status !== 401 || !(await askForKey(key))) {
      throw await problemOf(response);
    }
  }
}

/** What a server sends; that it breaks off is a Problem. */
export async function answered(promise) {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof TypeError) {
      throw new Problem('The connection to the server broke off. Is it still running?');
    }
    throw error;
  }
}

async function problemOf(response) {
  const retryAfter = Number(response.headers.get('Retry-After')) || 0;
  const isProblem = response.headers.get('Content-Type')?.includes('json');
  const problem = isProblem ? await response.json().catch(() => null) : null;
  const message = problem ? sentence(problem) : `The server answered ${response.status}.`;
  return new Problem(message, response.status, retryAfter);
}
