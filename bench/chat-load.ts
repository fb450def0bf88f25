import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { median } from './median.ts';
import { percentile } from './percentile.ts';
import { makePhotos } from './photos.ts';

/** Milliseconds from when the platform has the photo. */
export interface Answered {
  /** That an answer is on its way. */
  readonly sign: number;
  readonly first: number;
  readonly last: number;
}

export interface ChatLoad<Person> {
  /** For what the bench writes down. */
  readonly folder: string;
  /** The bot's process, whose memory is read. */
  readonly pid: number;
  person(): Person;
  /** Sends a photo and waits for the answer's last edit. */
  ask(person: Person, photo: Buffer): Promise<Answered>;
}

const CHATS = 20;
/** So many photos are timed; memory is read after the first 50 and after 500. */
const TIMED = 200;
const MEMORY_AFTER = [50, 500];
const PHOTOS_ALONE = 20;
/** Somebody else goes on then: a person may send 20 a minute. */
const PHOTOS_A_PERSON = 10;

/** A photo right after the start, then 20 chats at once, then one at a time; prints the times. */
export async function runChatLoad<Person>({ folder, pid, person, ask }: ChatLoad<Person>): Promise<void> {
  const paths = await makePhotos(folder, CHATS, 1280, 960);
  const photos = await Promise.all(paths.map((path) => readFile(path)));
  const cold = await ask(person(), photos[0] as Buffer);
  const answers: Answered[] = [];
  const memory: Record<string, number> = {};
  let asked = 0;
  async function chat(): Promise<void> {
    for (let sent = 0, who = person(); asked < Math.max(...MEMORY_AFTER); sent++) {
      if (sent % PHOTOS_A_PERSON === 0) who = person();
      const photo = photos[asked++ % photos.length] as Buffer;
      answers.push(await ask(who, photo));
      if (MEMORY_AFTER.includes(answers.length)) memory[`after ${answers.length}`] = residentMiB(pid);
    }
  }
  const began = performance.now();
  await Promise.all(Array.from({ length: CHATS }, chat));
  const perSecond = answers.length / ((performance.now() - began) / 1000);
  const alone: Answered[] = [];
  for (let sent = 0; sent < PHOTOS_ALONE; sent++) {
    alone.push(await ask(person(), photos[sent % photos.length] as Buffer));
  }
  print(answers.slice(0, TIMED), alone, cold);
  console.log(`${perSecond.toFixed(1)} photos/s; resident MiB ${JSON.stringify(memory)}`);
}

function print(timed: readonly Answered[], alone: readonly Answered[], cold: Answered): void {
  const row = (key: keyof Answered) => {
    const values = timed.map((each) => each[key]);
    return {
      p50: Math.round(median(values)),
      p95: Math.round(percentile(values, 0.95)),
      p99: Math.round(percentile(values, 0.99)),
    };
  };
  console.log(`${timed.length} photos of 1280 × 960, ${CHATS} chats at once; milliseconds from the photo to`);
  console.table({
    'the sign of work': row('sign'),
    'the first result': row('first'),
    'the last edit': row('last'),
  });
  const middle = (key: keyof Answered) => Math.round(median(alone.map((each) => each[key])));
  console.log(`one at a time, median of ${PHOTOS_ALONE}: ${middle('first')} and ${middle('last')} ms`);
  console.log(`right after the start: ${Math.round(cold.first)} and ${Math.round(cold.last)} ms`);
}

function residentMiB(pid: number): number {
  const [, kib] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s*(\d+) kB$/m) ?? [];
  return Math.round(Number(kib) / 1024);
}
