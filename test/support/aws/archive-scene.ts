import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, onTestFinished } from 'vitest';
import type { KeptRecord } from '../../../src/core/kept-photo.ts';
import type { ArchiveEvent } from '../../../src/services/archive-protocol.ts';
import { archiveEvent, pseudonym, sha256Of } from '../archive-event.ts';
import type { Call } from '../local-server/call-log.ts';
import { CREDENTIALS, REGION } from './aws-account.ts';
import { type FakeAws, startFakeAws } from './fake-aws.ts';

export type JpegEvent = ArchiveEvent & { readonly image: string };

/** A local AWS, and who calls its functions; all go when the test does. */
export interface ArchiveScene {
  readonly aws: FakeAws;
  archive(event: unknown): Promise<unknown>;
  erase(whose: string): Promise<unknown>;
  /** Calls a function; gives what it answers, or, where it has thrown, an error with its words. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** The calls that the functions have made since there were `after` of them. */
  made(after?: number): readonly Call[];
  /** Fails where anything is there but what these have, or where that is not there whole. */
  expectOnly(events: readonly ArchiveEvent[]): Promise<void>;
}

export async function openArchiveScene(): Promise<ArchiveScene> {
  const aws = await startFakeAws();
  const client = new LambdaClient({
    endpoint: aws.settings['AWS_ENDPOINT_URL'] ?? '',
    region: REGION,
    credentials: CREDENTIALS,
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await aws.close();
  });
  const invoke = async (name: string, event: unknown) => {
    const invocation = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) });
    const { Payload, FunctionError } = await client.send(invocation);
    const answer: unknown = JSON.parse(Payload?.transformToString() ?? 'null');
    if (FunctionError) throw new Error(`${FunctionError}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    aws,
    invoke,
    archive: (event) => invoke('vibe-archive', event),
    erase: (whose) => invoke('vibe-erase', { version: 1, pseudonym: pseudonym(whose) }),
    made: (after = 0) => aws.calls.slice(after).filter(({ method }) => !method.startsWith('Invoke:')),
    async expectOnly(events) {
      const places = events.map(placesOf);
      const keys = new Set(places.flatMap(({ image, record }) => [image, record]));
      expect([...aws.objects.keys()]).toEqual([...keys].sort());
      const rows = places.flatMap(({ photoRow, ownerRow }) => [photoRow, ownerRow]);
      expect(await aws.rows()).toEqual(rows.sort());
    },
  };
}

/** As archiveEvent makes it, but what the archive takes for a JPEG. */
export function jpegEvent(photo: string, whose: string, record: Partial<KeptRecord> = {}): JpegEvent {
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(photo), END]);
  return {
    ...archiveEvent(photo, whose, record),
    sha256: sha256Of(jpeg),
    image: jpeg.toString('base64'),
  };
}

/** Where what belongs to it is kept. */
export function placesOf({ pseudonym: whose, sha256 }: ArchiveEvent) {
  return {
    image: `images/${sha256}.jpg`,
    record: `records/${whose}/${sha256}.json`,
    photoRow: `USER#${whose} / HASH#${sha256}`,
    ownerRow: `HASH#${sha256} / USER#${whose}`,
  };
}

const END = Buffer.from([0xff, 0xd9]);
