import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMac, loadSigningSecret, SigningSecretError } from '../../src/services/signing-keys.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signing-'));
});
afterEach(() => rm(folder, { recursive: true }));

const load = (stateFolder = folder) => loadSigningSecret({ secret: null, stateFolder });

it('takes the one from the settings, and then makes no file', async () => {
  const secret = await loadSigningSecret({ secret: 'sésame', stateFolder: folder });
  expect(Buffer.from(secret).toString()).toBe('sésame');
  expect(await readdir(folder)).toEqual([]);
  await expect(loadSigningSecret({ secret: '', stateFolder: folder })).rejects.toThrow(SigningSecretError);
});

it('makes 32 bytes once, for the owner only, and leaves nothing else', async () => {
  const stateFolder = join(folder, 'new', 'state');
  const first = await load(stateFolder);
  expect(first).toHaveLength(32);
  expect(await load(stateFolder)).toEqual(first);
  expect(await readdir(stateFolder)).toEqual(['signing.key']);
  expect(new Uint8Array(await readFile(join(stateFolder, 'signing.key')))).toEqual(first);
  expect((await stat(join(stateFolder, 'signing.key'))).mode & 0o777).toBe(0o600);
});

it('is the same for all who start at once, in one process or several', async () => {
  const url = new URL('../../src/services/signing-keys.ts', import.meta.url).href;
  const script = `
    import { loadSigningSecret } from ${JSON.stringify(url)};
    const secret = await loadSigningSecret({ secret: null, stateFolder: ${JSON.stringify(folder)} });
    console.log(Buffer.from(secret).toString('hex'));`;
  const elsewhere = Array.from({ length: 3 }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    return stdout.trim();
  });
  const here = Array.from({ length: 8 }, async () => Buffer.from(await load()).toString('hex'));
  const keys = await Promise.all([...elsewhere, ...here]);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(await readdir(folder)).toEqual(['signing.key']);
});

it.each([0, 31, 33])('refuses a file of %d bytes and leaves it alone', async (length) => {
  await writeFile(join(folder, 'signing.key'), Buffer.alloc(length));
  await expect(load()).rejects.toThrow(SigningSecretError);
  await expect(load()).rejects.toThrow(`signing.key holds ${length} bytes`);
  expect((await stat(join(folder, 'signing.key'))).size).toBe(length);
});

it('says so when the folder cannot be one', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(load(join(folder, 'file', 'state'))).rejects.toThrow('ENOTDIR');
});

it('makes checksums that depend on secret, purpose and text', () => {
  const secret = new Uint8Array(32).fill(7);
  const buttons = createMac(secret, 'buttons');
  // HKDF-SHA256 (RFC 5869) without salt, then HMAC-SHA256; computed with Python's hmac module
  expect(buttons('w.abc', 43)).toBe('SI4zZ8tUwg2p7kR-BtVcoKCfhpL56KPH_YZ9q3EuG3I');
  expect(buttons('w.abc', 10)).toBe(buttons('w.abc', 43).slice(0, 10));
  const others = [
    createMac(secret, 'users')('w.abc', 10),
    createMac(new Uint8Array(32).fill(8), 'buttons')('w.abc', 10),
    buttons('w.abd', 10),
  ];
  expect(new Set([buttons('w.abc', 10), ...others]).size).toBe(4);
  expect(() => buttons('w.abc', 44)).toThrow(RangeError);
  expect(() => buttons('w.abc', 0)).toThrow(RangeError);
});
