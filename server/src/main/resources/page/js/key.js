// The API key: asked for when the server wants one, kept for this tab only.

import { recall, remember } from './tab.js';

const NAME = 'ganvas-api-key';
const SENDABLE = /^[\x21-\x7e]+$/; // browsers refuse to send a header with anything else
let asking = null;

/** The headers that carry the key, if there is one. */
export function keyHeaders() {
  const key = recall(NAME);
  return key ? { Authorization: `Bearer ${key}` } : {};
}

/**
 * Asks for a key, once for all that wait for it. Answers whether one was given.
 *
 * @param {object} refused the headers that the server did not accept
 */
export function askForKey(refused) {
  const current = keyHeaders().Authorization;
  if (current && current !== refused.Authorization) {
    return Promise.resolve(true); // another request has asked in the meantime
  }
  asking ??= showDialog(Boolean(current)).finally(() => { asking = null; });
  return asking;
}

function showDialog(wasRefused) {
  const dialog = document.getElementById('key-dialog');
  const input = document.getElementById('key');
  if (wasRefused) {
    remember(NAME, '');
    document.getElementById('key-hint').textContent =
      'The server does not know the key that was given. Please check it.';
  }
  input.value = '';
  dialog.returnValue = 'cancel';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const key = input.value.trim();
      const given = dialog.returnValue === 'ok' && key !== '';
      if (given && !SENDABLE.test(key)) {
        resolve(showDialog(true));
        return;
      }
      if (given) {
        remember(NAME, key);
      }
      resolve(given);
    }, { once: true });
  });
}
