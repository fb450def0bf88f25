import { createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mac } from '../core/action.ts';
import { syncFolder, writeSynced } from './sync-file.ts';

export interface SigningSecretOptions {
  /** From the settings; null: the one that the state folder keeps. */
  readonly secret: string | null;
  readonly stateFolder: string;
}

/** The secret that signs is unusable; the message names the file or says what is wrong with the setting. */
export class SigningSecretError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SigningSecretError';
  }
}

const FILE_NAME = 'signing.key';
const LENGTH = 32;
const MAC_CHARACTERS = 43; // 32 bytes in base64url

/**
 * The setting's bytes, or 32 random ones made once and kept in the folder, which is made too. Several processes that
 * start at once get the same. Throws SigningSecretError, and Node's own errors when the folder cannot be used.
 */
export async function loadSigningSecret(options: SigningSecretOptions): Promise<Uint8Array> {
  if (options.secret === '') throw new SigningSecretError('The signing secret is empty.');
  if (options.secret !== null) return new TextEncoder().encode(options.secret);
  await mkdir(options.stateFolder, { recursive: true, mode: 0o700 });
  const file = join(options.stateFolder, FILE_NAME);
  const key = (await readKey(file)) ?? (await makeKey(options.stateFolder, file));
  if (key.length !== LENGTH) {
    throw new SigningSecretError(`${file} holds ${key.length} bytes, not ${LENGTH}: restore or delete it.`);
  }
  return key;
}

/** Checksums under a key of their own for each purpose: none says anything about another's. */
export function createMac(secret: Uint8Array, purpose: string): Mac {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', purpose, LENGTH));
  return (text, length) => {
    if (!(length >= 1 && length <= MAC_CHARACTERS))
      throw new RangeError(`No checksum has ${length} characters.`);
    return createHmac('sha256', key).update(text).digest('base64url').slice(0, length);
  };
}

async function readKey(file: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Written and synced under another name, then linked: the file is whole from the moment it exists, and the first wins. */
async function makeKey(folder: string, file: string): Promise<Uint8Array> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeSynced(draft, randomBytes(LENGTH));
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft).catch(() => {});
  }
  await syncFolder(folder);
  return new Uint8Array(await readFile(file));
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
