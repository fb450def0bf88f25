import {
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createCuratedPlaylists } from '../../src/services/curated-playlists.ts';
import { PlaylistsFileError } from '../../src/services/playlist-file.ts';
import { createPlaylistMap } from '../../src/services/playlist-map.ts';
import { watchLog } from '../support/platform-recorders.ts';

const OWN = readFileSync(new URL('../../src/services/playlists.json', import.meta.url), 'utf8');
const OLD = 'RDCLAK5uy_l3Iir9QZmCUPLjUqyR9PmYIKkkY7YEJZA';
const withJazz = (id: string) => OWN.replaceAll(OLD, id);

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'playlists-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function open(text: string) {
  const file = join(makeFolder(), 'mine.json');
  writeFileSync(file, text);
  const log = watchLog();
  const map = createPlaylistMap({ file, log, intervalMs: 20 });
  onTestFinished(() => map.close());
  return { file, log, map, jazz: () => map.lists('jazz', 'global').list };
}

it('has two lists for each genre and region, each with another for its backup', () => {
  const map = createPlaylistMap({ file: null, log: watchLog() });
  const entries = map.entries();
  expect(entries).toHaveLength(10);
  expect(new Set(entries.map(({ list }) => list)).size).toBe(10);
  for (const { list, backup } of entries) expect(backup).not.toBe(list);
  map.close();
});

it('takes a file of somebody else, and a newer one of it', async () => {
  const { file, log, jazz, map } = open(withJazz('PLmineminemine'));
  const links = createCuratedPlaylists({ map, isDead: () => false });
  const url = async () => (await links.playlists('jazz', new AbortController().signal)).global.url;
  expect(await url()).toBe('https://www.youtube.com/playlist?list=PLmineminemine');
  writeFileSync(file, withJazz('PLnewernewernewer'));
  await expect.poll(jazz, { timeout: 10_000 }).toBe('PLnewernewernewer');
  expect(await url()).toBe('https://www.youtube.com/playlist?list=PLnewernewernewer');

  // replaced by another file, as editors do
  writeFileSync(`${file}.new`, withJazz('PLreplacedreplaced'));
  renameSync(`${file}.new`, file);
  await expect.poll(jazz, { timeout: 10_000 }).toBe('PLreplacedreplaced');

  // a link, as Kubernetes mounts it
  writeFileSync(`${file}.linked`, withJazz('PLlinkedlinked'));
  unlinkSync(file);
  symlinkSync(`${file}.linked`, file);
  await expect.poll(jazz, { timeout: 10_000 }).toBe('PLlinkedlinked');
  expect(log.lines.filter(({ level }) => level === 'info').length).toBeGreaterThanOrEqual(3);
});

it('keeps the last good one when a newer one is none', async () => {
  const { file, log, jazz } = open(withJazz('PLmineminemine'));
  writeFileSync(file, withJazz('not an id'));
  const line = await log.written('the new map of playlists is not used');
  expect(line.level).toBe('error');
  expect(line.details?.['reason']).toContain('jazz.global.list: must be the id of a YouTube playlist');
  expect(jazz()).toBe('PLmineminemine');
  unlinkSync(file);
  await expect.poll(() => log.lines.length, { timeout: 10_000 }).toBe(2);
  expect(log.lines[1]?.details?.['reason']).toContain('cannot be read (ENOENT)');
  expect(jazz()).toBe('PLmineminemine');
  writeFileSync(file, withJazz('PLnewernewernewer'));
  await expect.poll(jazz, { timeout: 10_000 }).toBe('PLnewernewernewer');
});

it.each([
  ['is not there', null, 'mine.json cannot be read (ENOENT)'],
  ['is not JSON', '{', 'mine.json is not JSON'],
  ['lacks a genre', '{"classical": {}}', 'electronic: '],
  ['names a genre that there is not', OWN.replace('"jazz"', '"jaz"'), 'Unrecognized key: "jaz"'],
  [
    'has a link for an id',
    withJazz('https://www.youtube.com/playlist?list=PL1'),
    'jazz.global.list: must be',
  ],
  ['lacks a backup', OWN.replace(/,\s*"backup": "RDCLAK5uy_n7hJ[^"]*"/, ''), 'jazz.global.backup: '],
])('cannot begin with a file that %s', (_, text, wrong) => {
  const file = join(makeFolder(), 'mine.json');
  if (text !== null) writeFileSync(file, text);
  const begin = () => createPlaylistMap({ file, log: watchLog() });
  expect(begin).toThrow(PlaylistsFileError);
  expect(begin).toThrow(wrong);
});
