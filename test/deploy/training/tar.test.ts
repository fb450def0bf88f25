import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packTar } from '../../../deploy/training/pack-tar.ts';
import { unpackTar } from '../../../deploy/training/unpack-tar.ts';

const FILES = new Map([
  ['genre.json', Buffer.from('{}')],
  ['goldens/cat.json', Buffer.alloc(512, 7)],
  ['empty', Buffer.alloc(0)],
  ['large', Buffer.alloc(100_001, 'abc')],
]);

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'vibe-tar-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

describe('packTar', () => {
  it('makes what tar unpacks', async () => {
    const cwd = await folder();
    execFileSync('tar', ['-x'], { cwd, input: packTar(FILES) });
    expect(execFileSync('tar', ['-c', ...FILES.keys()], { cwd }).length).toBeGreaterThan(100_000);
    expect(unpackTar(execFileSync('tar', ['-c', ...FILES.keys()], { cwd }))).toEqual(FILES);
  });

  it('gives the same bytes in whatever order the files come', () => {
    expect(packTar(new Map([...FILES].reverse()))).toEqual(packTar(FILES));
  });

  it('refuses a name that has no room', () => {
    expect(() => packTar(new Map([['a'.repeat(101), Buffer.alloc(0)]]))).toThrow(RangeError);
  });
});

describe('unpackTar', () => {
  it.each(['gnu', 'pax', 'ustar'])(
    'reads the files of a %s archive, and leaves out all else',
    async (format) => {
      const cwd = await folder();
      await mkdir(join(cwd, 'goldens'));
      for (const [name, bytes] of FILES) await writeFile(join(cwd, name), bytes);
      await symlink('/etc/passwd', join(cwd, 'link'));
      const tar = execFileSync('tar', ['-c', `--format=${format}`, '.'], { cwd });
      expect(new Map([...unpackTar(tar)].sort())).toEqual(new Map([...FILES].sort()));
    },
  );

  it('notices that an archive is cut off, or broken', () => {
    const tar = packTar(FILES);
    for (const length of [0, 511, 600, tar.length - 1024]) {
      expect(() => unpackTar(tar.subarray(0, length))).toThrow('the archive is cut off');
    }
    const broken = Buffer.from(tar).fill('x', 3, 4);
    expect(() => unpackTar(broken)).toThrow('the archive is broken');
  });
});
