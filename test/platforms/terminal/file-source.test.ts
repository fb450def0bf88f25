import { mkdtemp, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFileSource } from '../../../src/platforms/terminal/file-source.ts';

const { fetch } = createFileSource();
const { signal } = new AbortController();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vibe-'));
});

describe('createFileSource', () => {
  it('reads a file', async () => {
    await writeFile(join(folder, 'a.jpg'), 'bytes');
    expect(Buffer.from(await fetch(join(folder, 'a.jpg'), signal)).toString()).toBe('bytes');
  });

  it('says what is missing or not a file, by its name only', async () => {
    await expect(fetch(join(folder, 'none.jpg'), signal)).rejects.toMatchObject({
      code: 'not-found',
      values: { name: 'none.jpg' },
    });
    await expect(fetch(join(folder, 'a.jpg', 'b.jpg'), signal)).rejects.toMatchObject({ code: 'not-found' });
    await expect(fetch(folder, signal)).rejects.toMatchObject({ code: 'not-a-file' });
    await expect(fetch('/dev/null', signal)).rejects.toMatchObject({ code: 'not-a-file' });
  });

  it('does not follow links in a circle', async () => {
    await symlink('loop.jpg', join(folder, 'loop.jpg'));
    await expect(fetch(join(folder, 'loop.jpg'), signal)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuses a large file before reading it', async () => {
    await writeFile(join(folder, 'big.jpg'), '');
    await truncate(join(folder, 'big.jpg'), 25 * 2 ** 20 + 1);
    await expect(fetch(join(folder, 'big.jpg'), signal)).rejects.toMatchObject({ code: 'too-large' });
  });
});
