import { expect, it } from 'vitest';
import {
  ARCHIVE_LIMIT_MS,
  ARCHIVE_TIMEOUT_SECONDS,
  createArchiveHandler,
} from '../../../deploy/archive/archive-handler.ts';
import {
  createEraseHandler,
  ERASE_LIMITS,
  ERASE_TIMEOUT_SECONDS,
} from '../../../deploy/archive/erase-handler.ts';
import { openClients } from '../../../deploy/archive/open-clients.ts';
import { type ArchiveScene, jpegEvent, openArchiveScene, placesOf } from '../../support/aws/archive-scene.ts';
import { CREDENTIALS, REGION } from '../../support/aws/aws-account.ts';
import { recordLog } from '../../support/record-telemetry.ts';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const CAT = jpegEvent('cat', 'ann');
const STORED = { status: 'stored', sha256: CAT.sha256, created: true };

/** The functions with a shorter limit, unless told, and a clock of their own. */
function hasty({ aws }: ArchiveScene, { limitMs = 300, beginMs = 300, now = Date.now }) {
  const clients = openClients(aws.functionSettings, now, { region: REGION, credentials: CREDENTIALS });
  const options = { ...clients, log: recordLog().log, limitMs, beginMs };
  return { archive: createArchiveHandler(options), erase: createEraseHandler(options) };
}

it('has more time than its runs take', () => {
  expect(ARCHIVE_LIMIT_MS).toBeLessThan(ARCHIVE_TIMEOUT_SECONDS * 1000);
  expect(ERASE_LIMITS.limitMs).toBeLessThan(ERASE_TIMEOUT_SECONDS * 1000);
});

it.each(['dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:GetItem', 'PutObject'])(
  'makes good what goes wrong once: %s',
  async (method) => {
    const { aws, archive } = await openArchiveScene();
    aws.fail({ method, kind: 'drop' });
    expect(await archive(CAT)).toEqual(STORED);
    expect(await aws.rows()).toHaveLength(2);
  },
);

it.each([
  ['PutObject', 'SlowDown', 503],
  ['PutObject', 'NoSuchBucket', 404],
  ['dynamodb:PutItem', 'ThrottlingException', 400],
  ['dynamodb:GetItem', 'ResourceNotFoundException', 400],
  ['dynamodb:UpdateItem', 'InternalServerError', 500],
] as const)('answers retry when AWS does not do it: %s %s', async (method, code, status) => {
  const { aws, archive } = await openArchiveScene();
  const fault = aws.fail({ method, kind: 'refuse', code, status, ...ALWAYS });
  expect(await archive(CAT)).toEqual({ status: 'retry', reason: `AWS: ${code} (status ${status})` });
  fault.release();
  expect(await archive(CAT)).toMatchObject({ status: 'stored' });
});

it('answers retry when AWS hangs up each time', async () => {
  const { aws, archive } = await openArchiveScene();
  aws.fail({ method: 'PutObject', kind: 'drop', ...ALWAYS });
  expect(await archive(CAT)).toEqual({ status: 'retry', reason: 'AWS: ECONNRESET' });
});

it('answers retry when somebody deletes the image just now', async () => {
  const { aws, archive } = await openArchiveScene();
  aws.fail({ method: 'PutObject', kind: 'refuse', code: 'ConditionalRequestConflict', status: 409 });
  expect(await archive(CAT)).toEqual({ status: 'retry', reason: 'the image is being erased' });
  expect(aws.objects.size).toBe(0);
});

it.each(['stall', 'stall-body'] as const)('gives up what never ends: %s', async (kind) => {
  const scene = await openArchiveScene();
  const { archive, erase } = hasty(scene, {});
  const late = { status: 'retry', reason: 'no answer from AWS in time' };
  for (const method of ['dynamodb:UpdateItem', 'dynamodb:Query']) {
    scene.aws.fail({ method, kind, ...ALWAYS });
  }
  expect(await archive(CAT)).toEqual(late);
  expect(await erase({ version: 1, pseudonym: CAT.pseudonym })).toEqual(late);
});

