import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulators } from '../support/emulators.ts';
import { codeOf, createRound, round, succeed } from '../support/storage.ts';
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

const settings = { documentNumber: '資料５', meeting: '県協議会', date: '2025-01-20' };

async function changes(wanted = 'reportSettingsChanged'): Promise<unknown[]> {
  const { entries } = succeed(await table.store.log(round, { limit: 100 }));
  // Records of one millisecond stand in no order.
  return entries.flatMap(({ what, actor }) => (what === wanted ? [actor] : [])).toSorted();
}

describe('what the prefecture says about a report', () => {
  it('is nothing at first', async () => {
    expect(await table.store.reportSettings(round)).toEqual({ settings: {}, revision: 0 });
    expect(await table.store.reportSettings('no#round')).toEqual({ settings: {}, revision: 0 });
  });

  it('is kept whole, each time with who changed it in the log, and without moving the round on', async () => {
    const before = await table.store.roundState(round);
    expect(succeed(await table.store.saveReportSettings(round, settings, '県一', 0))).toEqual({
      settings,
      revision: 1,
    });
    succeed(await table.store.saveReportSettings(round, { division: '福祉部' }, '県二', 1));
    expect(await table.store.reportSettings(round)).toEqual({ settings: { division: '福祉部' }, revision: 2 });
    expect(await changes()).toEqual(['県一', '県二']);
    expect(await table.store.roundState(round)).toEqual(before);
  });

  it('is not overwritten by who saw an older one', async () => {
    succeed(await table.store.saveReportSettings(round, settings, '県一', 0));
    expect(codeOf(await table.store.saveReportSettings(round, { meeting: '別の会議' }, '県二', 0))).toBe(
      'precondition-failed',
    );
    expect(await table.store.reportSettings(round)).toEqual({ settings, revision: 1 });
  });

  it('is changed once by a button that is pressed twice', async () => {
    for (const _ of ['first', 'second']) succeed(await table.store.saveReportSettings(round, settings, '県', 0));
    expect(await table.store.reportSettings(round)).toEqual({ settings, revision: 1 });
    expect(await changes()).toEqual(['県']);
  });
});

describe('what the prefecture tells municipalities about a round', () => {
  const texts = { request: '御回答をお願いします。\n\n県', instructions: '9月末現在で回答してください。' };

  it('is kept whole under an ETag, with who changed it in the log', async () => {
    const { store } = table;
    expect(await store.roundTexts(round)).toEqual({ settings: {}, revision: 0 });
    expect(codeOf(await store.saveRoundTexts(round, texts, {}, '県一'))).toBe('precondition-required');
    expect(codeOf(await store.saveRoundTexts(round, texts, { ifMatch: '"1"' }, '県一'))).toBe('precondition-failed');
    const first = await store.saveRoundTexts(round, texts, { ifNoneMatch: '*' }, '県一');
    expect(succeed(first)).toEqual({ settings: texts, revision: 1 });
    expect(codeOf(await store.saveRoundTexts(round, {}, { ifNoneMatch: '*' }, '県二'))).toBe('precondition-failed');
    expect(codeOf(await store.saveRoundTexts(round, {}, { ifMatch: '"0"' }, '県二'))).toBe('precondition-failed');
    succeed(await store.saveRoundTexts(round, { request: 'あ\r\nい' }, { ifMatch: '"1"' }, '県二'));
    // The second press of the button.
    succeed(await store.saveRoundTexts(round, { request: 'あ\r\nい' }, { ifMatch: '"1"' }, '県二'));
    expect(await store.roundTexts(round)).toEqual({ settings: { request: 'あ\nい' }, revision: 2 });
    expect(await changes('roundTextsChanged')).toEqual(['県一', '県二']);
    expect(await store.reportSettings(round)).toEqual({ settings: {}, revision: 0 });
  });
});
