import { readFileSync } from 'node:fs';

export interface UserDataOptions {
  readonly region: string;
  /** The EBS volume that holds the bot's state, in the instance's zone. */
  readonly volumeId: string;
  /** Has the release in `releases/`. */
  readonly artifactsBucket: string;
  /** As buildRelease names it. */
  readonly release: string;
  readonly logGroup: string;
  /** The bot's environment; no secrets, for whoever may describe the instance can read them. */
  readonly settings: Readonly<Record<string, string>>;
  /** null: nothing is served, and no port is open. */
  readonly domain: string | null;
  /** Is told by Let's Encrypt when a certificate runs out; null: nobody. */
  readonly email: string | null;
}

/** What AWS takes, before base64: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
export const MAX_USER_DATA_BYTES = 16_384;

const SCRIPT = new URL('./user-data.sh', import.meta.url);
const NAME = /^[A-Z][A-Z0-9_]*$/;
/** Bash reads them between single quotes, systemd without any; neither knows a way to write these that the other reads. */
const UNWRITABLE = /['"\\\p{Cc}]|^\s|\s$/u;

/**
 * The script that cloud-init runs when the instance first starts. Values may be tokens of the CDK, which are put in as
 * they are. Throws TypeError for a value or a name that cannot be written down safely.
 */
export function userData(options: UserDataOptions): string {
  const settings = Object.entries(options.settings).map(([name, value]) => `${nameOf(name)}=${plain(value)}`);
  const values = {
    REGION: plain(options.region),
    VOLUME: plain(options.volumeId),
    BUCKET: plain(options.artifactsBucket),
    RELEASE: plain(options.release),
    LOG_GROUP: plain(options.logGroup),
    DOMAIN: plain(options.domain ?? ''),
    EMAIL: plain(options.email ?? ''),
    SETTINGS: settings.join('\n'),
  };
  const assignments = Object.entries(values).map(([name, value]) => `${name}='${value}'`);
  return ['#!/bin/bash', ...assignments, readFileSync(SCRIPT, 'utf8')].join('\n');
}

function plain(value: string): string {
  if (UNWRITABLE.test(value))
    throw new TypeError(`cannot be written into user data: ${JSON.stringify(value)}`);
  return value;
}

function nameOf(name: string): string {
  if (!NAME.test(name)) throw new TypeError(`no name of a setting: ${JSON.stringify(name)}`);
  return name;
}
