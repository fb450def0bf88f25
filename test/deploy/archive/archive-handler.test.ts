import { expect, it } from 'vitest';
import { MAX_IMAGE_BYTES } from '../../../src/services/archive-protocol.ts';
import { pseudonym, sha256Of } from '../../support/archive-event.ts';
import { jpegEvent, openArchiveScene, placesOf } from '../../support/aws/archive-scene.ts';

const CAT = jpegEvent('cat', 'ann');
const places = placesOf(CAT);
const stored = (created: boolean, { sha256 } = CAT) => ({ status: 'stored', sha256, created });

it('keeps a photo and its record, encrypted, and both rows', async () => {
  const { aws, archive } = await openArchiveScene();
  expect(await archive(CAT)).toEqual(stored(true));
  const { image, record, ...rows } = places;
  expect([...aws.objects.keys()]).toEqual([image, record]);
  expect(aws.objects.get(image)).toEqual({
    bytes: Buffer.from(CAT.image, 'base64'),
    contentType: 'image/jpeg',
    serverSideEncryption: 'AES256',
  });
  expect(aws.objects.get(record)).toMatchObject({
    contentType: 'application/json',
    serverSideEncryption: 'AES256',
  });
  const kept = JSON.parse(`${aws.objects.get(record)?.bytes}`);
  expect(kept).toEqual({ sha256: CAT.sha256, ...CAT.record });
  expect(await aws.rows()).toEqual([rows.ownerRow, rows.photoRow]);
});

it('writes the rows first, then looks for an erasure, then writes the image and the record', async () => {
  const { archive, made } = await openArchiveScene();
  await archive(CAT);
  expect(made().map(({ method }) => method)).toEqual([
    'dynamodb:UpdateItem',
    'dynamodb:PutItem',
    'dynamodb:GetItem',
    'PutObject',
    'PutObject',
    'dynamodb:UpdateItem',
  ]);
  const [begun, owned, looked, image, record] = made().map(({ params }) => params);
  expect(begun).toMatchObject({ Key: { pk: { S: `USER#${CAT.pseudonym}` } } });
  expect(owned).toMatchObject({ Item: { pk: { S: `HASH#${CAT.sha256}` } } });
  expect(looked).toMatchObject({ Key: { sk: { S: 'ERASING' } }, ConsistentRead: true });
  expect(image).toMatchObject({ path: `vibe-archive/${places.image}`, 'if-none-match': '*' });
  expect(record).toMatchObject({ path: `vibe-archive/${places.record}` });
  expect(record).not.toHaveProperty('if-none-match');
});

it('changes nothing when it comes again, but for the record', async () => {
  const { aws, archive } = await openArchiveScene();
  await archive(CAT);
  const before = await aws.rows();
  const vote = { up: false, genre: 'rock' } as const;
  expect(await archive({ ...CAT, record: { ...CAT.record, vote } })).toEqual(stored(false));
  expect(await aws.rows()).toEqual(before);
  expect(aws.versions(places.image)).toHaveLength(1);
  expect(JSON.parse(`${aws.objects.get(places.record)?.bytes}`).vote).toEqual(vote);
});

it('keeps one image, and a record for each person, of a photo that two have', async () => {
  const { aws, archive } = await openArchiveScene();
  const bens = { ...CAT, pseudonym: pseudonym('ben') };
  expect(await archive(CAT)).toEqual(stored(true));
  expect(await archive(bens)).toEqual(stored(false));
  expect([...aws.objects.keys()]).toEqual([places.image, places.record, placesOf(bens).record]);
  expect(await aws.rows()).toHaveLength(4);
});

it('takes a vote without the image for a photo that it knows, and for no other', async () => {
  const { aws, archive, erase, made } = await openArchiveScene();
  const vote = { ...CAT, image: null, record: { ...CAT.record, vote: { up: true, genre: null } } };
  const unknown = { status: 'refused', reason: 'unknown photo' };
  expect(await archive(vote)).toEqual(unknown);
  expect(await aws.rows()).toEqual([]);
  await archive(CAT);
  const after = aws.calls.length;
  expect(await archive(vote)).toEqual(stored(false));
  expect(made(after).filter(({ method }) => method === 'PutObject')).toHaveLength(1);
  expect(JSON.parse(`${aws.objects.get(places.record)?.bytes}`).vote).toEqual({ up: true, genre: null });
  expect(await archive({ ...vote, pseudonym: pseudonym('ben') })).toEqual(unknown);
  await erase('ann');
  expect(await archive(vote)).toEqual(unknown);
  expect([await aws.rows(), [...aws.objects.keys()]]).toEqual([[], []]);
});