it('calls nobody once its time is up', async () => {
  const scene = await openArchiveScene();
  const { aws, archive, made } = scene;
  await archive(CAT); // the first call of all takes its time
  const after = aws.calls.length;
  const fault = aws.fail({ method: 'dynamodb:PutItem', kind: 'stall' });
  expect(await hasty(scene, { limitMs: 1500 }).archive(CAT)).toMatchObject({ status: 'retry' });
  await aws.waitForCall(({ method, status }) => method === 'dynamodb:PutItem' && status === 0, { after });
  fault.release();
  expect(await scene.erase('ben')).toMatchObject({ status: 'erased' });
  expect(made(after).map(({ method }) => method)).toEqual([
    'dynamodb:UpdateItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
  ]);
});

it('begins no photo late, and keeps what it has erased', async () => {
  const scene = await openArchiveScene();
  const { aws, archive } = scene;
  for (let photo = 0; photo < 20; photo += 1) await archive(jpegEvent(`photo ${photo}`, 'ann'));
  const { erase } = hasty(scene, { limitMs: 30_000, beginMs: 1500 });
  const held = aws.fail({ method: 'ListObjectVersions', kind: 'stall', times: 16 });
  const erasing = erase({ version: 1, pseudonym: CAT.pseudonym });
  // of two clocks in one process the one that started earlier, and is shorter, ends earlier
  setTimeout(() => held.release(), 2000);
  expect(await erasing).toEqual({ status: 'retry', reason: 'the time is up' });
  expect(await aws.rows()).toHaveLength(8);
  expect(await scene.erase('ann')).toEqual({ status: 'erased', records: 4, images: 4 });
});

it('answers retry, and finds it again, when S3 leaves a version where it was', async () => {
  const { aws, archive, erase } = await openArchiveScene();
  await archive(CAT);
  aws.fail({ method: 'DeleteObjects', kind: 'refuse-object', code: 'InternalError' });
  expect(await erase('ann')).toEqual({ status: 'retry', reason: 'AWS: InternalError' });
  expect(aws.versions(placesOf(CAT).record)).toHaveLength(1);
  expect(await erase('ann')).toEqual({ status: 'erased', records: 1, images: 1 });
});

it('erases the other photos when one cannot be', async () => {
  const { aws, archive, erase } = await openArchiveScene();
  await archive(CAT);
  await archive(jpegEvent('dog', 'ann'));
  const where = ({ params }: { readonly params: object }) => JSON.stringify(params).includes(CAT.sha256);
  const fault = aws.fail({
    method: 'ListObjectVersions',
    kind: 'refuse',
    code: 'AccessDenied',
    status: 403,
    where,
    ...ALWAYS,
  });
  expect(await erase('ann')).toEqual({ status: 'retry', reason: 'AWS: AccessDenied (status 403)' });
  const { image, record, photoRow, ownerRow } = placesOf(CAT);
  expect([...aws.objects.keys()]).toEqual([image, record]);
  expect(await aws.rows()).toEqual([ownerRow, photoRow]);
  fault.release();
  expect(await erase('ann')).toEqual({ status: 'erased', records: 1, images: 1 });
});

it('throws where it is not AWS that is at fault', async () => {
  expect(() => openClients({}, Date.now, {})).toThrow('ARCHIVE_BUCKET is not set');
  expect(() => openClients({ ARCHIVE_BUCKET: 'b' }, Date.now, {})).toThrow('ARCHIVE_TABLE is not set');
});

it('throws what is a fault of its own', async () => {
  const scene = await openArchiveScene();
  await scene.archive(CAT);
  const now = () => {
    throw new TypeError('no clock');
  };
  const { archive, erase } = hasty(scene, { limitMs: 30_000, beginMs: 30_000, now });
  await expect(archive(CAT)).rejects.toThrow('no clock');
  await expect(erase({ version: 1, pseudonym: CAT.pseudonym })).rejects.toThrow('no clock');
});
