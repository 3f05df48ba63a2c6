import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { attributesOf } from '../../../../functions/storage/attribute-values.ts';
import { tableClient } from '../../../../functions/storage/client.ts';
import { draftKey, headKey, metaKey } from '../../../../functions/storage/keys.ts';
import { readReturn } from '../../../../functions/storage/return-reads.ts';
import { directory } from '../../../../schemas/directory.ts';
import { scratchCatalogue } from '../../../integration/support/scratch-form.ts';

const aws = mockClient(DynamoDBDocumentClient);
afterAll(() => aws.restore());
beforeEach(() => aws.reset());

const context = {
  client: tableClient('http://127.0.0.1:1'),
  table: 't',
  forms: scratchCatalogue,
  now: () => new Date(0),
  randomId: () => 'id',
  wait: () => Promise.resolve(),
  random: () => 0.5,
};
const saitama = directory.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code: '111007', name: 'さいたま市', kind: 'city' }],
  councils: [],
});
const directories = { directoryOfRound: () => Promise.resolve(saitama) };
const key = { round: 'r6', form: 'scratch-form', unit: '111007' };
const definition = {
  name: '令和6年度',
  fiscalYear: 2024,
  referenceDate: '2024-09-30',
  period: { from: '2023-04', to: '2024-03' },
  forms: { 'scratch-form': 2024 },
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
};
const meta = { ...metaKey('r6'), seq: 1, definition: JSON.stringify(definition), directoryVersion: 1 };
const head = { ...headKey(key), standing: JSON.stringify({ state: 'draft', version: 0 }), seq: 2 };
const draft = {
  ...draftKey(key),
  sections: {},
  reasons: '{}',
  revisions: '{}',
  revision: 1,
  versions: 0,
  savedAt: '2024-10-15T03:00:00.000Z',
  savedBy: '市',
};

const answer = (...items: Readonly<Record<string, unknown>>[]) => ({ Responses: { t: items.map(attributesOf) } });

describe('reading a return', () => {
  it.each([
    ['a head without its draft', head],
    ['a draft without its head', draft],
  ])('reads again where the first save fell between its items: %s', async (_, half) => {
    aws
      .on(BatchGetItemCommand)
      .resolvesOnce(answer(meta, half))
      .resolvesOnce(answer({ ...meta, seq: 2 }, head, draft));
    expect(await readReturn(context, directories, key)).toMatchObject({
      value: { meta: { seq: 2 }, standing: { state: 'draft' }, draft: { revision: 1 } },
    });
  });

  it('takes one request otherwise', async () => {
    aws.on(BatchGetItemCommand).resolves(answer(meta));
    expect(await readReturn(context, directories, key)).toMatchObject({ value: { standing: { state: 'notStarted' } } });
    expect(aws.commandCalls(BatchGetItemCommand)).toHaveLength(1);
  });
});
