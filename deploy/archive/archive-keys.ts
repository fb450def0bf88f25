import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** Somebody's photo. */
export interface Photo {
  readonly pseudonym: string;
  /** Of its bytes, hex. */
  readonly sha256: string;
}

type Row = Record<'pk' | 'sk', AttributeValue>;

/** The image's object: one, whoever has it. */
export function imageKey(sha256: string): string {
  return `images/${sha256}.jpg`;
}

/** The object of what is known of one person's photo. */
export function recordKey({ pseudonym, sha256 }: Photo): string {
  return `records/${pseudonym}/${sha256}.json`;
}

/** That the person has the photo: what erasing goes by. */
export function photoRow({ pseudonym, sha256 }: Photo): Row {
  return row(personOf(pseudonym), `HASH#${sha256}`);
}

/** That the photo has this owner: an image with one stays. */
export function ownerRow({ pseudonym, sha256 }: Photo): Row {
  return row(hashOf(sha256), `USER#${pseudonym}`);
}

/** That somebody may be erasing the image: nobody else does, and nobody archives it. */
export function leaseRow(sha256: string): Row {
  return row(hashOf(sha256), 'ERASING');
}

export function personOf(pseudonym: string): string {
  return `USER#${pseudonym}`;
}

export function hashOf(sha256: string): string {
  return `HASH#${sha256}`;
}

function row(pk: string, sk: string): Row {
  return { pk: { S: pk }, sk: { S: sk } };
}
