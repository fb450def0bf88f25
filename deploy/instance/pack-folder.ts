import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** GNU tar's: who packs, when and in which order must not show. */
const SAME_EACH_TIME = [
  '--sort=name',
  '--format=gnu',
  '--mtime=@0',
  '--owner=0',
  '--group=0',
  '--numeric-owner',
  '--mode=u+rwX,go=rX',
];

/** Writes the folder as .tar.gz: the same bytes for the same files. The result is their SHA-256, in hex. Needs GNU tar. */
export async function packFolder(folder: string, file: string): Promise<string> {
  const argv = ['--create', ...SAME_EACH_TIME, '--directory', folder, '.'];
  const tar = spawn('tar', argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(tar, 'close');
  const hash = createHash('sha256');
  await pipeline(
    tar.stdout,
    createGzip(),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(file),
  );
  const [code] = await ended;
  if (code !== 0) throw new Error(`tar ended with ${code}`);
  return hash.digest('hex');
}
