// Several files as one: a ZIP archive without compression, which pictures don't need.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.

const UTF8_NAMES = 0x0800;
const VERSION = 20;
const JANUARY_1ST_1980 = 0x21;
const MAX_SIZE = 0xffffffff;

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value;
});

/**
 * @param {{name: string, blob: Blob}[]} files less than 4 GB together; equal names get a number
 * @returns {Promise<Blob>} the archive; the pictures' bytes are not copied
 */
export async function zip(files) {
  const body = [];
  const directory = [];
  let offset = 0;
  for (const { name, blob } of withDistinctNames(files)) {
    const entry = { name: new TextEncoder().encode(name), crc: await crc32(blob), size: blob.size };
    const header = localHeader(entry);
    directory.push(directoryEntry(entry, offset));
    body.push(header, blob);
    offset += header.size + blob.size;
  }
  const directorySize = directory.reduce((sum, part) => sum + part.size, 0);
  if (offset + directorySize > MAX_SIZE) {
    throw new RangeError('Together the results are larger than 4 GB; download them one by one.');
  }
  const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, directory.length], [2, directory.length],
    [4, directorySize], [4, offset], [2, 0]);
  return new Blob([...body, ...directory, end], { type: 'application/zip' });
}

function withDistinctNames(files) {
  const taken = new Set();
  return files.map(({ name, blob }) => {
    const [, stem, ending] = name.match(/^(.*?)(\.[^.]*)?$/s);
    let distinct = name;
    for (let number = 2; taken.has(distinct); number++) {
      distinct = `${stem} (${number})${ending ?? ''}`;
    }
    taken.add(distinct);
    return { name: distinct, blob };
  });
}

function localHeader({ name, crc, size }) {
  return new Blob([record([4, 0x04034b50], [2, VERSION], ...common(crc, size, name), [2, 0]), name]);
}

function directoryEntry({ name, crc, size }, offset) {
  return new Blob([record([4, 0x02014b50], [2, VERSION], [2, VERSION], ...common(crc, size, name),
    [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), name]);
}

/** Flags, method (stored), time, date, checksum, both sizes, length of the name. */
function common(crc, size, name) {
  return [[2, UTF8_NAMES], [2, 0], [2, 0], [2, JANUARY_1ST_1980], [4, crc], [4, size], [4, size],
    [2, name.length]];
}

/** Numbers of two or four bytes, the low one first. */
function record(...fields) {
  const bytes = fields.flatMap(([length, value]) =>
    Array.from({ length }, (_, index) => (value >>> (8 * index)) & 0xff));
  return new Blob([Uint8Array.from(bytes)]);
}

async function crc32(blob) {
  let value = 0xffffffff;
  const reader = blob.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (const byte of part.value) {
      value = TABLE[(value ^ byte) & 0xff] ^ (value >>> 8);
    }
  }
  return (value ^ 0xffffffff) >>> 0;
}
