/** さいたま市, which leads councils that only the tests know, and whoever answers there, signed in. */

import type { SystemOptions } from '../../../infra/local/system.ts';
import { TestBrowser } from './browser.ts';
import { directoryFixture, ok, openRound, openSystem } from './fixtures.ts';
import { startTestSystem } from './system.ts';
import type { TestSystem } from './system.ts';

/** The code of the town. */
export const unit = '111007';

export interface TownWithCouncils {
  readonly system: TestSystem;
  /** さいたま市担当. */
  readonly officer: TestBrowser;
}

interface Town extends Partial<SystemOptions> {
  /** Ids of its councils. */
  readonly councils: readonly string[];
  /** What R6 asks, and R5 where there was one. */
  readonly asked: Record<string, number>;
  readonly hasRoundBefore: boolean;
  /** Before a round is opened. */
  readonly prepare?: (system: TestSystem) => Promise<void>;
}

export async function startTown({
  councils,
  asked,
  hasRoundBefore,
  prepare = async () => undefined,
  accounts = [],
  ...options
}: Town): Promise<TownWithCouncils> {
  const town = { id: 'town', name: 'さいたま市担当', groups: [`unit-${unit}`] };
  const system = await startTestSystem({ ...options, accounts: [town, ...accounts] });
  await prepare(system);
  const saitama = await directoryFixture('saitama-r6');
  const led = councils.map((id) => ({ id, name: `協議会${id}`, members: [unit], lead: unit }));
  const directory = { ...saitama, councils: [...saitama.councils, ...led] };
  const before = { name: '令和5年度調査', fiscalYear: 2023, referenceDate: '2023-09-30' };
  await openSystem(system, directory, hasRoundBefore ? 'R5' : 'R6', openRound(asked, hasRoundBefore ? before : {}));
  if (hasRoundBefore) ok(await system.prefecture.put('/api/rounds/R6', openRound(asked)));
  const officer = new TestBrowser(system.url);
  await officer.signIn('town');
  return { system, officer };
}
