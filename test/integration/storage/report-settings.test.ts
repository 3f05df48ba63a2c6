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

async function changes(): Promise<unknown[]> {
  const { entries } = succeed(await table.store.log(round, { limit: 100 }));
  // Records of one millisecond stand in no order.
  return entries.flatMap(({ what, actor }) => (what === 'reportSettingsChanged' ? [actor] : [])).toSorted();
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
