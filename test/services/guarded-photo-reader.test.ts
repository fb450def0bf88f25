import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/user-error.ts';
import { makeLook } from '../support/make-look.ts';
import { bytesOf, dieReading, openReadingDisk } from '../support/reading-disk.ts';
import { JAZZ } from '../support/reading-ports.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const { signal } = new AbortController();

describe('createGuardedPhotoReader', () => {
  it('reads pictures beside each other, and remembers nothing of what was read or refused', async () => {
    const { startProgram: start, rows } = openReadingDisk();
    const program = start();
    program.begin();
    const [a, b] = ['a', 'b'].map((name) => program.look(name));
    expect(await program.names()).toEqual(['a', 'b']);
    expect(rows()).toBe(2);
    program.letGo('a');
    program.fail('b', new UserError('unreadable', {}));
    await expect(a).resolves.toMatchObject({ genre: 'jazz' });
    await expect(b).rejects.toMatchObject({ code: 'unreadable' });
    expect(rows()).toBe(0);
  });

  it('holds no end of the program against a picture before its reader is ready', async () => {
    const { startProgram: start, rows } = openReadingDisk();
    const program = start();
    program.look('a');
    expect(await program.names()).toEqual([]);
    expect(rows()).toBe(0);
    program.begin();
    expect(await program.names()).toEqual(['a']);
  });

  it('reads alone, one after another, what was being read when the program ended', async () => {
    const disk = openReadingDisk();
    await dieReading(disk, 'a', 'b');
    const program = disk.startProgram();
    program.begin();
    program.look('c');
    expect(await program.names()).toEqual(['c']);
    for (const name of ['a', 'b', 'd']) program.look(name);
    expect(await program.names()).toEqual(['c']);
    program.letGo('c');
    expect(await program.names()).toEqual(['a']);
    program.letGo('a');
    expect(await program.names()).toEqual(['b']);
    program.look('e');
    expect(await program.names()).toEqual(['b']);
    program.fail('b', new Error('broken'));
    expect(await program.names()).toEqual(['d', 'e']);
    program.look('a');
    expect(await program.names()).toEqual(['d', 'e', 'a']); // it was read, and is like any other again
  });

  it('has newcomers wait for a suspect that comes while they wait for another one', async () => {
    const disk = openReadingDisk();
    await dieReading(disk, 'a', 'b');
    const program = disk.startProgram();
    program.begin();
    program.look('a');
    program.look('c');
    expect(await program.names()).toEqual(['a']);
    program.look('b');
    program.letGo('a');
    expect(await program.names()).toEqual(['b']);
    program.letGo('b');
    expect(await program.names()).toEqual(['c']);
  });

  it('calls a picture unreadable after five ends of the program in a row, and says so in the log', async () => {
    const disk = openReadingDisk();
    for (let ends = 0; ends < 5; ends += 1) await dieReading(disk, 'poison');
    const program = disk.startProgram();
    program.begin();
    await expect(program.look('poison')).rejects.toMatchObject({ code: 'unreadable' });
    expect(program.lines).toMatchObject([{ level: 'error', details: { deaths: 5 } }]);
    program.look('other');
    expect(await program.names()).toEqual(['other']);
  });

  it('reads it a fifth time', async () => {
    const disk = openReadingDisk();
    for (let ends = 0; ends < 4; ends += 1) await dieReading(disk, 'late');
    const program = disk.startProgram();
    program.begin();
    program.look('late');
    expect(await program.names()).toEqual(['late']);
  });

  it('reads a picture that many send at once, one after the other, as it reads any', async () => {
    const { startProgram: start, rows } = openReadingDisk();
    const program = start();
    program.begin();
    const looked: Promise<unknown>[] = [];
    for (let sent = 0; sent < 9; sent += 1) {
      looked.push(program.look('shared'));
      expect(await program.names()).toEqual(['shared']);
    }
    program.letGo('shared');
    await Promise.all(looked);
    expect(program.lines).toEqual([]);
    expect(rows()).toBe(0);
  });

  it('takes an end of the program while one picture was read many times for one', async () => {
    const disk = openReadingDisk();
    await dieReading(disk, ...Array.from({ length: 9 }, () => 'shared'));
    const program = disk.startProgram();
    program.begin();
    program.look('shared');
    expect(await program.names()).toEqual(['shared']);
  });

  it('answers at once who gives up while others are read', async () => {
    const disk = openReadingDisk();
    await dieReading(disk, 'a');
    const program = disk.startProgram();
    program.begin();
    program.look('b');
    const stop = new AbortController();
    const looked = program.look('a', stop.signal);
    expect(await program.names()).toEqual(['b']);
    stop.abort(new Error('stopped'));
    await expect(looked).rejects.toThrow('stopped');
    program.letGo('b');
    expect(await program.names()).toEqual([]);
    expect(disk.rows()).toBe(1); // of 'a', which was not read
    program.look('c');
    expect(await program.names()).toEqual(['c']);
  });

  it('guards whatever is made of a picture’s bytes', async () => {
    const disk = openReadingDisk();
    for (let ends = 0; ends < 5; ends += 1) await dieReading(disk, 'poison');
    const { guarded } = disk.startProgram();
    const poison = bytesOf('poison');
    const map = makeLook(JAZZ).maps.jazz;
    for (const read of [
      guarded.measure(poison, false, signal),
      guarded.draw(poison, map, false, signal),
      guarded.drawOverStrip(poison, [], 0, false, signal),
    ])
      await expect(read).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('reads all the same where nothing can be written down', async () => {
    const { startProgram: start, database } = openReadingDisk();
    database.connection.exec('DROP TABLE reading_trials');
    const program = start();
    program.begin();
    const looked = program.look('a');
    expect(await program.names()).toEqual(['a']);
    program.letGo('a');
    await expect(looked).resolves.toMatchObject({ genre: 'jazz' });
  });

  it('forgets a picture that was not read again for a day', async () => {
    const disk = openReadingDisk();
    await dieReading(disk, 'a');
    disk.clock.now += DAY_MS - 1;
    await disk.trials.purge();
    expect(disk.rows()).toBe(1);
    disk.clock.now += 1;
    await disk.trials.purge();
    expect(disk.rows()).toBe(0);
  });
});
