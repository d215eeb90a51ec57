// The result over the original, with a border between them that is moved by mouse, finger or keys.

import { addLens } from './lens.js';

const template = document.getElementById('compare-template');
const MAX_SHOWN_PIXELS = 150e6; // browsers refuse, or stall on, larger pictures
const STEPS = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10 };

/** Makes the comparison of a photo that has a result; only a sentence where it can't be shown. */
export function openCompare(photo) {
  const { result } = photo;
  if (result.width * result.height > MAX_SHOWN_PIXELS) {
    return note('The result is too large to be shown here. Download it to look at it.');
  }
  const figure = template.content.firstElementChild.cloneNode(true);
  const stage = figure.querySelector('.stage');
  stage.style.setProperty('--width', result.width);
  stage.style.setProperty('--height', result.height);
  const [before, after] = [figure.querySelector('.original'), figure.querySelector('.result')];
  before.alt = `${photo.name}, the original`;
  after.alt = `${photo.name}, the result`;
  after.onerror = () => figure.replaceWith(
    note('This browser can’t show the result’s format. Download it to look at it.'));
  after.src = result.url;
  if (photo.displayable) {
    before.src = photo.url;
    addDivider(stage);
    addLens(figure, photo);
  } else {
    before.remove();
    figure.querySelectorAll('.divider, .tag, figcaption').forEach((part) => part.remove());
    const reason = photo.file ? 'This browser can’t show the original’s format'
      : 'The original was no longer here when the page was loaded again';
    figure.append(note(`${reason}, so here is the result alone.`));
  }
  return figure;
}

function note(sentence) {
  return Object.assign(document.createElement('p'), { className: 'empty', textContent: sentence });
}

function addDivider(stage) {
  const divider = stage.querySelector('.divider');
  let position = 50;
  const moveTo = (percent) => {
    position = Math.min(100, Math.max(0, percent));
    stage.style.setProperty('--position', `${position}%`);
    divider.setAttribute('aria-valuenow', Math.round(position));
    divider.setAttribute('aria-valuetext', `${Math.round(position)} % original`);
  };
  const moveToPointer = (event) => {
    const box = stage.getBoundingClientRect();
    moveTo(((event.clientX - box.left) / box.width) * 100);
  };
  stage.addEventListener('pointerdown', (event) => {
    const onDivider = divider.contains(event.target);
    if (event.button === 0 && (onDivider || !stage.classList.contains('with-lens'))) {
      stage.setPointerCapture(event.pointerId);
      stage.classList.add('sliding');
      moveToPointer(event);
    }
  });
  stage.addEventListener('pointermove', (event) => {
    if (stage.classList.contains('sliding')) {
      moveToPointer(event);
    }
  });
  for (const end of ['pointerup', 'pointercancel']) {
    stage.addEventListener(end, () => stage.classList.remove('sliding'));
  }
  divider.addEventListener('keydown', (event) => {
    const target = { Home: 0, End: 100 }[event.key] ?? position + STEPS[event.key];
    if (!Number.isNaN(target)) {
      event.preventDefault();
      moveTo(target);
    }
  });
  moveTo(50);
}
