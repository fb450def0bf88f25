const BLOCK = 512;

/** A POSIX tar archive of plain files, by name; the same files give the same bytes. Names have at most 100 bytes. */
export function packTar(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, bytes]) => entry(name, bytes));
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function entry(name: string, bytes: Buffer): readonly Buffer[] {
  const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
  return [header(name, bytes.length), bytes, padding];
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "ustar Interchange Format"; owners and times stay 0. */
function header(name: string, bytes: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100) throw new RangeError(`too long a name for a tar archive: ${name}`);
  block.write(name, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0'.repeat(2), 108);
  block.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124);
  block.write(`${'0'.repeat(11)}\0`, 136);
  block.write(' '.repeat(8), 148); // as what the checksum counts itself
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((a, b) => a + b);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
