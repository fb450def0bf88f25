import { describe, expect, it } from 'vitest';
import type { FileBlock, Reply } from '../../src/core/card.ts';
import { RECORD, sha256Of } from '../support/archive-event.ts';
import { lastCard, makeCommandBench } from '../support/command-bench.ts';
import { EPOCH } from '../support/fake-time.ts';
import { GROUP, makeRequest, makeVibe } from '../support/make-request.ts';
import { personOf } from '../support/no-keeping.ts';
import { recordArchive } from '../support/record-archive.ts';

const call = { command: 'export' } as const;

function fileOf(replies: readonly Reply[]): FileBlock {
  return lastCard(replies).blocks.find((block) => block.kind === 'file') as FileBlock;
}

describe('/export', () => {
  it('sends a file with all that is known of who asks, and nothing of anybody else', async () => {
    const { archive, here } = recordArchive();
    const words = { photo: 'P', heatmap: 'H', altText: 'A', source: 'openai' } as const;
    const asked: unknown[] = [];
    const records = {
      async about(...whose: unknown[]) {
        asked.push(...whose);
        return { words: [words], callsToday: 3 };
      },
      forget: async () => {},
    };
    const waiting = makeRequest(makeVibe({ images: ['waiting'] }), { address: { token: 'key to the chat' } });
    const inbox = { requestsOf: async (asker: string) => (asker === 'telegram:user:1001' ? [waiting] : []) };
    const { run, press, store } = makeCommandBench({ archive, records, inbox });
    here.push({ sha256: sha256Of('cat'), at: EPOCH, record: RECORD, waits: true });
    await store.setLanguage('telegram:user:1001', 'en');
    await run(makeVibe({ images: ['cat'], sender: '1001' }));
    await press({ kind: 'down-genre', result: 'result-0123456789', genre: 'rock' });
    const other = makeRequest(undefined, { asker: { id: '2002', locale: null } });
    await run(makeVibe({ images: ['theirs'] }), { request: other, resultId: 'result-of-another' });

    const file = fileOf(await run(call));
    expect(file).toMatchObject({ fileName: 'vibe-2030-01-01.json', mediaType: 'application/json' });
    const text = new TextDecoder().decode(file.bytes);
    expect(JSON.parse(text)).toMatchObject({
      exportedAt: '2030-01-01T00:00:00.000Z',
      you: personOf('telegram', '1001'),
      language: 'en',
      keepingPhotos: { keep: null },
      keptPhotos: [{ sha256: sha256Of('cat'), record: RECORD, waits: true }],
      results: [{ id: 'result-0123456789', pictures: [{ reference: 'cat' }] }],
      votes: [{ up: false, genre: 'rock' }],
      predictions: [{ id: 'result-0123456789', genre: 'jazz' }],
      wordsFromServices: [words],
      callsToServicesToday: 3,
      requestsInHand: [{ call: { images: ['waiting'] } }],
    });
    expect(asked).toEqual(['telegram:user:1001', ['ab'.repeat(32)]]);
    for (const hidden of ['theirs', 'result-of-another', '2002', 'key to the chat'])
      expect(text).not.toContain(hidden);
  });

  it('is for who asks alone', async () => {
    const { run } = makeCommandBench();
    const inGroup = makeRequest(call, { chat: GROUP });
    await expect(run(call, { request: inGroup })).rejects.toMatchObject({ code: 'not-alone' });
    expect(fileOf(await run(call, { request: { ...inGroup, aside: true } })).bytes.length).toBeGreaterThan(
      100,
    );
  });

  it('has a file for who is not known, too', async () => {
    const { run } = makeCommandBench();
    const known = JSON.parse(new TextDecoder().decode(fileOf(await run(call)).bytes)) as object;
    expect(known).toMatchObject({
      language: null,
      keepingPhotos: null,
      results: [],
      votes: [],
      keptPhotos: [],
    });
  });
});
