// What a model does, shown on a small picture. The model makes the example itself when it is chosen,
// so every model that is installed has one.

import { request } from './api.js';

const examples = new Map();
let shown = null;

/** Shows the example of a model, as soon as there is one; none if the server can't make it now. */
export async function showExample(model) {
  const figure = document.getElementById('example');
  const before = document.getElementById('example-before');
  const after = document.getElementById('example-after');
  shown = model.name;
  figure.classList.add('making');
  try {
    if (!examples.has(model.name)) {
      examples.set(model.name, make(model));
    }
    const url = await examples.get(model.name);
    if (shown === model.name) {
      before.hidden = model.task === 'generate';
      before.src = photoFor(model);
      document.getElementById('example-caption').textContent = caption(model);
      after.src = url;
      figure.hidden = false;
      figure.classList.remove('making');
    }
  } catch {
    examples.delete(model.name);
    if (shown === model.name) {
      figure.hidden = true;
    }
  }
}

async function make(model) {
  const parameters = new URLSearchParams({ model: model.name, format: 'png' });
  if (model.task === 'generate') {
    parameters.set('seed', '1');
    model.labels.slice(0, 1).forEach((label) => parameters.set('label', label));
    return made(await request(`v1/generate?${parameters}`, { method: 'POST' }));
  }
  const photo = await (await request(photoFor(model))).blob();
  return made(await request(`v1/${model.task}?${parameters}`, { method: 'POST', body: photo }));
}

/** What gives colours is shown a grey photo. */
function photoFor(model) {
  return model.keepsBrightness ? 'example-grey.jpg' : 'example.jpg';
}

async function made(response) {
  return URL.createObjectURL(await response.blob());
}

function caption(model) {
  switch (model.task) {
    case 'upscale': return `A small photo, and the same ${model.scale} times as wide`;
    case 'translate': return 'Before and after';
    default: return 'One of its pictures';
  }
}
