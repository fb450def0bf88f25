import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Bundle {
  readonly file: string;
  readonly bytes: number;
}

/** Each becomes one file, whose `handler` AWS calls. */
const FUNCTIONS = [import.meta.resolve('./archive-lambda.ts'), import.meta.resolve('./erase-lambda.ts')];

/** For libraries that are no modules. */
const REQUIRE = "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);";

/** Writes the functions, with all they need, into the folder; it is made where there is none. */
export async function bundleFunctions(folder: string): Promise<readonly Bundle[]> {
  const { metafile } = await build({
    entryPoints: FUNCTIONS.map((url) => fileURLToPath(url)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    metafile: true,
    logLevel: 'error',
  });
  return Object.entries(metafile.outputs).map(([path, { bytes }]) => ({
    file: join(folder, basename(path)),
    bytes,
  }));
}
