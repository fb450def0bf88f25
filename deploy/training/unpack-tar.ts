const BLOCK = 512;
const PLAIN_FILES = ['0', '\0'];

export class TarError extends Error {
  override readonly name = 'TarError';
}

/**
 * The plain files of a tar archive, by name without a leading `./`; folders, links and notes on files are left out. Nothing is
 * written: whoever unpacks takes the names that he knows. Throws TarError where it is cut off or broken.
 */
export function unpackTar(tar: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = 0;
  for (;;) {
    const block = tar.subarray(at, at + BLOCK);
    if (block.length < BLOCK) throw new TarError('the archive is cut off');
    if (block.every((byte) => byte === 0)) return files;
    const { name, bytes, type } = headerOf(block);
    const start = at + BLOCK;
    if (PLAIN_FILES.includes(type)) files.set(name, tar.subarray(start, start + bytes));
    at = start + Math.ceil(bytes / BLOCK) * BLOCK;
  }
}

function headerOf(block: Buffer) {
  const summed = Buffer.from(block).fill(' ', 148, 156);
  const isWhole = summed.reduce((a, b) => a + b) === octal(block, 148, 8);
  const bytes = octal(block, 124, 12);
  if (!isWhole || !Number.isSafeInteger(bytes)) throw new TarError('the archive is broken');
  const prefix = text(block, 257, 6) === 'ustar' ? text(block, 345, 155) : '';
  const name = (prefix ? `${prefix}/` : '') + text(block, 0, 100);
  return { name: name.replace(/^\.\//, ''), bytes, type: block.toString('latin1', 156, 157) };
}

function text(block: Buffer, start: number, length: number): string {
  const [found = ''] = block.toString('utf8', start, start + length).split('\0');
  return found;
}

function octal(block: Buffer, start: number, length: number): number {
  return Number.parseInt(text(block, start, length).trim(), 8);
}
