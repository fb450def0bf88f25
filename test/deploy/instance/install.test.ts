import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../../support/run-program.ts';
import { DEVICE, openInstance, SETTINGS, START } from './open-instance.ts';

describe('an instance without a domain', () => {
  it('has the settings, the unit and the log, and starts the bot last', async () => {
    const { install, read, mode, calls } = await openInstance();
    expect(await install()).toMatchObject({ code: 0 });
    expect(await read('etc/vibe/settings.env')).toBe(`${SETTINGS}\n`);
    expect(await mode('etc/vibe/settings.env')).toBe('640');
    expect(await mode('var/log/vibe')).toBe('750');
    const unit = await read('etc/systemd/system/vibe.service');
    expect(unit).toBe(await readFile(`${REPOSITORY}deploy/instance/vibe.service`, 'utf8'));
    const agent = JSON.parse(await read('etc/vibe/cloudwatch-agent.json'));
    expect(agent.agent).toEqual({ region: 'eu-west-1' });
    const files: { file_path: string; log_group_name: string }[] =
      agent.logs.logs_collected.files.collect_list;
    expect(new Set(files.map((file) => file.log_group_name))).toEqual(new Set(['/vibe/bot']));
    expect(unit).toContain(`\nStandardOutput=append:${files[0]?.file_path}\n`);
    expect((await calls()).at(-1)).toBe(START);
  });

  it('installs no server and opens nothing', async () => {
    const { install, calls } = await openInstance();
    await install();
    expect((await calls()).filter((call) => /nginx|certbot|certificate/.test(call))).toEqual([]);
    expect((await calls())[0]).toBe(
      'dnf install -y nodejs24 amazon-cloudwatch-agent logrotate xfsprogs diffutils',
    );
  });

  it('lets the bot ask its name servers, whatever they are', async () => {
    const { install, read } = await openInstance();
    await install();
    expect(await read('etc/systemd/system/vibe.service.d/name-servers.conf')).toBe(
      '[Service]\nIPAddressAllow=10.0.0.2 127.0.0.53 \n',
    );
  });

  it('takes back nothing that the unit allows where no name servers are found', async () => {
    const { install, read, root } = await openInstance();
    await Promise.all([rm(join(root, 'etc/resolv.conf')), rm(join(root, 'run'), { recursive: true })]);
    expect(await install()).toMatchObject({ code: 0 });
    await expect(read('etc/systemd/system/vibe.service.d/name-servers.conf')).rejects.toThrow('ENOENT');
  });

  it('keeps certificates where the bot can neither read nor replace them', async () => {
    const { install, mode, calls, root } = await openInstance();
    await install();
    expect(await mode('var/lib/vibe')).toBe('1770');
    expect(await mode('var/lib/vibe/letsencrypt')).toBe('700');
    expect(await calls()).toContain(`chown root:vibe ${root}/var/lib/vibe`);
  });
});

describe('a start that fails', () => {
  it.each([
    ['no packages', { dnf: 'exit 1' }],
    ['a Node that runs no TypeScript', { 'node-24': 'exit 1' }],
    ['no metadata', { curl: 'exit 7' }],
  ])('says so by its end: %s', async (_, commands) => {
    const { install, count } = await openInstance({ commands });
    expect((await install()).code).not.toBe(0);
    expect(await count(START)).toBe(0);
  });

  it('is none where only the log cannot be shipped', async () => {
    const commands = { 'amazon-cloudwatch-agent-ctl': 'exit 1' };
    const { install, count } = await openInstance({ commands });
    expect(await install()).toMatchObject({ code: 0 });
    expect(await count(START)).toBe(1);
  });

  it('asks the Node that is there whether it can run the program', async () => {
    const { install, calls } = await openInstance();
    await install();
    const check = (await calls()).find((call) => call.startsWith('node-24 -e '))?.slice('node-24 -e '.length);
    expect(spawnSync(process.execPath, ['-e', check ?? '']).status).toBe(0);
    const older = ['--no-experimental-strip-types', '-e', check ?? ''];
    expect(spawnSync(process.execPath, older).status).toBe(1);
  });
});

describe('the volume', () => {
  it('is waited for while the old instance has it', async () => {
    const { install, calls, count, root } = await openInstance({ freeAtTry: 4 });
    expect(await install()).toMatchObject({ code: 0 });
    const attach = 'aws ec2 attach-volume --volume-id vol-0abc --instance-id i-123 --device /dev/sdf';
    expect((await calls()).filter((call) => call === attach)).toHaveLength(4);
    expect(await count('mount ')).toBe(1);
    const from = `${join(root, DEVICE)} ${root}/var/lib/vibe xfs `;
    expect(await readFile(join(root, 'etc/fstab'), 'utf8')).toMatch(new RegExp(`^${from}\\S*nofail`));
  });

  it('is formatted when it is new', async () => {
    const { install, calls, root } = await openInstance({ blkid: 2 });
    await install();
    expect(await calls()).toContain(`mkfs.xfs ${join(root, DEVICE)}`);
  });

  it('is never formatted when there is something on it', async () => {
    const { install, count } = await openInstance({ blkid: 0 });
    expect(await install()).toMatchObject({ code: 0 });
    expect([await count('mkfs'), await count('mount ')]).toEqual([0, 1]);
  });

  it.each(['echo data >', 'touch'])(
    'is left alone when blkid finds nothing, and it is not blank (%s)',
    async (volume) => {
      const { install, count } = await openInstance({ blkid: 2, volume });
      expect((await install()).code).toBe(1);
      expect([await count('mkfs'), await count('mount '), await count(START)]).toEqual([0, 0, 0]);
    },
  );

  it.each([1, 4, 8])('is left alone when blkid ends with %i, and nothing starts', async (blkid) => {
    const { install, count } = await openInstance({ blkid });
    expect((await install()).code).not.toBe(0);
    expect([await count('mkfs'), await count('mount '), await count(START)]).toEqual([0, 0, 0]);
  });
});

it('does no harm when it is run again', async () => {
  const { install, read, count } = await openInstance();
  await install();
  expect(await install()).toMatchObject({ code: 0 });
  expect((await read('etc/fstab')).trimEnd().split('\n')).toHaveLength(1);
  const counts = [await count('mkfs'), await count('mount '), await count('aws'), await count('useradd')];
  expect(counts).toEqual([1, 1, 1, 1]);
});
