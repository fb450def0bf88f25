import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { GENRES } from '../../../src/core/genre.ts';
import { pngOfSize } from '../../support/pictures.ts';
import { REPOSITORY, runProgram } from '../../support/run-program.ts';

const photo = (name: string) => join(REPOSITORY, 'test/fixtures/photos', name);
let cwd: string;
let out: string;

beforeAll(async () => {
  cwd = await realpath(await mkdtemp(join(tmpdir(), 'vibe-')));
  out = join(cwd, 'maps');
});

const vibe = (...args: string[]) => runProgram(['vibe', ...args], { cwd });
const lines = (stdout: string) => stdout.trimEnd().split('\n');

describe('vibe --json', () => {
  it('prints one whole object for a photo, and nothing else', async () => {
    const { code, stdout, stderr } = await vibe('--json', '--out', 'maps', photo('coffee.jpg'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const reading = JSON.parse(stdout);
    expect(Object.keys(reading.scores)).toEqual([...GENRES]);
    const scores = Object.values(reading.scores as Record<string, number>);
    expect(scores.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    expect(reading).toMatchObject({
      file: photo('coffee.jpg'),
      confidence: Math.max(...scores),
      cam: { genre: reading.genre },
      explanation: {
        source: 'local',
        photo: expect.stringMatching(/\w+ \w+/),
        heatmap: expect.stringMatching(/\w+ \w+/),
      },
      altText: expect.stringMatching(/\w+ \w+/),
      notes: [],
    });
    expect(reading.cam.values).toHaveLength(reading.cam.width * reading.cam.height);
    expect(Math.max(...reading.cam.values)).toBe(1);
    for (const region of ['global', 'khaleeji']) {
      expect(reading.playlists[region]).toEqual({
        title: expect.stringContaining(' · '),
        url: expect.stringMatching(/^https:\/\/www\.youtube\.com\/playlist\?list=[\w-]+$/),
        youtubeMusic: expect.stringMatching(/^https:\/\/music\.youtube\.com\/playlist\?list=[\w-]+$/),
        spotify: expect.stringMatching(/^https:\/\/open\.spotify\.com\/search\//),
        tracks: [],
      });
    }
    expect(Object.keys(reading.timings)).toEqual(['decode', 'infer', 'cam', 'overlay', 'encode', 'total']);
  });

  it('writes the heatmap in the photo’s own shape, named by photo, genre and content', async () => {
    const { stdout } = await vibe('--json', '--out', 'maps', photo('pavilion.jpg'));
    const reading = JSON.parse(stdout);
    const bytes = await readFile(photo('pavilion.jpg'));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
    expect(isAbsolute(reading.heatmap)).toBe(true);
    expect(reading.heatmap).toBe(join(out, `pavilion-${reading.genre}-${hash}.jpg`));
    const [heatmap, original] = [await sharp(reading.heatmap).metadata(), await sharp(bytes).metadata()];
    expect(heatmap).toMatchObject({ format: 'jpeg', width: original.width, height: original.height });
    expect(heatmap.exif).toBeUndefined();
  });

  it('goes on after a photo that fails, in order, and exits 1', async () => {
    const files = [photo('cat.jpg'), 'none.jpg', photo('rocket.jpg')];
    const { code, stdout } = await vibe('--json', '--out', 'maps', ...files);
    expect(code).toBe(1);
    const readings = lines(stdout).map((line) => JSON.parse(line));
    expect(readings.map((reading) => reading.file)).toEqual(files);
    expect(readings[1]).toEqual({
      file: 'none.jpg',
      error: { code: 'not-found', message: expect.stringContaining('none.jpg') },
    });
    expect(readings[2].genre).toBeDefined();
  });

  it('draws and explains the genre asked for', async () => {
    const [plain, why] = await Promise.all([
      vibe('--json', '--out', 'maps', photo('flower.jpg')),
      vibe('--json', '--out', 'maps', '--why', 'rock', photo('flower.jpg')),
    ]).then((ended) => ended.map(({ stdout }) => JSON.parse(stdout)));
    expect(why.cam.genre).toBe('rock');
    expect(why.genre).toBe(plain.genre);
    expect(why.scores).toEqual(plain.scores);
    expect(why.heatmap).toContain('-rock-');
    expect(why.playlists).toEqual(plain.playlists);
  });
});

describe('vibe for people', () => {
  it('shows genre, five bars, both explanations, both playlists and where the heatmap is', async () => {
    const { code, stdout, stderr } = await vibe('--out', 'maps', photo('coffee.jpg'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('\u001b');
    for (const genre of GENRES) expect(stdout).toMatch(new RegExp(`^  ${genre} +<?\\d+% `, 'm'));
    expect(stdout.match(/https:\/\/www\.youtube\.com\/playlist\?list=/g)).toHaveLength(2);
    const heatmap = stdout.match(/\/\S+coffee-\w+-[0-9a-f]{8}\.jpg/)?.[0];
    expect((await stat(heatmap ?? '')).size).toBeGreaterThan(1000);
  });

  it('says what speaks for and against the genre asked for', async () => {
    const { code, stdout } = await vibe('--out', 'maps', '--why', 'rock', photo('flower.jpg'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Why rock\? · /m);
    expect(stdout).toMatch(/flower-rock-[0-9a-f]{8}\.jpg/);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toMatch(/would suit it|speaks for it|Light and colour speak neither for/);
    expect(text).toMatch(/Against it: |Nothing measured speaks against it|nor against it/);
    expect(text).toMatch(/stays ahead/);
  });

  // util-linux's `script` gives it a terminal
  it.runIf(process.platform === 'linux')('is coloured on a terminal, unless NO_COLOR is set', async () => {
    const command = [process.execPath, `${REPOSITORY}src/main.ts`, 'vibe', '--out', 'maps', photo('cat.jpg')];
    const onTerminal = async (env: Record<string, string>) => {
      const { PATH = '' } = process.env;
      const child = spawn('script', ['-qec', command.map((word) => `'${word}'`).join(' '), '/dev/null'], {
        cwd,
        env: { PATH, TERM: 'xterm-256color', ...env },
      });
      return Buffer.concat(await child.stdout.toArray()).toString();
    };
    const [coloured, plain] = await Promise.all([onTerminal({}), onTerminal({ NO_COLOR: '1' })]);
    expect(stripVTControlCharacters(coloured)).not.toBe(coloured);
    expect(plain).toContain('youtube.com');
    expect(stripVTControlCharacters(plain)).toBe(plain);
  });

  it('speaks Arabic', async () => {
    const { stdout } = await vibe('--out', 'maps', '--lang', 'ar', photo('coffee.jpg'));
    expect(stdout.match(/[\u0600-\u06ff]/g)?.length).toBeGreaterThan(200);
  });

  it('takes its language from DEFAULT_LANGUAGE, also from .env, where the environment goes first', async () => {
    const folder = join(cwd, 'with-env');
    await mkdir(folder);
    await writeFile(join(folder, '.env'), 'DEFAULT_LANGUAGE=ar\n');
    const arabic = await runProgram(['vibe'], { cwd: folder });
    expect(arabic.stderr).toMatch(/[\u0600-\u06ff]/);
    const english = await runProgram(['vibe'], { cwd: folder, env: { DEFAULT_LANGUAGE: 'en' } });
    expect(english.stderr).toMatch(/photo/);
  });
});

describe('bad input', () => {
  const jpeg = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2));
  const bad: [string, () => Promise<Buffer | string>, string][] = [
    ['empty.jpg', async () => '', 'empty'],
    ['page.jpg', async () => '<!doctype html><html><body>hello</body></html>', 'not-an-image'],
    ['drawing.svg', async () => '<svg xmlns="http://www.w3.org/2000/svg"/>', 'unsupported-format'],
    ['paper.pdf', async () => '%PDF-1.7\n', 'unsupported-format'],
  ];

  it('answers each with one friendly line, goes on, and never shows a stack trace', async () => {
    const names: string[] = [];
    for (const [name, make] of bad) {
      await writeFile(join(cwd, name), await make());
      names.push(name);
    }
    const { code, stdout, stderr } = await vibe(...names, 'missing.jpg', '.');
    expect(code).toBe(1);
    expect(stdout.trim()).toBe('');
    expect(lines(stderr)).toHaveLength(bad.length + 2);
    expect(stderr).not.toMatch(/ {4}at |Error:|node_modules/);
    const json = await vibe('--json', ...names, 'missing.jpg', '.');
    expect(lines(json.stdout).map((line) => JSON.parse(line).error.code)).toEqual([
      ...bad.map(([, , error]) => error),
      'not-found',
      'not-a-file',
    ]);
  });

  it('refuses a picture of 50,000 × 50,000', async () => {
    await writeFile(join(cwd, 'bomb.png'), pngOfSize(50_000, 50_000));
    const { code, stdout } = await vibe('--json', 'bomb.png');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error.code).toBe('too-large');
  });

  it('reads what is there of a truncated JPEG, and says so', async () => {
    await writeFile(join(cwd, 'cut.jpg'), jpeg(await readFile(photo('coffee.jpg'))));
    const { code, stdout } = await vibe('--json', '--out', 'maps', 'cut.jpg');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ notes: ['truncated'], genre: expect.any(String) });
  });

  it('shows no control characters of a file name, and finds room for a long one', async () => {
    const names = ['\u001b[31mred\nline.jpg', `${'ص'.repeat(120)}.jpg`];
    for (const name of names) await cp(photo('cat.jpg'), join(cwd, name));
    const { code, stdout, stderr } = await vibe('--out', 'maps', ...names, '\u001b[2Jgone.jpg');
    expect(code).toBe(1);
    expect(stdout.match(/youtube/g)).toHaveLength(6);
    for (const text of [stdout, stderr]) expect(text).not.toContain('\u001b');
    expect(lines(stderr)).toHaveLength(1);
  });

  it('reports a bug without control characters, too', async () => {
    const name = '\u001b[31mred.jpg';
    await cp(photo('cat.jpg'), join(cwd, name));
    const first = JSON.parse((await vibe('--json', '--out', 'blocked', name)).stdout);
    await rm(first.heatmap);
    await mkdir(first.heatmap);
    const { code, stderr } = await vibe('--out', 'blocked', name);
    expect(code).toBe(1);
    expect(stderr).toContain('EISDIR');
    expect(stderr).not.toContain('\u001b');
  });

  it('finds photos, and leaves heatmaps, where the person typed npm run', async () => {
    const folder = join(cwd, 'typed-here');
    await mkdir(folder);
    await cp(photo('cat.jpg'), join(folder, 'cat.jpg'));
    const env = { npm_lifecycle_event: 'vibe', INIT_CWD: folder };
    const { code, stdout } = await runProgram(['vibe', '--json', 'cat.jpg'], { env, root: '' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).heatmap).toContain(join(folder, 'vibe-out'));
  });

  it('exits 2 with one line when the heatmaps have nowhere to go', async () => {
    await writeFile(join(cwd, 'taken'), '');
    for (const folder of ['taken', 'taken/below']) {
      const { code, stdout, stderr } = await vibe('--out', folder, photo('cat.jpg'));
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(lines(stderr)).toEqual([expect.stringContaining(folder)]);
    }
  });

  it.each([
    [['--why', 'polka', 'a.jpg'], 'polka'],
    [['--fast', 'a.jpg'], '--fast'],
    [['--lang', 'fr', 'a.jpg'], 'fr'],
    [['--lang=-x', 'a.jpg'], '-x'],
    [[], 'photo'],
  ])('exits 2 with one line on stderr for wrong usage: %j', async (args, named) => {
    const { code, stdout, stderr } = await vibe(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr).toContain(named);
  });
});

describe('being stopped', () => {
  const startOn200 = (folder: string) => {
    const files = Array.from({ length: 200 }, () => photo('galaxies.jpg'));
    return spawn(process.execPath, [`${REPOSITORY}src/main.ts`, 'vibe', '--json', '--out', folder, ...files]);
  };
  const ending = async (program: ChildProcess, stderr: Readable) => {
    const said: Buffer[] = await stderr.toArray();
    const [code] = program.exitCode === null ? await once(program, 'exit') : [program.exitCode];
    return { code, stderr: Buffer.concat(said).toString() };
  };

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('on %s ends quietly with %i in the middle of its photos', async (name, code) => {
    const program = startOn200(out);
    await once(program.stdout, 'data');
    program.kill(name);
    program.stdout.resume();
    expect(await ending(program, program.stderr)).toEqual({ code, stderr: '' });
  });

  it('ends before its photos do when nobody reads on', async () => {
    const program = startOn200(out);
    await once(program.stdout, 'data');
    program.stdout.destroy();
    expect(await ending(program, program.stderr)).toEqual({ code: 141, stderr: '' });
  });
});

describe('an installation that is broken', () => {
  it('refuses to start with a model that its description is not about, and says so in one line', async () => {
    const root = `${await mkdtemp(join(tmpdir(), 'copy-'))}/`;
    for (const part of ['src', 'commands', 'package.json']) {
      await cp(`${REPOSITORY}${part}`, `${root}${part}`, { recursive: true });
    }
    await symlink(`${REPOSITORY}node_modules`, `${root}node_modules`);
    await mkdir(`${root}models`);
    await cp(`${REPOSITORY}models/genre.json`, `${root}models/genre.json`);
    await writeFile(`${root}models/genre.onnx`, 'another model');
    const { code, stdout, stderr } = await runProgram(['vibe', photo('cat.jpg')], { cwd, root });
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringContaining('sha256')]);
  });

  it('exits 2 with one line when .env is a folder', async () => {
    const folder = join(cwd, 'with-a-folder');
    await mkdir(join(folder, '.env'), { recursive: true });
    const { code, stdout, stderr } = await runProgram(['vibe', photo('cat.jpg')], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringContaining('.env')]);
  });
});

describe('serve', () => {
  it('exits 2 and says which settings it needs, without any token', async () => {
    const { code, stdout, stderr } = await runProgram(['serve'], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr).toMatch(/TELEGRAM_TOKEN.*DISCORD_TOKEN/);
  });

  it.each(['TELEGRAM_TOKEN', 'DISCORD_TOKEN'])(
    'exits 2 with the name of a token that cannot be one, and not its value: %s',
    async (name) => {
      const { code, stderr } = await runProgram(['serve'], { cwd, env: { [name]: 'planted token' } });
      expect(code).toBe(2);
      expect(lines(stderr)).toEqual([expect.stringContaining(name)]);
      expect(stderr).not.toContain('planted');
    },
  );

  it('exits 2 with the name of a setting that cannot be used', async () => {
    const { code, stderr } = await runProgram(['serve'], { cwd, env: { DEFAULT_LANGUAGE: 'klingon' } });
    expect(code).toBe(2);
    expect(stderr).toContain('DEFAULT_LANGUAGE');
  });
});
