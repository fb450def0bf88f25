import * as nodeModule from 'node:module';

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

// Compiled code is kept in the system's temporary folder: types are stripped once, not at every start.
nodeModule.enableCompileCache();
