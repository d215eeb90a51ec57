// The page: photos come in, the form says what to do with them, the list shows what becomes of them.

import { announce } from './announce.js';
import { request } from './api.js';
import { Gallery } from './gallery.js';
import { watchIntake } from './intake.js';
import { keptJobs } from './kept.js';
import { PhotoCard } from './photo-card.js';
import { Photo } from './photo.js';
import { dequeue, enqueue } from './queue.js';
import { chosenLabels, chosenScale, chosenSettings, chosenTask, showSettings, verb } from './settings.js';
import { counted } from './wording.js';
import { zip } from './zip.js';

const byId = (id) => document.getElementById(id);
const form = byId('settings');
const gallery = new Gallery();
const cards = [];

const actions = {
  scale: chosenScale,
  again: (photo) => enqueue(photo, chosenSettings()),
  cancel: (photo) => {
    dequeue(photo);
    photo.cancel();
  },
  remove,
};

start();

async function start() {
  try {
    const models = await (await request('v1/models')).json();
    if (models.length === 0) {
      throw new Error('No model is installed on this server, so there is nothing it can do yet.');
    }
    showSettings(models, showChoice);
  } catch (problem) {
    byId('page-problem').textContent = problem.message;
    byId('page-problem').hidden = false;
    return;
  }
  keptJobs().forEach((job) => enqueue(take(new Photo(null, job))));
  watchIntake(add);
  window.addEventListener('beforeunload', (event) => {
    if (cards.some(({ photo }) => photo.onItsWay)) {
      event.preventDefault(); // the browser asks whether to leave
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (chosenTask() === 'generate') {
      generate();
    } else {
      const ready = photosThatAre('ready');
      const settings = chosenSettings();
      ready.forEach((photo) => enqueue(photo, settings));
      announce(`${counted(ready.length, 'photo')} on the way`);
      byId('photos').scrollIntoView({ block: 'nearest' });
    }
  });
  byId('clear').addEventListener('click', () => [...cards].forEach(({ photo }) => remove(photo)));
  byId('download-all').addEventListener('click', () => download(results()));
  byId('gallery-download').addEventListener('click', () => download(gallery.pictures));
}

function add(files) {
  files.forEach((file) => take(new Photo(file)));
  announce(`${counted(files.length, 'photo')} added`);
}

/** Puts a photo into the list. */
function take(photo) {
  const card = new PhotoCard(photo, actions);
  cards.push(card);
  byId('photo-list').append(card.element);
  photo.addEventListener('change', showCounts);
  showCounts();
  return photo;
}

function remove(photo) {
  const index = cards.findIndex((card) => card.photo === photo);
  const [card] = cards.splice(index, 1);
  dequeue(photo);
  card.close();
  card.element.remove();
  photo.dispose();
  showCounts();
  (cards[Math.min(index, cards.length - 1)]?.element.querySelector('.remove') ?? byId('files')).focus();
}

const photosThatAre = (state) => cards.map(({ photo }) => photo).filter((photo) => photo.state === state);

const results = () => cards.map(({ photo }) => photo.result).filter(Boolean);

/** Shows what belongs to the task, and what the settings mean for the photos. */
function showChoice() {
  const generating = chosenTask() === 'generate';
  byId('intake').hidden = generating;
  byId('gallery').hidden = !generating;
  cards.forEach((card) => card.update());
  showCounts();
}

function showCounts() {
  const generating = chosenTask() === 'generate';
  byId('photos').hidden = generating || cards.length === 0;
  byId('intake').classList.toggle('small', cards.length > 0);
  byId('download-all').hidden = results().length < 2;
  const failures = photosThatAre('failed').length;
  byId('failures').textContent = failures > 0 ? `${failures} of ${cards.length} failed` : '';
  const button = byId('start');
  if (generating) {
    button.disabled = false;
    button.textContent = gallery.busy ? 'Stop' : 'Make pictures';
    return;
  }
  const ready = photosThatAre('ready').length;
  button.disabled = ready === 0;
  button.textContent = ready > 0 ? `${verb()} ${counted(ready, 'photo')}` : idleText();
}

function idleText() {
  const working = cards.filter((card) => !card.atRest).length;
  if (working > 0) {
    return `Working on ${counted(working, 'photo')}`;
  }
  return cards.length === 0 ? 'Choose photos first' : 'Nothing left to do';
}

async function generate() {
  if (gallery.busy) {
    gallery.cancel();
    return;
  }
  const { count, seed } = form.elements;
  byId('gallery-download').hidden = true;
  const made = gallery.make(chosenSettings(),
    { count: Number(count.value), seed: seed.value, labels: chosenLabels() });
  showCounts();
  await made;
  showCounts();
  byId('gallery-download').hidden = gallery.pictures.length < 2;
}

async function download(files) {
  try {
    const url = URL.createObjectURL(await zip(files));
    Object.assign(document.createElement('a'), { href: url, download: 'ganvas.zip' }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (problem) {
    byId('page-problem').textContent = problem.message;
    byId('page-problem').hidden = false;
  }
}
