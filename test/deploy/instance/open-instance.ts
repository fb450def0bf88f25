import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../../support/run-program.ts';
import { openFakeMachine } from './open-fake-machine.ts';

export const DEVICE = 'dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0abc';
export const SETTINGS = 'AWS_REGION=eu-west-1\nTELEGRAM_WEBHOOK_URL=https://bot.example.org/tg/hook';
const ENV = {
  REGION: 'eu-west-1',
  VOLUME: 'vol-0abc',
  LOG_GROUP: '/vibe/bot',
  SETTINGS,
  DOMAIN: '',
  EMAIL: '',
};

export const START = 'systemctl restart --no-block vibe.service';

/** A new instance; `blkid` is how that command ends, `volume` makes the volume, which can be had at the given try. */
export async function openInstance({
  blkid = 2,
  freeAtTry = 1,
  volume = 'truncate --size=2M',
  commands = {} as Readonly<Record<string, string>>,
} = {}) {
  const machine = await openFakeMachine({
    dnf: '',
    aws: `n=$(($(cat "$ROOT/tries" 2>/dev/null || echo 0) + 1)); echo $n >"$ROOT/tries"
      [ $n -ge ${freeAtTry} ] || exit 254
      mkdir -p "$(dirname "$ROOT/${DEVICE}")"; ${volume} "$ROOT/${DEVICE}"`,
    curl: `case "$*" in *api/token*) echo token ;; *instance-id*) echo i-123 ;; esac`,
    blkid: `[ -e "$ROOT/formatted" ] && exit 0; exit ${blkid}`,
    'mkfs.xfs': 'touch "$ROOT/formatted"',
    mountpoint: '[ -e "$ROOT/mounted" ]',
    mount: 'touch "$ROOT/mounted"',
    id: '[ -e "$ROOT/user" ]',
    useradd: 'touch "$ROOT/user"',
    openssl: `while [ $# -gt 1 ]; do case "$1" in -keyout | -out) touch "$2" ;; esac; shift; done`,
    certbot: '',
    'node-24': '',
    chown: '',
    sleep: '',
    systemctl: '',
    'amazon-cloudwatch-agent-ctl': '',
    ...commands,
  });
  await mkdir(join(machine.root, 'etc/nginx'), { recursive: true });
  await mkdir(join(machine.root, 'run/systemd/resolve'), { recursive: true });
  await writeFile(join(machine.root, 'etc/resolv.conf'), 'search x\nnameserver 127.0.0.53\n');
  await writeFile(join(machine.root, 'run/systemd/resolve/resolv.conf'), 'nameserver 10.0.0.2\n');
  return {
    ...machine,
    install: (env = {}) => machine.run(`${REPOSITORY}deploy/instance/install.sh`, { ...ENV, ...env }),
    read: (path: string) => readFile(join(machine.root, path), 'utf8'),
    mode: async (path: string) => ((await stat(join(machine.root, path))).mode & 0o7777).toString(8),
    count: async (command: string) =>
      (await machine.calls()).filter((call) => call.startsWith(command)).length,
  };
}
