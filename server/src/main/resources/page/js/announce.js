// What a screen reader says without the focus moving.

/** Has a sentence read aloud when there is a pause. */
export function announce(sentence) {
  document.getElementById('announcement').textContent = sentence;
}
