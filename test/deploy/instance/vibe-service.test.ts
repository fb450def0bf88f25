import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../src/exit-codes.ts';
import { REPOSITORY } from '../../support/run-program.ts';
import { openFakeMachine } from './open-fake-machine.ts';

const FOLDER = `${REPOSITORY}deploy/instance/`;
const UNIT = readFileSync(`${FOLDER}vibe.service`, 'utf8');
const MOST_EXPOSED = 1.5;

/** All values of a key, in their order. */
function values(key: string): readonly string[] {
  return UNIT.split('\n').flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
}

function analyze(...args: string[]) {
  return spawnSync('systemd-analyze', args, { cwd: REPOSITORY, encoding: 'utf8' });
}

describe.runIf(analyze('--version').status === 0)('to systemd-analyze', () => {
  it(`the unit is exposed at most ${MOST_EXPOSED}`, () => {
    const { stdout } = analyze('security', '--offline=true', '--no-pager', 'deploy/instance/vibe.service');
    const [, level] = /Overall exposure level for vibe\.service: ([\d.]+)/.exec(stdout) ?? [];
    expect(Number(level)).toBeLessThanOrEqual(MOST_EXPOSED);
  });

  it('the units are well-formed', () => {
    const units = ['vibe.service', 'vibe-certificate.service', 'vibe-certificate.timer'];
    const { stderr } = analyze('verify', '--man=no', ...units.map((unit) => `${FOLDER}${unit}`));
    const complaints = stderr.split('\n').filter((line) => line !== '' && !line.includes('/usr/bin/node-24'));
    expect(complaints).toEqual([]);
  });
});

describe('the unit', () => {
  it('starts what npm start starts', () => {
    const { scripts } = JSON.parse(readFileSync(`${REPOSITORY}package.json`, 'utf8'));
    const [start = ''] = values('ExecStart');
    expect(start.replace('/usr/bin/node-24 --max-semi-space-size=8', 'node')).toBe(scripts.start);
  });

  it('gives V8 and malloc what the prelude would start the program over for', () => {
    const prelude = readFileSync(`${REPOSITORY}src/prelude.js`, 'utf8');
    const [, young] = /young = '(.*)'/.exec(prelude) ?? [];
    const [, arenas] = /MALLOC_ARENA_MAX: '(.*)'/.exec(prelude) ?? [];
    expect(values('ExecStart')).toEqual([expect.stringContaining(` ${young} `)]);
    expect(values('Environment').join(' ')).toContain(`MALLOC_ARENA_MAX=${arenas}`);
  });

  it('lets nobody be told about the machine', () => {
    expect(values('Environment')).toContain('ORT_DISABLE_TELEMETRY=1');
  });

  it('starts the program again unless the machine is to be taken away', () => {
    expect(values('Restart')).toEqual(['always']);
    expect(values('RestartPreventExitStatus')).toEqual([`${EXIT_CODES.spotNotice}`]);
    expect(values('StartLimitIntervalSec')).toEqual(['0']);
  });

  it('is told by a child, and stops with time to spare', () => {
    expect(values('Type')).toEqual(['notify']);
    expect(values('NotifyAccess')).toEqual(['all']);
    expect(values('WatchdogSec')).toEqual(['180']);
    expect(values('WatchdogSignal')).toEqual(['SIGTERM']);
    expect(values('TimeoutStopSec')).toEqual(['100']);
  });

  it('keeps its state on the volume or not at all', () => {
    expect(values('RequiresMountsFor')).toEqual(['/var/lib/vibe']);
    expect(values('ReadWritePaths')).toEqual(['/var/lib/vibe']);
  });
});

describe('when the program has ended', () => {
  const [, script = ''] = /ExecStopPost=\+\/bin\/sh \.\/(.*)/.exec(UNIT) ?? [];
  const end = { SERVICE_RESULT: 'exit-code', EXIT_CODE: 'exited' };

  it('the log says how', async () => {
    const machine = await openFakeMachine({ sleep: '' });
    const { stdout } = await machine.run(`${REPOSITORY}${script}`, { ...end, EXIT_STATUS: '70' });
    expect(JSON.parse(stdout)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/),
      result: 'exit-code',
      code: 'exited',
      status: '70',
      message: 'the program has ended',
    });
    expect(await machine.calls()).toEqual([]);
  });

  it('settings that cannot be used are tried again, but fewer than 1,000 times a day', async () => {
    const machine = await openFakeMachine({ sleep: '' });
    await machine.run(`${REPOSITORY}${script}`, { ...end, EXIT_STATUS: `${EXIT_CODES.wrongUsage}` });
    const [[, seconds] = []] = (await machine.calls()).map((call) => call.split(' '));
    expect((24 * 3600) / (Number(seconds) + Number(values('RestartSec')[0]))).toBeLessThan(1000);
    expect(Number(seconds)).toBeLessThan(Number(values('TimeoutStopSec')[0]));
  });

  it.each(['0', '2', '78', ''])('the machine stays after the end %o', async (EXIT_STATUS) => {
    const machine = await openFakeMachine({ sleep: '', systemctl: '' });
    await machine.run(`${REPOSITORY}${script}`, { ...end, EXIT_STATUS });
    expect((await machine.calls()).filter((call) => call.startsWith('systemctl'))).toEqual([]);
  });

  it('after a Spot notice it goes', async () => {
    const machine = await openFakeMachine({ sleep: '', systemctl: '' });
    await machine.run(`${REPOSITORY}${script}`, { ...end, EXIT_STATUS: `${EXIT_CODES.spotNotice}` });
    expect(await machine.calls()).toEqual(['systemctl poweroff --no-block']);
  });

  it('is in the release', () => {
    expect(existsSync(`${REPOSITORY}${script}`)).toBe(true);
  });
});
