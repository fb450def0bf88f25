import { expect, it } from 'vitest';
import { pseudonym } from '../../support/archive-event.ts';
import { jpegEvent, openArchiveScene, placesOf } from '../../support/aws/archive-scene.ts';

const CAT = jpegEvent('cat', 'ann');
const DOG = jpegEvent('dog', 'ann');
const BENS_CAT = { ...CAT, pseudonym: pseudonym('ben') };
const erased = (records: number, images: number) => ({ status: 'erased', records, images });

it('leaves nothing of a person, and all of everybody else', async () => {
  const { aws, archive, erase } = await openArchiveScene();
  for (const event of [CAT, DOG, BENS_CAT]) await archive(event);
  expect(await erase('ann')).toEqual(erased(2, 1));
  const { image, record, photoRow, ownerRow } = placesOf(BENS_CAT);
  expect([...aws.objects.keys()]).toEqual([image, record]);
  expect(await aws.rows()).toEqual([ownerRow, photoRow]);
  expect(await erase('ben')).toEqual(erased(1, 1));
  expect([await aws.rows(), [...aws.objects.keys()]]).toEqual([[], []]);
});

it('says that a person is erased of whom there is nothing', async () => {
  const { erase } = await openArchiveScene();
  expect(await erase('ann')).toEqual(erased(0, 0));
});

it('does nothing the second time', async () => {
  const { archive, erase } = await openArchiveScene();
  await archive(CAT);
  await erase('ann');
  expect(await erase('ann')).toEqual(erased(0, 0));
});

it('finds what archiving has only begun', async () => {
  const { aws, archive, erase } = await openArchiveScene();
  aws.fail({ method: 'PutObject', kind: 'refuse', code: 'AccessDenied', status: 403 });
  await archive(CAT);
  aws.advance(20_000);
  expect(await erase('ann')).toEqual(erased(0, 0));
  expect(await aws.rows()).toEqual([]);
});

it('deletes every version, and every mark of a deletion, page by page', async () => {
  const { aws, archive, erase, made } = await openArchiveScene();
  for (let times = 0; times < 5; times += 1) await archive(CAT);
  const { image, record } = placesOf(CAT);
  expect(aws.versions(record)).toHaveLength(5);
  aws.setBucket({ pageSize: 2 });
  const after = aws.calls.length;
  expect(await erase('ann')).toEqual(erased(1, 1));
  expect([aws.versions(record), aws.versions(image)]).toEqual([[], []]);
  const { length } = made(after).filter(({ method }) => method === 'ListObjectVersions');
  expect(length).toBe(4);
});

it('deletes what is only marked as deleted', async () => {
  const { aws, archive, erase } = await openArchiveScene();
  await archive(CAT);
  const { image, record } = placesOf(CAT);
  for (const key of [image, record]) aws.markDeleted(key);
  expect([...aws.objects.keys()]).toEqual([]);
  await erase('ann');
  expect([aws.versions(record), aws.versions(image)]).toEqual([[], []]);
});

it('deletes in a bucket without versions', async () => {
  const { aws, archive, erase } = await openArchiveScene();
  aws.setBucket({ isVersioned: false });
  await archive(CAT);
  await archive(CAT);
  expect(await erase('ann')).toEqual(erased(1, 1));
  expect([...aws.objects.keys()]).toEqual([]);
});

it('leaves a key alone, and does not count it, that only begins like its own', async () => {
  const { aws, archive, erase } = await openArchiveScene();
  aws.fail({ method: 'PutObject', kind: 'refuse', code: 'AccessDenied', status: 403 });
  await archive(CAT);
  aws.advance(20_000);
  const longer = `${placesOf(CAT).image}.bak`;
  aws.put(longer, Buffer.from('not ours'));
  expect(await erase('ann')).toEqual(erased(0, 0));
  expect([...aws.objects.keys()]).toEqual([longer]);
});

it('reads what is there, and not what was', async () => {
  const { archive, erase, made } = await openArchiveScene();
  await archive(CAT);
  await erase('ann');
  const queries = made().filter(({ method }) => method === 'dynamodb:Query');
  expect(queries).toHaveLength(3);
  for (const { params } of queries) expect(params).toMatchObject({ ConsistentRead: true });
});

it('erases a person with more photos than are found at once, some at a time', async () => {
  const { aws, archive, erase, made } = await openArchiveScene();
  for (let photo = 0; photo < 35; photo += 1) await archive(jpegEvent(`photo ${photo}`, 'ann'));
  await archive(BENS_CAT);
  const after = aws.calls.length;
  expect(await erase('ann')).toEqual(erased(35, 35));
  const pages = made(after).filter(
    ({ method, params }) => method === 'dynamodb:Query' && JSON.stringify(params).includes('"HASH#"'),
  );
  expect(pages).toHaveLength(3);
  expect(await aws.rows()).toHaveLength(2);
  expect(aws.objects.size).toBe(2);
});

it.each([
  ['no pseudonym', { version: 1 }, 'pseudonym: invalid_type'],
  ['a path', { version: 1, pseudonym: '../planted' }, 'pseudonym: invalid_format'],
  ['a field too many', { version: 1, pseudonym: CAT.pseudonym, planted: 1 }, 'event: unrecognized_keys'],
])('refuses %s', async (_name, event, reason) => {
  const { invoke, made } = await openArchiveScene();
  expect(await invoke('vibe-erase', event)).toEqual({ status: 'refused', reason });
  expect(made()).toEqual([]);
});
