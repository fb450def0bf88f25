import * as nodeModule from 'node:module';
import { isMainThread } from 'node:worker_threads';

// Plain JavaScript, so that an older Node can still run it and say what is missing.
var major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    'music-vibe-bot needs Node 24 or newer; this is ' +
      process.version +
      '.\n' +
      'On most machines "npm ci" brings it along; where it cannot, install it from https://nodejs.org\n',
  );
  process.exit(2);
}

// onnxruntime would make an id for this machine in the home folder, and tell Microsoft of its sessions.
if (process.env.ORT_DISABLE_TELEMETRY === undefined) process.env.ORT_DISABLE_TELEMETRY = '1';

// glibc gives every thread an arena of its own and leaves what was freed in it: 75 MB that nobody uses once photos are
// read. V8 lets the part of its heap for new objects grow under load, and keeps it: another 85 MB after 800 photos in the
// chats, for no photo more a second. Only a process's own start can say otherwise, so it starts over; its id, arguments
// and streams stay. A channel to the process that has forked it would not.
if (
  isMainThread &&
  process.platform === 'linux' &&
  process.env.MALLOC_ARENA_MAX === undefined &&
  process.send === undefined
) {
  const young = '--max-semi-space-size=8';
  const argv = [process.execPath, young, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(process.execPath, argv, { ...process.env, MALLOC_ARENA_MAX: '2' });
}

// Compiled code is kept in the system's temporary folder: types are stripped once, not at every start.
nodeModule.enableCompileCache();
