interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const START_OF_FRAME = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
]);

/** Width and height as a JPEG or PNG tells them; undefined for anything else. Reads no pixels. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length >= 24 && view.toString('latin1', 12, 16) === 'IHDR') {
    return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
  }
  return view.length > 4 && view.readUInt16BE(0) === 0xffd8 ? sizeOfJpeg(view) : undefined;
}

function sizeOfJpeg(view: Buffer): ImageSize | undefined {
  let at = 2;
  while (at + 9 <= view.length && view[at] === 0xff) {
    if (START_OF_FRAME.has(view[at + 1] ?? 0)) {
      return { width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) };
    }
    at += 2 + view.readUInt16BE(at + 2);
  }
  return undefined;
}
