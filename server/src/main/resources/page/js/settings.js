// The form: task, model, scale, format. What it offers comes from the models that are installed.

import { showExample } from './example.js';
import { recall, remember } from './tab.js';

const TASKS = {
  upscale: { title: 'Enlarge', heading: 'Make photos larger', verb: 'Enlarge' },
  translate: { title: 'Transform', heading: 'Change how photos look', verb: 'Transform' },
  generate: { title: 'Generate', heading: 'Make new pictures', verb: 'Make' },
};
const FORMATS = {
  jpg: { title: 'JPEG, small', hasQuality: true },
  webp: { title: 'WebP, small', hasQuality: true },
  png: { title: 'PNG, exact', hasQuality: false },
  tif: { title: 'TIFF, exact', hasQuality: false },
};
const SCALES = [1.5, 2, 3, 4, 6, 8];
const NAME = 'ganvas-settings';

const form = document.getElementById('settings');
let models = [];

/**
 * Fills the form; chosen is what was chosen in this tab before, as far as it is still there.
 *
 * @param {object[]} installed the models as GET /v1/models tells them
 * @param {function()} changed called whenever something else has been chosen
 */
export function showSettings(installed, changed) {
  models = installed.filter((model) => TASKS[model.task]);
  const tasks = Object.keys(TASKS).filter((task) => models.some((model) => model.task === task));
  document.getElementById('tasks').append(...tasks.map((task, index) =>
    choice('task', task, index === 0, TASKS[task].title)));
  document.getElementById('task-choice').hidden = tasks.length < 2;
  form.elements.format.append(...Object.entries(FORMATS).map(([value, { title }]) =>
    new Option(title, value)));
  form.addEventListener('change', ({ target }) => {
    show(target.name);
    remember(NAME, JSON.stringify([...new FormData(form)]));
    changed();
  });
  form.elements.quality.addEventListener('input', showQuality);
  showTask();
  showQuality();
  JSON.parse(recall(NAME) ?? '[]').forEach(([name, value]) => choose(name, value));
  changed();
}

/** Chooses a value if it is offered. In the form's order, for what is offered depends on what stands above. */
function choose(name, value) {
  for (const field of form.querySelectorAll(`[name="${name}"]`)) {
    if (field.type === 'radio' || field.type === 'checkbox') {
      field.checked ||= field.value === value;
    } else if (!field.options || [...field.options].some((option) => option.value === value)) {
      field.value = value;
    }
  }
  show(name);
}

/** Shows what follows from a field. */
function show(name) {
  if (name === 'task') {
    showTask();
  } else if (name === 'model') {
    showModel();
  } else if (name === 'format' || name === 'quality') {
    showQuality();
  }
}

/** The task that is chosen: upscale, translate or generate. */
export const chosenTask = () => form.querySelector('[name=task]:checked').value;

/** What the button does, such as "Enlarge". */
export const verb = () => TASKS[chosenTask()].verb;

/** The model that is chosen. */
export function chosenModel() {
  const name = form.querySelector('[name=model]:checked').value;
  return models.find((model) => model.name === name);
}

/** How many times as wide the result is. */
export const chosenScale = () => (chosenTask() === 'upscale' ? Number(form.elements.scale.value) : 1);

/** The labels of the pictures to make, none if the model has none. */
export function chosenLabels() {
  const { label } = form.elements;
  return label.value ? [label.value] : chosenModel().labels;
}

/**
 * What is chosen, for the server.
 *
 * @returns {{parameters: URLSearchParams, extension: string}} the query and the result's file ending
 */
export function chosenSettings() {
  const { format, metadata, quality, scale } = form.elements;
  const parameters = new URLSearchParams({ task: chosenTask(), model: chosenModel().name });
  parameters.set('format', format.value);
  if (FORMATS[format.value].hasQuality) {
    parameters.set('quality', quality.value);
  }
  if (chosenTask() === 'upscale') {
    parameters.set('scale', scale.value);
  }
  if (metadata.checked && !metadata.disabled) {
    parameters.set('metadata', 'keep');
  }
  return { parameters, extension: format.value };
}

function showTask() {
  const task = chosenTask();
  document.getElementById('heading').textContent = TASKS[task].heading;
  for (const field of form.querySelectorAll('[data-for]')) {
    field.hidden = !field.dataset.for.split(' ').includes(task);
    field.querySelectorAll('input, select').forEach((input) => { input.disabled = field.hidden; });
  }
  document.getElementById('models').replaceChildren(...models
    .filter((model) => model.task === task)
    .sort((a, b) => b.usual - a.usual)
    .map((model, index) => choice('model', model.name, index === 0, model.name, model.description)));
  showModel();
}

function showModel() {
  const model = chosenModel();
  const { scale, label } = form.elements;
  const scales = [...new Set([...SCALES, model.scale])].filter((value) => value > 1)
    .sort((a, b) => a - b);
  scale.replaceChildren(...scales.map((value) => new Option(`${value}×`, value)));
  scale.value = model.scale;
  const hasLabels = model.labels.length > 0;
  label.replaceChildren(new Option('each in turn', ''), ...model.labels.map((name) => new Option(name, name)));
  label.disabled = !hasLabels;
  document.getElementById('label-field').hidden = !hasLabels;
  showExample(model);
}

function showQuality() {
  const { format, quality } = form.elements;
  const { hasQuality } = FORMATS[format.value];
  document.getElementById('quality-field').hidden = !hasQuality;
  quality.disabled = !hasQuality;
  document.getElementById('quality-value').textContent = quality.value;
}

/** A radio button in a label, with a sentence below its title if there is one. */
function choice(name, value, checked, title, sentence) {
  const label = document.createElement('label');
  const input = Object.assign(document.createElement('input'), { type: 'radio', name, value, checked });
  const text = document.createElement('span');
  text.append(Object.assign(document.createElement('strong'), { textContent: title }));
  if (sentence) {
    text.append(Object.assign(document.createElement('small'), { textContent: sentence }));
  }
  label.append(input, text);
  return label;
}
