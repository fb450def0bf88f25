import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { packTar } from './pack-tar.ts';

export interface Source {
  /** A tar.gz of what runs in the container. */
  readonly archive: Buffer;
  /** Hex, of what is in it. */
  readonly hash: string;
  /** The names of the arguments that the files take, without their `--`. */
  readonly parameters: ReadonlySet<string>;
}

const TRAINING = new URL('../../models/training/', import.meta.url);
/** What the trained network says of them is compared, and becomes the goldens of the bot's own tests. */
const PHOTOS = new URL('../../test/fixtures/photos/', import.meta.url);

const IS_TEST = /^(test_|conftest)/;
const ARGUMENT = /add_argument\("--([\w-]+)"/g;

/** The files of models/training, with the packages that the container lacks as requirements.txt, and photos. */
export async function packSource(): Promise<Source> {
  const scripts = (await readdir(TRAINING)).filter((name) => name.endsWith('.py') && !IS_TEST.test(name));
  const photos = (await readdir(PHOTOS)).filter((name) => name.endsWith('.jpg'));
  const files = new Map<string, Buffer>();
  for (const name of scripts) files.set(name, await readFile(new URL(name, TRAINING)));
  for (const name of photos) files.set(`photos/${name}`, await readFile(new URL(name, PHOTOS)));
  files.set('requirements.txt', await readFile(new URL('requirements-sagemaker.txt', TRAINING)));
  const tar = packTar(files);
  return {
    archive: gzipSync(tar),
    hash: createHash('sha256').update(tar).digest('hex'),
    parameters: new Set(['train.py', 'sagemaker_entry.py'].flatMap((name) => parametersOf(files.get(name)))),
  };
}

function parametersOf(script: Buffer | undefined): readonly string[] {
  return [...(script?.toString() ?? '').matchAll(ARGUMENT)].map(([, name = '']) => name);
}
