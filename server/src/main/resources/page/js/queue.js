// Photos that wait for their turn. A few at once keep the server busy while others are on their way;
// more would only use up the browser's connections, of which each running photo holds one.

const AT_ONCE = 3;
const waiting = [];
let running = 0;

/** Runs a photo as soon as fewer than a few others run. */
export function enqueue(photo, settings) {
  photo.change({ state: 'waiting', secondsLeft: null, problem: '' });
  waiting.push({ photo, settings });
  advance();
}

/** Takes a photo out if it has not begun. */
export function dequeue(photo) {
  const index = waiting.findIndex((entry) => entry.photo === photo);
  if (index >= 0) {
    waiting.splice(index, 1);
  }
}

async function advance() {
  if (running === AT_ONCE || waiting.length === 0) {
    return;
  }
  const { photo, settings } = waiting.shift();
  running++;
  await photo.run(settings);
  running--;
  advance();
}
