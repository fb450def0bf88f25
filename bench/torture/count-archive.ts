import { isDeepStrictEqual } from 'node:util';
import type { KeptRecord } from '../../src/core/kept-photo.ts';
import type { FakeAws } from '../../test/support/aws/fake-aws.ts';
import { isAnswered } from './count-answers.ts';
import type { KeptCopy } from './kept-copies.ts';
import type { SentPhotos, Story } from './story.ts';

export interface CountArchiveOptions {
  readonly stories: readonly Story[];
  /** By the picture's number. */
  readonly copies: readonly KeptCopy[];
  readonly aws: FakeAws;
  pseudonymOf(story: Story): string;
}

/** What is in the archive, and what should be. */
export interface ArchiveFigures {
  /** Photos of people who had said yes, and did not ask to be forgotten; of these and their people, how many are there. */
  readonly owed: number;
  readonly kept: number;
  readonly images: number;
  readonly records: number;
  readonly votes: number;
  /** What the function says that it has deleted of people who asked to be forgotten. */
  readonly erased: { readonly records: number; readonly images: number };
  /** What is not there, or not as it should be. */
  readonly missing: readonly string[];
  /** What should not be there. */
  readonly left: readonly string[];
}

interface Place {
  readonly image: string;
  readonly record: string;
  readonly rows: readonly string[];
}

export async function countArchive(options: CountArchiveOptions): Promise<ArchiveFigures> {
  const { stories, aws } = options;
  const keeping = stories.filter(({ plan }) => plan.will === 'yes' && plan.forgets === 'never');
  const owed = keeping.flatMap((story) =>
    story.sent.filter((one) => one.choice === 'yes' && isAnswered(one)).map((one) => ({ story, one })),
  );
  const rows = new Set(await aws.rows());
  const problems = owed.flatMap(({ story, one }) =>
    one.pictures.map((picture) => problemWith(picture, one, story, rows, options)),
  );
  const allowed = keeping.flatMap((story) =>
    story.sent.flatMap(({ pictures }) => pictures.map((picture) => placeOf(picture, story, options))),
  );
  const missing = problems.filter((problem) => problem !== null);
  return {
    owed: problems.length,
    kept: problems.length - missing.length,
    images: keysUnder('images/', aws).length,
    records: keysUnder('records/', aws).length,
    votes: owed.filter(({ one }) => one.vote !== null).length,
    erased: erasedBy(aws.printed),
    missing,
    left: leftOver(allowed, rows, aws),
  };
}

function placeOf(
  picture: number,
  story: Story,
  { copies, pseudonymOf }: Pick<CountArchiveOptions, 'copies' | 'pseudonymOf'>,
): Place {
  const sha256 = copies[picture]?.sha256 ?? '';
  const pseudonym = pseudonymOf(story);
  const hash = `HASH#${sha256}`;
  const user = `USER#${pseudonym}`;
  return {
    image: `images/${sha256}.jpg`,
    record: `records/${pseudonym}/${sha256}.json`,
    rows: [`${user} / ${hash}`, `${hash} / ${user}`],
  };
}

/** null: it is there, once, and as it should be. */
function problemWith(
  picture: number,
  { vote }: SentPhotos,
  story: Story,
  rows: ReadonlySet<string>,
  options: CountArchiveOptions,
): string | null {
  const { aws, copies } = options;
  const { image, record, rows: expected } = placeOf(picture, story, options);
  const versions = aws.versions(image);
  const about = (problem: string) =>
    `${story.person.platform} ${story.person.id}, picture ${picture}: ${problem}`;
  if (versions.length !== 1) return about(`${versions.length} versions of the image`);
  const bytes = aws.objects.get(image)?.bytes;
  if (!bytes?.equals(copies[picture]?.bytes ?? Buffer.alloc(0))) return about('other bytes');
  const json = aws.objects.get(record)?.bytes;
  if (!json) return about('no record');
  const wrong = wrongIn(JSON.parse(json.toString()), vote, story);
  if (wrong) return about(wrong);
  return expected.every((row) => rows.has(row)) ? null : about('a row is missing');
}

function wrongIn(record: KeptRecord, vote: SentPhotos['vote'], { person }: Story): string | null {
  const expected = vote && { up: vote.up, genre: null };
  if (record.platform !== person.platform) return `a record of ${record.platform}`;
  if (record.consent.basis !== 'person') return `kept on the word of the ${record.consent.basis}`;
  if (record.trainable !== (person.platform === 'telegram')) return `trainable: ${record.trainable}`;
  if (!isDeepStrictEqual(record.vote, expected))
    return `vote ${JSON.stringify(record.vote)}, not ${JSON.stringify(expected)}`;
  return null;
}

function erasedBy(printed: readonly string[]): ArchiveFigures['erased'] {
  const answered = printed
    .map((line) => JSON.parse(line))
    .filter(({ message }) => message === 'an erasure is answered');
  const total = (of: 'records' | 'images') => answered.reduce((sum, each) => sum + Number(each[of]), 0);
  return { records: total('records'), images: total('images') };
}

/** Objects, versions of them and marks of their deletion, and rows that belong to nobody who has said yes and stayed. */
function leftOver(allowed: readonly Place[], rows: ReadonlySet<string>, aws: FakeAws): string[] {
  const keys = new Set(allowed.flatMap(({ image, record }) => [image, record]));
  const allowedRows = new Set(allowed.flatMap((place) => place.rows));
  return [
    ...keysUnder('', aws).filter((key) => !keys.has(key)),
    ...[...rows].filter((row) => !allowedRows.has(row)),
  ];
}

/** Keys that have any version: of all that were ever written. */
function keysUnder(prefix: string, aws: FakeAws): string[] {
  const written = aws.calls.filter(({ method }) => method === 'PutObject');
  const keys = new Set(written.map(({ params }) => String(params['path']).replace(/^[^/]+\//, '')));
  return [...keys].filter((key) => key.startsWith(prefix) && aws.versions(key).length > 0);
}
