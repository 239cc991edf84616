/** The two icon files that hold several PNG images: Windows' .ico and macOS' .icns. Pure. */

export interface PngImage {
  /** Width and height in pixels. */
  readonly size: number;
  readonly bytes: Uint8Array;
}

/** An .ico: a header, one 16-byte entry an image, then the PNG files as they are (Windows Vista and later). */
export function icoOf(images: readonly PngImage[]): Uint8Array {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { size, bytes }] of images.entries()) {
    const entry = 6 + 16 * index;
    // One byte a side: 0 stands for 256.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(bytes.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += bytes.length;
  }
  return Buffer.concat([header, ...images.map(({ bytes }) => bytes)]);
}

/** The .icns names of PNG images: plain ones, and those that stand for half their size on a fine display. */
const icnsTypes: readonly (readonly [type: string, size: number])[] = [
  ["ic07", 128],
  ["ic08", 256],
  ["ic09", 512],
  ["ic10", 1024],
  ["ic11", 32],
  ["ic12", 64],
  ["ic13", 256],
  ["ic14", 512],
];

/** An .icns: the word, the whole length, then each image with its name and length. */
export function icnsOf(images: readonly PngImage[]): Uint8Array {
  const chunks = icnsTypes.flatMap(([type, size]) => {
    const image = images.find((candidate) => candidate.size === size);
    return image === undefined ? [] : [icnsChunk(type, image.bytes)];
  });
  return icnsChunk("icns", Buffer.concat(chunks));
}

function icnsChunk(type: string, bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header.write(type, 0, "latin1");
  header.writeUInt32BE(8 + bytes.length, 4);
  return Buffer.concat([header, bytes]);
}
