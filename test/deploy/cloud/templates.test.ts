import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeMachine } from './machine-cases.ts';
import { openTemplates, type Templates } from './open-templates.ts';
import { describeRights } from './rights-cases.ts';
import { describeStorage } from './storage-cases.ts';
import { describeVolume } from './volume-cases.ts';
import { describeWatching } from './watching-cases.ts';

const EXAMPLE = new URL('../../../deploy/cloud/context.example.json', import.meta.url);

type Name = 'plain' | 'full' | 'moved' | 'adopting';

let templates: Readonly<Record<Name, Templates>>;

beforeAll(async () => {
  templates = {
    plain: await openTemplates({}),
    full: await openTemplates({ ...JSON.parse(readFileSync(EXAMPLE, 'utf8')), reservedConcurrency: 5 }),
    moved: await openTemplates({ zone: 2, snapshot: 'snap-0123456789abcdef0' }),
    adopting: await openTemplates({ zone: 2, volume: 'vol-0123456789abcdef0' }),
  };
}, 120_000);

describeRights(() => templates);
describeStorage(() => templates);
describeMachine(() => templates);
describeWatching(() => templates);
describeVolume(() => templates);

describe('the example of a context', () => {
  it('reserves no runs, which a new account may not have', () => {
    expect(JSON.parse(readFileSync(EXAMPLE, 'utf8'))).toMatchObject({ reservedConcurrency: null });
  });
});
