/** Rounds that are being prepared (公開前), opened to municipalities, and removed while nobody has answered. */

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDisposalSteps } from '../../../functions/storage/disposal-steps.ts';
import { startEmulators } from '../support/emulators.ts';
import {
  codeOf,
  complete,
  createRound,
  definition,
  returnOf,
  round,
  saveFirst,
  submitFirst,
  succeed,
  unitsOfSaitama,
} from '../support/storage.ts';
import type { TestTable } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let table: TestTable;

beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());
beforeEach(async () => {
  table = await createRound(emulators.dynamodbEndpoint);
});

const draft = { ...definition, draft: true } as const;
const opening = '2024-10-01T00:00:00+09:00';
const justBefore = '2024-09-30T23:59:59+09:00';

function save() {
  return table.store.saveDraft(returnOf(), { kind: 'return' }, { answers: complete }, { ifNoneMatch: '*' }, '市');
}

async function entries(): Promise<unknown[]> {
  const { entries: log } = succeed(await table.store.log(round, { limit: 100 }));
  return log.map((entry) => (entry.what === 'roundDefined' ? [entry.draft, entry.opened] : entry.what));
}

describe('a draft of a round', () => {
  it('takes no answer, whatever the hour, until it is opened', async () => {
    succeed(await table.store.defineRound(round, draft, '県'));
    expect(await table.store.round(round)).toMatchObject({ name: definition.name, draft: true });
    for (const instant of [justBefore, opening, '2024-11-30T00:00:00+09:00']) {
      table.setClock(instant);
      expect(codeOf(await save())).toBe('not-open');
    }
    table.setClock(justBefore);
    succeed(await table.store.defineRound(round, definition, '県'));
    expect(await table.store.round(round)).not.toHaveProperty('draft');
    succeed(await save());
    expect(codeOf(await table.store.submit(returnOf(), { actor: '市', body: '' }))).toBe('not-open');
    table.setClock(opening);
    succeed(await table.store.submit(returnOf(), { actor: '市', body: '' }));
    expect(await entries()).toEqual([
      [undefined, undefined],
      [true, undefined],
      [undefined, true],
      'started',
      'submitted',
    ]);
  });

  it('is what a round becomes again only while nobody has answered', async () => {
    await saveFirst(table, returnOf());
    const hidden = await table.store.defineRound(round, draft, '県');
    expect(hidden).toMatchObject({ problem: { code: 'round-in-use', errors: [{ path: 'draft' }] } });
  });

  it('and the first save cannot both come through', async () => {
    const [hidden, saved] = await Promise.all([table.store.defineRound(round, draft, '県'), save()]);
    expect([codeOf(hidden), codeOf(saved)].toSorted()).toEqual(hidden.ok ? ['not-open', 'ok'] : ['ok', 'round-in-use']);
  });

  it('is kept beside the definition, which earlier releases read strictly; what they wrote is no draft', async () => {
    succeed(await table.store.defineRound(round, draft, '県'));
    const meta = (await table.contents()).get(`ROUND#${round} META`);
    expect([JSON.parse(String(meta?.['definition'])), meta?.['draft']]).toEqual([definition, true]);
    const { draft: _draft, ...older } = meta ?? {};
    const { client, table: name } = table.context;
    await client.send(new PutCommand({ TableName: name, Item: older }));
    expect(await table.store.round(round)).toEqual({ ...definition, id: round, directoryVersion: 1 });
    succeed(await save());
  });
});

describe('a round that nobody has answered', () => {
  const steps = () => createDisposalSteps(table.context);

  it('is removed, and leaves the record of who did it', async () => {
    succeed(await table.store.saveRoundTexts(round, { request: '依頼' }, { ifNoneMatch: '*' }, '県'));
    const record = succeed(await table.store.removeUnanswered(round, '県一'));
    expect(record).toMatchObject({ round, name: definition.name, removedBy: '県一' });
    expect(await table.store.rounds()).toEqual([]);
    expect(await table.store.round(round)).toBeUndefined();
    expect(await table.store.disposals()).toEqual([record]);
    expect(codeOf(await table.store.removeUnanswered(round, '県二'))).toBe('round-removed');
    expect(codeOf(await table.store.defineRound(round, definition, '県'))).toBe('round-removed');
    expect(codeOf(await save())).toBe('round-removed');
    // What is left of it goes with the next daily start.
    await steps().removeItems(round);
    const left = [...(await table.contents()).keys()].filter((key) => key.includes(`#${round}`));
    expect(left).toEqual([`ROUND#${round} META`]);
  });

  it('is none any more once a return is begun, also one that is withdrawn again', async () => {
    await submitFirst(table, returnOf());
    succeed(await table.store.withdraw(returnOf(), '市'));
    const removed = await table.store.removeUnanswered(round, '県');
    expect(removed).toMatchObject({ problem: { code: 'round-in-use', detail: expect.stringContaining('1件') } });
    expect(codeOf(await table.store.removeUnanswered('r7', '県'))).toBe('not-found');
    expect(codeOf(await table.store.removeUnanswered('no#round', '県'))).toBe('not-found');
  });

  it('is either removed or answered by who comes at the same time, never both', async () => {
    const [unit = ''] = unitsOfSaitama;
    const saves = unitsOfSaitama.slice(1, 5).map((each) =>
      saveFirst(table, returnOf(each)).then(
        () => each,
        () => '',
      ),
    );
    const [removed, ...saved] = await Promise.all([table.store.removeUnanswered(round, '県'), ...saves]);
    expect(saved.some((each) => each !== '')).toBe(!removed.ok);
    expect(codeOf(await table.store.readDraft(returnOf(unit)))).toBe(removed.ok ? 'round-removed' : 'ok');
  });
});
