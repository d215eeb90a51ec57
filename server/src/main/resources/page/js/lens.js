// A lens over the comparison: the same place of original and result side by side, at 100 % (a pixel
// of the result is a pixel of the screen) or more.

const ZOOMS = [0, 1, 2, 4];
const STEP = 0.01;
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const GAP = 20;

/** Adds the choice of a lens to a comparison. */
export function addLens(figure, photo) {
  const lens = new Lens(figure, photo);
  const group = `lens-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  figure.querySelector('.zoom .segments').append(...ZOOMS.map((zoom) => {
    const label = document.createElement('label');
    const input = Object.assign(document.createElement('input'),
      { type: 'radio', name: group, value: zoom, checked: zoom === 0 });
    input.addEventListener('change', () => lens.magnify(zoom));
    const text = document.createElement('span');
    text.textContent = zoom === 0 ? 'Off' : `${100 * zoom} %`;
    label.append(input, text);
    return label;
  }));
}

class Lens {
  constructor(figure, photo) {
    this.stage = figure.querySelector('.stage');
    this.lens = figure.querySelector('.lens');
    this.spot = figure.querySelector('.spot');
    this.panes = [...figure.querySelectorAll('.pane')];
    this.result = photo.result;
    this.urls = [photo.url, photo.result.url];
    this.zoom = 0;
    this.place = { x: 0.5, y: 0.5 };
    for (const type of ['pointerdown', 'pointermove']) {
      this.stage.addEventListener(type, (event) => this.#follow(event));
    }
    this.spot.addEventListener('keydown', (event) => this.#step(event));
  }

  /** Shows the lens with this many screen pixels per pixel of the result; 0 hides it. */
  magnify(zoom) {
    this.zoom = zoom;
    const off = zoom === 0;
    this.stage.classList.toggle('with-lens', !off);
    this.lens.hidden = off;
    this.spot.hidden = off;
    const { width, height } = this.result;
    const unit = zoom / devicePixelRatio;
    this.panes.forEach((pane, index) => {
      pane.style.backgroundImage = off ? '' : `url("${this.urls[index]}")`;
      pane.style.backgroundSize = `${width * unit}px ${height * unit}px`;
    });
    this.#show();
  }

  #follow(event) {
    if (this.zoom === 0 || this.stage.classList.contains('sliding')) {
      return;
    }
    const box = this.stage.getBoundingClientRect();
    this.#moveTo((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  #step(event) {
    const direction = DIRECTIONS[event.key];
    if (direction) {
      event.preventDefault();
      const step = event.shiftKey ? 5 * STEP : STEP;
      this.#moveTo(this.place.x + step * direction[0], this.place.y + step * direction[1]);
    }
  }

  #moveTo(x, y) {
    this.place = { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
    this.#show();
  }

  #show() {
    if (this.zoom === 0) {
      return;
    }
    const { x, y } = this.place;
    const stage = this.stage.getBoundingClientRect();
    const lens = this.lens.getBoundingClientRect();
    const [left, top] = [x * stage.width, y * stage.height];
    this.spot.style.left = `${left}px`;
    this.spot.style.top = `${top}px`;
    const above = top - GAP - lens.height;
    const lensLeft = Math.min(Math.max(0, left - lens.width / 2), Math.max(0, stage.width - lens.width));
    this.lens.style.left = `${lensLeft}px`;
    this.lens.style.top = `${stage.top + above > 0 ? above : top + GAP}px`;
    const unit = this.zoom / devicePixelRatio;
    for (const pane of this.panes) {
      const shiftX = pane.clientWidth / 2 - x * this.result.width * unit;
      const shiftY = pane.clientHeight / 2 - y * this.result.height * unit;
      pane.style.backgroundPosition = `${shiftX}px ${shiftY}px`;
    }
  }
}
