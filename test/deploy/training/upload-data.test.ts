import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { GENRES } from '../../../src/core/genre.ts';
import { BUCKET, openTrainingScene, type TrainingScene } from '../../support/training-scene.ts';

const START = 'deploy/training/upload-data.ts';
const HEADER = 'id\tsplit\tgenre\tconfidence\tsecond\tsource';
const IDS = Array.from({ length: 10 }, (_, index) => `made/${index}`);
const PICTURES = '10 pictures: classical 2, electronic 2, jazz 2, pop 2, rock 2';

let scene: TrainingScene;
let data: string;

/** Ten pictures, two a genre, of which one is to validate. */
beforeEach(async () => {
  scene = await openTrainingScene();
  data = join(scene.folder, 'data');
  const rows = IDS.map(
    (id, i) => `${id}\t${i < 5 ? 'train' : 'val'}\t${GENRES[i % 5]}\t${1 + (i % 3)}\t\tours`,
  );
  await put('labels.tsv', [HEADER, ...rows, ''].join('\n'));
  for (const id of IDS) await put(`images/${id}.jpg`, `picture ${id}`);
});

async function put(name: string, content: string): Promise<void> {
  await mkdir(dirname(join(data, name)), { recursive: true });
  await writeFile(join(data, name), content);
}

const upload = () => scene.run(START, ['--data', data, '--bucket', BUCKET]).ended;
const puts = () => scene.aws.calls.filter(({ method, status }) => method === 'PutObject' && status === 200);
const last = (stdout: string) => stdout.trimEnd().split('\n').at(-1);
const failed = (complaint: RegExp, code = 1) => ({
  code,
  stdout: expect.any(String),
  stderr: expect.stringMatching(complaint),
});

describe('npm run cloud:upload-data', () => {
  it('uploads the pictures, then the table, and says how far it is', async () => {
    const { code, stdout, stderr } = await upload();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const progress = Array.from({ length: 11 }, (_, i) => `${i + 1} of 11 files, ${i + 1} of them uploaded`);
    expect(stdout.trimEnd().split('\n')).toEqual([
      PICTURES,
      ...progress,
      '11 uploaded (0.0 MB), 0 unchanged, 0 removed',
    ]);
    const keys = [...scene.aws.objects.keys()];
    expect(keys).toEqual([...IDS.map((id) => `training/data/images/${id}.jpg`), 'training/data/labels.tsv']);
    expect(puts().at(-1)?.params['path']).toBe(`${BUCKET}/training/data/labels.tsv`);
    const picture = scene.aws.objects.get('training/data/images/made/3.jpg');
    expect(picture).toMatchObject({ contentType: 'image/jpeg', serverSideEncryption: 'AES256' });
    expect(picture?.bytes.toString()).toBe('picture made/3');
  });

  it('uploads only what has changed, and deletes what is no longer there, page by page', async () => {
    await upload();
    scene.aws.setBucket({ pageSize: 3 });
    scene.aws.put('training/data/images/old/1.jpg', Buffer.from('of somebody who is gone'));
    scene.aws.put('images/kept.jpg', Buffer.from('no training data'));
    const before = puts().length;
    expect(last((await upload()).stdout)).toBe('0 uploaded (0.0 MB), 11 unchanged, 1 removed');
    expect(puts()).toHaveLength(before);
    await put('images/made/3.jpg', 'Picture made/3'); // as long as before
    expect(last((await upload()).stdout)).toBe('1 uploaded (0.0 MB), 10 unchanged, 0 removed');
    expect(scene.aws.objects.has('training/data/images/old/1.jpg')).toBe(false);
    expect(scene.aws.objects.has('images/kept.jpg')).toBe(true);
    expect(scene.aws.objects.get('training/data/images/made/3.jpg')?.bytes.toString()).toBe('Picture made/3');
  });

  it('goes on where it was interrupted, and names no picture in the table before it is there', async () => {
    const isFifth = ({ params }: { params: Readonly<Record<string, unknown>> }) =>
      String(params['path']).endsWith('made/5.jpg');
    scene.aws.fail({
      kind: 'refuse',
      code: 'AccessDenied',
      status: 403,
      method: 'PutObject',
      where: isFifth,
    });
    expect(await upload()).toEqual(failed(/^AWS does not allow it \(AccessDenied\)\n$/));
    expect(scene.aws.objects.has('training/data/labels.tsv')).toBe(false);
    const done = scene.aws.objects.size;
    const { code, stdout } = await upload();
    expect(code).toBe(0);
    expect(last(stdout)).toBe(`${11 - done} uploaded (0.0 MB), ${done} unchanged, 0 removed`);
  });

  it('says so where something is not deleted', async () => {
    scene.aws.put('training/data/images/old/1.jpg', Buffer.from('old'));
    scene.aws.fail({ kind: 'refuse-object', code: 'AccessDenied', method: 'DeleteObjects' });
    expect(await upload()).toEqual(failed(/AWS does not allow it/));
  });

  const faults: readonly [string, string, RegExp][] = [
    ['a column', 'id\tsplit\n', /no column genre/],
    ['a genre', `${HEADER}\nmade/0\ttrain\tpolka\t1\t\t\n`, /line 2: genre "polka"/],
    ['a split', `${HEADER}\nmade/0\ttest\tjazz\t1\t\t\n`, /line 2: split "test"/],
    ['a confidence', `${HEADER}\nmade/0\ttrain\tjazz\t4\t\t\n`, /line 2: confidence "4"/],
    ['a second genre', `${HEADER}\nmade/0\ttrain\tjazz\t1\tska\t\n`, /line 2: second "ska"/],
    [
      'a path',
      `${HEADER}\n../made/0\ttrain\tjazz\t1\t\t\n`,
      /^line 2: id "\.\.\/made\/0"; no picture to train classical on;/,
    ],
    ['a hidden path', `${HEADER}\nmade/.0\ttrain\tjazz\t1\t\t\n`, /line 2: id "made\/\.0"/],
    ['a repeated id', `${HEADER}\nmade/0\t\tjazz\n${'made/0\t\tjazz\n'}`, /line 3: id "made\/0" once more/],
    ['a picture', `${HEADER}\nmade/77\ttrain\tjazz\t1\t\t\n`, /line 2: no picture images\/made\/77\.jpg/],
    ['no pictures of a genre', `${HEADER}\nmade/0\tval\trock\t1\t\t\n`, /no picture to train rock on/],
  ];
  it.each(faults)('refuses a data set for %s, before anything is uploaded', async (_, table, complaint) => {
    await put('labels.tsv', table);
    expect(await upload()).toEqual(failed(complaint));
    expect(scene.aws.calls).toEqual([]);
  });

  it('tells the first ten faults, and how many more there are', async () => {
    for (const id of IDS) await rm(join(data, 'images', `${id}.jpg`));
    await put('labels.tsv', [HEADER, ...IDS.map((id) => `${id}\t\tska`), ''].join('\n'));
    const { stderr } = await upload();
    expect(stderr.split('; ')).toHaveLength(11);
    expect(stderr).toMatch(/; and 15 more\n$/);
  });

  it('needs a table, a folder and a bucket', async () => {
    await rm(join(data, 'labels.tsv'));
    expect(await upload()).toEqual(failed(/^labels\.tsv in .* cannot be read\n$/));
    expect(await scene.run(START, ['--data', data]).ended).toEqual(failed(/^usage: /, 2));
    expect(await scene.run(START, ['--bucket', BUCKET]).ended).toEqual(failed(/^usage: /, 2));
  });
});
