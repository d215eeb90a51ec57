// A photo in the list: thumbnail, progress, buttons, and the result beside the original.

import { announce } from './announce.js';
import { openCompare } from './compare.js';
import { bytes, size, stateOf } from './wording.js';

const template = document.getElementById('photo-template');
const AT_REST = new Set(['ready', 'succeeded', 'failed', 'canceled']);
let open = null; // at most one comparison is open, for large pictures take much memory

/**
 * Makes the list entry of a photo.
 *
 * @param {Photo} photo
 * @param {{scale: function(): number, again: function(Photo), cancel: function(Photo),
 *     remove: function(Photo)}} actions what the buttons do, and the scale that is chosen
 */
export class PhotoCard {
  constructor(photo, actions) {
    this.photo = photo;
    this.actions = actions;
    this.element = template.content.firstElementChild.cloneNode(true);
    this.state = photo.state;
    this.result = photo.result;
    this.#find('.photo-name').textContent = photo.name;
    this.#on('.again', () => actions.again(photo));
    this.#on('.cancel', () => actions.cancel(photo));
    this.#on('.remove', () => actions.remove(photo));
    this.#on('.compare-toggle', () => (open === this ? this.close() : this.open()));
    for (const name of ['.cancel', '.remove', '.download']) {
      this.#name(name, this.#find(name).textContent);
    }
    this.#showToggle(false);
    this.#find('progress').setAttribute('aria-label', `Progress of ${photo.name}`);
    photo.addEventListener('change', () => this.update());
    this.update();
    this.#lookAtOriginal();
  }

  /** Whether nothing happens with the photo until somebody presses a button. */
  get atRest() {
    return AT_REST.has(this.photo.state);
  }

  /** Shows the result beside the original. */
  open() {
    open?.close();
    open = this;
    const view = this.#find('.photo-view');
    view.replaceChildren(openCompare(this.photo));
    view.hidden = false;
    this.#showToggle(true);
  }

  /** Hides the result and frees the decoded pictures. */
  close() {
    open = open === this ? null : open;
    this.#find('.photo-view').hidden = true;
    this.#find('.photo-view').replaceChildren();
    this.#showToggle(false);
  }

  update() {
    const { photo } = this;
    const done = photo.result !== null;
    const idle = this.atRest;
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.element.dataset.state = photo.state;
    this.element.classList.toggle('with-result', done);
    this.#find('.photo-facts').textContent = this.#facts();
    this.#find('.photo-state').textContent = stateOf(photo);
    const progress = this.#find('progress');
    progress.hidden = idle;
    if (photo.state === 'sending' || photo.state === 'running') {
      progress.value = photo.percent;
    } else {
      progress.removeAttribute('value');
    }
    this.#find('.cancel').hidden = idle;
    this.#find('.again').hidden = !idle || photo.state === 'ready' || !photo.runnable;
    this.#name('.again', done ? 'Redo' : 'Try again');
    this.#find('.remove').hidden = !idle;
    this.#find('.compare-toggle').hidden = !done;
    this.#find('.download').hidden = !done;
    if (focused?.hidden) {
      this.#find(idle ? '.again:not([hidden]), .remove' : '.cancel').focus(); // or the keyboard begins at the top
    }
    if (photo.result !== this.result) {
      this.result = photo.result;
      this.#showResult();
    }
    if (photo.state !== this.state) {
      this.state = photo.state;
      if (photo.state === 'failed') {
        announce(`${photo.name} failed: ${photo.problem}`);
      }
    }
  }

  #showResult() {
    const { photo } = this;
    const download = this.#find('.download');
    download.href = photo.result.url;
    download.download = photo.result.name;
    announce(`${photo.name} is done: ${size(photo.result.width, photo.result.height)}`);
    if (!photo.file) {
      decoded(photo.result.url).then((image) => this.#drawThumbnail(image), () => {});
    }
    if (!open || open === this) {
      this.open();
    }
  }

  /** In place of a picture: how the file's name ends. */
  #drawEnding() {
    const canvas = this.#find('.thumb');
    const context = canvas.getContext('2d');
    context.font = '600 32px system-ui, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = getComputedStyle(canvas).color;
    const ending = this.photo.name.match(/\.([^.]{1,5})$/)?.[1] ?? '?';
    context.fillText(ending.toUpperCase(), canvas.width / 2, canvas.height / 2);
  }

  #showToggle(isOpen) {
    this.#name('.compare-toggle', isOpen ? 'Close' : 'Compare');
    this.#find('.compare-toggle').setAttribute('aria-expanded', isOpen);
  }

  #facts() {
    const { photo } = this;
    const { file, width, height, result } = photo;
    if (result) {
      const from = width ? `${size(width, height)} → ` : '';
      return `${from}${size(result.width, result.height)}, ${bytes(result.blob.size)}`;
    }
    if (!file) {
      return '';
    }
    if (!width) {
      return photo.displayable === false ? `${bytes(file.size)}, no preview in this browser` : bytes(file.size);
    }
    const scale = this.actions.scale();
    const larger = scale === 1 ? '' : ` → ${size(Math.round(width * scale), Math.round(height * scale))}`;
    return `${size(width, height)}${larger}, ${bytes(file.size)}`;
  }

  /** Finds out the original's size and whether the browser can show it at all, and draws what there is. */
  async #lookAtOriginal() {
    const { photo } = this;
    let image = null;
    try {
      image = photo.file && (await decoded(photo.url));
    } catch {
      // A format that the browser does not know.
    }
    if (image) {
      this.#drawThumbnail(image);
      photo.change({ displayable: true, width: image.naturalWidth, height: image.naturalHeight });
    } else {
      this.#drawEnding();
      photo.change({ displayable: false });
    }
  }

  #drawThumbnail(image) {
    const canvas = this.#find('.thumb');
    const scale = canvas.width / Math.min(image.naturalWidth, image.naturalHeight);
    const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  }

  /** Gives a button its text; read aloud it also says which photo it is for. */
  #name(selector, text) {
    const button = this.#find(selector);
    button.textContent = text;
    button.setAttribute('aria-label', `${text}: ${this.photo.name}`);
  }

  #find(selector) {
    return this.element.querySelector(selector);
  }

  #on(selector, action) {
    this.#find(selector).addEventListener('click', action);
  }
}

async function decoded(url) {
  const image = Object.assign(new Image(), { src: url });
  await image.decode();
  return image;
}
