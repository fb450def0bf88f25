import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/user-error.ts';
import { parseArguments } from '../../../src/platforms/terminal/arguments.ts';
import { runTerminal, type TerminalDependencies } from '../../../src/platforms/terminal/platform.ts';
import { makeLook } from '../../support/make-look.ts';
import { makePhotoReader } from '../../support/make-photo-reader.ts';
import { noTracks, playlistSource } from '../../support/reading-ports.ts';

let out: string;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'vibe-'));
});

function dependencies(overrides: Partial<TerminalDependencies> = {}): TerminalDependencies {
  return {
    imageSource: { fetch: async (path) => Buffer.from(path) },
    photoReader: makePhotoReader(async () => makeLook({ jazz: 0.9, pop: 0.1 })),
    explainer: {
      wantsPreviews: false,
      explain: async () => ({ photo: 'P', heatmap: 'H', altText: 'A', source: 'local' }),
    },
    playlistSource,
    trackSource: noTracks,
    keep: async () => null,
    parallel: 2,
    reportBug: () => {},
    ...overrides,
  };
}

async function run(argv: string[], given = dependencies(), isTTY = false) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    isTTY,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const terminal = { stdout: stream('stdout'), stderr: stream('stderr'), colour: false };
  const args = parseArguments(['--out', out, ...argv], 'en');
  const code = await runTerminal(args, terminal, given, new AbortController().signal);
  return { code, ...written };
}

describe('runTerminal', () => {
  it('shows how far it is on a terminal, and clears it before each answer', async () => {
    const { stderr } = await run(['a.jpg', 'b.jpg'], dependencies(), true);
    expect(stderr).toBe('1/2 a.jpg\r\u001b[2K2/2 b.jpg\r\u001b[2K');
  });

  it('shows no progress for a single photo, nor where nobody watches', async () => {
    expect((await run(['a.jpg'], dependencies(), true)).stderr).toBe('');
    expect((await run(['a.jpg', 'b.jpg'])).stderr).toBe('');
  });

  it('reads no more photos at once than told', async () => {
    let [now, most] = [0, 0];
    const look = async () => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      return makeLook({ rock: 1 });
    };
    await run(['a', 'b', 'c', 'd', 'e'], dependencies({ photoReader: makePhotoReader(look) }));
    expect(most).toBe(2);
  });

  it('reports a bug, and tells the person no more than an apology', async () => {
    const bugs: unknown[] = [];
    const bug = new Error('secret of the machine');
    const broken = { fetch: async () => Promise.reject(bug) };
    const given = dependencies({ imageSource: broken, reportBug: (error) => bugs.push(error) });
    const { code, stdout, stderr } = await run(['a.jpg'], given);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^a\.jpg: .+\n$/);
    expect(stderr).not.toContain('secret');
    expect(bugs).toEqual([bug]);
    const json = await run(['--json', 'a.jpg'], given);
    expect(JSON.parse(json.stdout)).toMatchObject({ file: 'a.jpg', error: { code: 'internal' } });
  });

  it('words a busy reader for people and for programs', async () => {
    const busy = makePhotoReader(async () => Promise.reject(new UserError('busy', {})));
    const given = dependencies({ photoReader: busy });
    expect((await run(['a.jpg'], given)).stderr).toMatch(/^a\.jpg: .*try again/);
    expect(JSON.parse((await run(['--json', 'a.jpg'], given)).stdout).error.code).toBe('busy');
  });

  it('gives the blend to programs, best first, where no genre leads', async () => {
    const look = async () => makeLook({ jazz: 0.38, pop: 0.4, rock: 0.22 });
    const given = dependencies({ photoReader: makePhotoReader(look) });
    expect(JSON.parse((await run(['--json', 'a.jpg'], given)).stdout).blend).toEqual(['pop', 'jazz']);
    expect(JSON.parse((await run(['--json', 'a.jpg'])).stdout).blend).toBeNull();
  });

  it('says how to call it', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const option of ['--json', '--out', '--why', '--lang']) expect(stdout).toContain(option);
  });
});
