import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packFolder } from '../../../deploy/instance/pack-folder.ts';
import { MAX_USER_DATA_BYTES, type UserDataOptions, userData } from '../../../deploy/instance/user-data.ts';
import { openFakeMachine } from './open-fake-machine.ts';

const OPTIONS: UserDataOptions = {
  region: 'eu-west-1',
  volumeId: 'vol-0123456789abcdef0',
  artifactsBucket: 'artifacts',
  release: `vibe-${'0'.repeat(64)}.tar.gz`,
  logGroup: '/vibe/bot',
  settings: { AWS_REGION: 'eu-west-1', SECRETS_PREFIX: 'vibe/settings', STATE_DIR: '/var/lib/vibe' },
  domain: 'bot.example.org',
  email: 'you@example.org',
};

/** What install.sh of the packed release does: tells what it was given. */
const INSTALL =
  'printf "%s|" "$REGION" "$VOLUME" "$LOG_GROUP" "$DOMAIN" "$EMAIL" "$SETTINGS" "$AWS_DEFAULT_REGION"';

/** A release in a folder, as it would be in the bucket, and a machine whose `aws` knows it. */
async function openRelease({ failures = 0, install = INSTALL } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'vibe-bucket-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'staging/deploy/instance'), { recursive: true });
  await writeFile(join(folder, 'staging/deploy/instance/install.sh'), install);
  const file = join(folder, 'packed');
  const release = `vibe-${await packFolder(join(folder, 'staging'), file)}.tar.gz`;
  const count = join(folder, 'count');
  const aws = `echo >>'${count}'; [ "$(wc -l <'${count}')" -gt ${failures} ] && cp '${file}' "\${@: -1}"`;
  const machine = await openFakeMachine({ aws, sleep: '', dnf: '', systemctl: '' });
  const script = join(folder, 'user-data');
  const start = async (options: Partial<UserDataOptions> = {}) => {
    await writeFile(script, userData({ ...OPTIONS, release, ...options }));
    return machine.run(script);
  };
  return { machine, release, file, start, programs: join(machine.root, 'opt/vibe') };
}

describe('the text', () => {
  it('is as small as AWS wants it, with all there is', () => {
    const settings = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`SETTING_${i}`, 'x'.repeat(100)]),
    );
    expect(Buffer.byteLength(userData({ ...OPTIONS, settings }))).toBeLessThan(MAX_USER_DATA_BYTES / 2);
  });

  it('has tokens of the CDK as they are', () => {
    const token = `\${Token[TOKEN.12]}`;
    const text = userData({ ...OPTIONS, volumeId: token, settings: { STORE_TABLE: token } });
    expect(text).toContain(`\nVOLUME='${token}'\n`);
    expect(text).toContain(`\nSETTINGS='STORE_TABLE=${token}'\n`);
  });

  it.each(["it's", 'two\nlines', 'a"quote', 'back\\slash', ' space', 'tab\t'])('refuses %j', (value) => {
    expect(() => userData({ ...OPTIONS, logGroup: value })).toThrow(TypeError);
    expect(() => userData({ ...OPTIONS, settings: { NAME: value } })).toThrow(TypeError);
  });

  it.each(['lower', 'WITH SPACE', 'X=Y', ''])('refuses a setting named %j', (name) => {
    expect(() => userData({ ...OPTIONS, settings: { [name]: 'value' } })).toThrow(TypeError);
  });
});

describe('the instance', () => {
  it('fetches the release by its name, unpacks it and lets it install itself', async () => {
    const { machine, release, start, programs } = await openRelease();
    const { code, stdout } = await start({ settings: { A: '$HOME `x` #', B: 'two' } });
    expect(code).toBe(0);
    expect(stdout).toBe(
      'eu-west-1|vol-0123456789abcdef0|/vibe/bot|bot.example.org|you@example.org|A=$HOME `x` #\nB=two|eu-west-1|',
    );
    expect(await machine.calls()).toEqual([
      `aws s3 cp --only-show-errors s3://artifacts/releases/${release} ${programs}/${release}`,
    ]);
    const folder = release.replace('.tar.gz', '');
    expect((await readdir(programs)).sort()).toEqual(['current', folder]);
    expect(await readlink(join(programs, 'current'))).toBe(join(programs, folder));
  });

  it('tries again what fails, and fetches nothing twice', async () => {
    const { machine, start } = await openRelease({ failures: 2 });
    expect(await start()).toMatchObject({ code: 0 });
    const calls = await machine.calls();
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['aws', 'sleep', 'aws', 'sleep', 'aws']);
    expect(await start({ domain: null, email: null })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('|/vibe/bot|||'),
    });
    expect(await machine.calls()).toEqual(calls);
  });

  it('gives way to another one where the release cannot install itself', async () => {
    const { machine, start } = await openRelease({ install: 'exit 3' });
    const { code, stderr } = await start();
    expect([code, stderr]).toEqual([3, expect.stringContaining('vibe: the start has failed (3)')]);
    expect((await machine.calls()).slice(-2)).toEqual(['sleep 600', 'systemctl poweroff']);
  });

  it('stays where all is well', async () => {
    const { machine, start } = await openRelease();
    await start();
    expect((await machine.calls()).filter((call) => call.startsWith('systemctl'))).toEqual([]);
  });

  it('runs nothing whose bytes are not those of the name, and says so', async () => {
    const { machine, file, start, programs, release } = await openRelease();
    const bytes = await readFile(file);
    await writeFile(file, Buffer.concat([bytes, Buffer.from([0])]));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(release.slice(5, -7));
    const { code, stdout, stderr } = await start();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('vibe: gave up: fetch_release');
    expect(await readdir(programs)).toEqual([release]);
    // another instance may have more luck
    expect((await machine.calls()).slice(-2)).toEqual(['sleep 600', 'systemctl poweroff']);
  });
});