it('takes an image of 1 MiB', async () => {
  const { aws, archive } = await openArchiveScene();
  const frame = Buffer.from(jpegEvent('', 'ann').image, 'base64').length;
  const big = jpegEvent('x'.repeat(MAX_IMAGE_BYTES - frame), 'ann');
  expect(await archive(big)).toEqual(stored(true, big));
  expect(aws.objects.get(placesOf(big).image)?.bytes).toHaveLength(MAX_IMAGE_BYTES);
});

const withImage = (...bytes: number[]) => ({
  ...CAT,
  image: Buffer.from(bytes).toString('base64'),
  sha256: sha256Of(Buffer.from(bytes)),
});
const withRecord = (change: object) => ({ ...CAT, record: { ...CAT.record, ...change } });

it.each([
  ['no object', 'planted', 'event: invalid_type'],
  ['another version', { ...CAT, version: 2 }, 'version: invalid_value'],
  ['a field too many', { ...CAT, planted: 1 }, 'event: unrecognized_keys'],
  ['a field too few', { ...CAT, record: undefined }, 'record: invalid_type'],
  ['a path for a pseudonym', { ...CAT, pseudonym: '../planted' }, 'pseudonym: invalid_format'],
  ['a short hash', { ...CAT, sha256: 'planted' }, 'sha256: invalid_format'],
  ['no base64', { ...CAT, image: 'planted!' }, 'image: invalid_format'],
  ['another hash', { ...CAT, sha256: sha256Of('planted') }, 'image: another sha256'],
  ['no bytes', withImage(), 'image: empty'],
  ['a PNG', withImage(0x89, 0x50, 0x4e, 0x47, 0xff, 0xd9), 'image: no JPEG'],
  ['a JPEG without its end', withImage(0xff, 0xd8, 0xff, 0xe0), 'image: no JPEG'],
  ['two bytes', withImage(0xff, 0xd9), 'image: no JPEG'],
  ['1 MiB and a byte', jpegEvent('x'.repeat(MAX_IMAGE_BYTES - 5), 'ann'), 'image: too_big'],
  ['an unknown genre', withRecord({ genre: 'planted' }), 'record.genre: invalid_value'],
  [
    'a score too high',
    withRecord({ scores: { ...CAT.record.scores, pop: 2 } }),
    'record.scores.pop: too_big',
  ],
  [
    'a score of nothing',
    withRecord({ scores: { ...CAT.record.scores, planted: 1 } }),
    'record.scores: unrecognized_keys',
  ],
  ['training with Discord', withRecord({ platform: 'discord' }), 'record.trainable: custom'],
])('refuses %s, and says no more than the field', async (_name, event, reason) => {
  const { aws, archive, made } = await openArchiveScene();
  expect(await archive(event)).toEqual({ status: 'refused', reason });
  expect(made()).toEqual([]);
  expect(aws.printed.join()).not.toContain('planted');
});

it('logs a line for each message, with nothing that tells whose photo it is, or which', async () => {
  const { aws, archive, erase } = await openArchiveScene();
  await archive(CAT);
  aws.fail({ method: 'PutObject', kind: 'refuse', code: 'AccessDenied', status: 403 });
  await archive(CAT);
  await erase('ann');
  expect(aws.printed.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'info', message: 'a message is answered', status: 'stored', bytes: 9 },
    { level: 'error', message: 'a photo is not kept', reason: 'AWS: AccessDenied (status 403)' },
    { level: 'info', message: 'an erasure is answered' },
  ]);
  for (const secret of [CAT.pseudonym, CAT.sha256, CAT.image, 'arn:']) {
    expect(aws.printed.join()).not.toContain(secret);
  }
});
