// Photos come in: dropped anywhere on the page, pasted, or chosen.

/** Calls take with a list of files whenever some come in. */
export function watchIntake(take) {
  const input = document.getElementById('files');
  input.addEventListener('change', () => {
    take([...input.files]);
    input.value = ''; // so that the same file can be chosen again
  });
  watchDrop(take);
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      take(files);
    }
  });
}

function watchDrop(take) {
  const page = document.documentElement;
  let depth = 0; // dragenter and dragleave are told for every element on the way
  const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
  const show = (change) => {
    depth = Math.max(0, depth + change);
    page.classList.toggle('dragging', depth > 0);
  };
  page.addEventListener('dragenter', (event) => hasFiles(event) && show(1));
  page.addEventListener('dragleave', (event) => hasFiles(event) && show(-1));
  page.addEventListener('dragover', (event) => {
    if (hasFiles(event)) {
      event.preventDefault();
    }
  });
  page.addEventListener('drop', (event) => {
    if (hasFiles(event)) {
      event.preventDefault();
      show(-depth);
      dropped(event.dataTransfer.items).then(take);
    }
  });
}

/** The files that were dropped, and the pictures in folders that were. */
async function dropped(items) {
  const parts = [...items].filter(({ kind }) => kind === 'file').map((item) => {
    const entry = item.webkitGetAsEntry();
    return entry?.isDirectory ? picturesIn(entry) : [item.getAsFile()];
  });
  return (await Promise.all(parts)).flat();
}

async function picturesIn(folder) {
  const reader = folder.createReader();
  const some = () => new Promise((resolve, reject) => reader.readEntries(resolve, reject));
  const entries = [];
  for (let next = await some(); next.length > 0; next = await some()) {
    entries.push(...next);
  }
  entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const files = await Promise.all(entries.map((entry) => (entry.isDirectory ? picturesIn(entry)
    : new Promise((resolve, reject) => entry.file(resolve, reject)))));
  return files.flat().filter((file) => file.type.startsWith('image/'));
}
