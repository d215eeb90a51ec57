// Pictures that a model makes without a photo: as many as wanted, one request each.

import { announce } from './announce.js';
import { patiently, request } from './api.js';
import { counted } from './wording.js';

const AT_ONCE = 2;
const SEEDS = 1e6;

/** The pictures on the page: {blob, url, name}. */
export class Gallery {
  pictures = [];
  #abort = null;
  #list = document.getElementById('gallery-list');
  #problem = document.getElementById('gallery-problem');

  get busy() {
    return this.#abort !== null;
  }

  /**
   * Makes pictures and shows each as it comes; those before are dropped.
   *
   * @param {{parameters: URLSearchParams, extension: string}} settings model and format
   * @param {{count: number, seed: string, labels: string[]}} wanted the labels are taken in turn
   */
  async make(settings, { count, seed, labels }) {
    this.#clear();
    this.#abort = new AbortController();
    const first = seed === '' ? Math.floor(Math.random() * SEEDS) : Number(seed);
    const jobs = Array.from({ length: count }, (_, index) =>
      this.#place(first + index, labels[index % labels.length]));
    const worker = async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        await this.#fill(job, settings);
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      announce(`${counted(count, 'picture')} made`);
    } catch (error) {
      this.cancel();
      this.#list.querySelectorAll('.making').forEach((place) => place.remove());
      if (error.name !== 'AbortError') {
        this.#problem.textContent = error.message;
        this.#problem.hidden = false;
      }
    } finally {
      this.#abort = null;
    }
  }

  cancel() {
    this.#abort?.abort();
  }

  /** An empty place in the grid. */
  #place(seed, label) {
    const item = document.createElement('li');
    item.className = 'making';
    this.#list.append(item);
    return { item, seed, label };
  }

  async #fill({ item, seed, label }, { parameters, extension }) {
    const query = new URLSearchParams(parameters);
    query.delete('task');
    query.set('seed', seed);
    query.set('count', 1);
    if (label !== undefined) {
      query.set('label', label);
    }
    const { signal } = this.#abort;
    const response = await patiently(
      () => request(`v1/generate?${query}`, { method: 'POST', signal }), signal);
    const blob = await response.blob();
    const name = `${query.get('model')}-${seed}.${extension}`;
    const picture = { blob, url: URL.createObjectURL(blob), name };
    this.pictures.push(picture);
    const link = Object.assign(document.createElement('a'), { href: picture.url, download: name });
    const caption = `${label === undefined ? '' : `${label}, `}seed ${seed}`;
    link.append(Object.assign(new Image(), { src: picture.url, alt: `Download ${name}` }),
      Object.assign(document.createElement('span'), { textContent: caption }));
    item.append(link);
    item.className = '';
  }

  #clear() {
    this.pictures.forEach(({ url }) => URL.revokeObjectURL(url));
    this.pictures = [];
    this.#list.replaceChildren();
    this.#problem.hidden = true;
    document.getElementById('gallery-empty').hidden = true;
  }
}
