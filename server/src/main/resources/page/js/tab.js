// What is remembered until the tab is closed; only until the page is loaded again where the browser
// stores nothing for it, because that is switched off or full.

const notStored = new Map();

/** What was remembered by a name, or null. */
export function recall(name) {
  if (notStored.has(name)) {
    return notStored.get(name);
  }
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remembers a text, in the place of what was remembered by that name. */
export function remember(name, text) {
  try {
    sessionStorage.setItem(name, text);
    notStored.delete(name);
  } catch {
    notStored.set(name, text);
  }
}
