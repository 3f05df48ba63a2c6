/** However the changes of returns come between each other and get their numbers, the round is the same afterwards. */

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportFileKey } from '../../../functions/storage/bucket-keys.ts';
import { numberWaiting } from '../../../functions/storage/numbering.ts';
import { summaryOf } from '../../../functions/service/summary.ts';
import type { Decision } from '../../../schemas/return.ts';
import { startEmulators } from '../support/emulators.ts';
import { createExportSystem, tablesOnly } from '../support/exports.ts';
import type { ExportSystem } from '../support/exports.ts';
import { returnOf, round, saveFirst, succeed, unitsOfSaitama } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());

const units = unitsOfSaitama.slice(0, 4);

/** The steps that are open to a return in each state, and the state after it. */
const open = {
  draft: [['submit', 'submitted']],
  submitted: [
    ['withdraw', 'draft'],
    ['accept', 'accepted'],
    ['return', 'returned'],
  ],
  accepted: [['return', 'returned']],
  returned: [['submit', 'submitted']],
} as const;
type State = keyof typeof open;
type Step = (typeof open)[State][number][0];

/** A life of a return after its first save, corrections among it. */
const life = fc.array(fc.nat(2), { maxLength: 6 }).map((choices) => {
  let state: State = 'draft';
  return choices.map((choice): Step => {
    const steps: readonly (readonly [Step, State])[] = open[state];
    const [step, next] = steps[choice % steps.length] ?? ['submit', 'submitted'];
    state = next;
    return step;
  });
});

async function take({ table: { store } }: ExportSystem, unit: string, step: Step): Promise<void> {
  const key = returnOf(unit);
  if (step === 'submit') succeed(await store.submit(key, { actor: '市', body: '' }));
  else if (step === 'withdraw') succeed(await store.withdraw(key, '市'));
  else {
    const { version } = succeed(await store.storedReturn(key)).standing;
    const sentBack: Decision = { version, decision: 'return', comment: '再', questions: [] };
    succeed(await store.decide(key, step === 'accept' ? { version, decision: 'accept' } : sentBack, '県'));
  }
}

/** Each answers something else, so that figures tell them apart. */
async function begun(): Promise<ExportSystem> {
  const system = await createExportSystem(emulators, tablesOnly);
  for (const [index, unit] of units.entries())
    await saveFirst(system.table, returnOf(unit), { overview: { status: 'established', meetings: index + 1 } });
  return system;
}

/** Where every return stands, the tally and the exported files, without what tells the log number. */
async function outcome(system: ExportSystem): Promise<unknown> {
  const { table, deps, bucket } = system;
  const state = await table.store.roundState(round);
  const current = await table.store.round(round);
  if (state === undefined || current === undefined) throw new Error('no round');
  const summary = await summaryOf({ store: table.store, forms: deps.forms }, current, state);
  const { exportId } = succeed(await system.exportRound());
  const { asOf, forms, files } = await system.manifestOf(exportId);
  const fileOf = (path: string): Promise<string> => bucket.readText(exportFileKey(round, exportId, path));

  // Tracker, summary and export agree.
  const returns = [...state.returns.values()];
  const counted = returns.filter(
    ({ state: stands, acceptedVersion }) =>
      acceptedVersion !== undefined || stands === 'submitted' || stands === 'accepted',
  );
  const accepted = returns.filter(
    ({ state: stands, acceptedVersion }) => acceptedVersion !== undefined || stands === 'accepted',
  );
  expect(asOf).toEqual(state.asOf);
  expect(summary.municipalities).toBe(counted.length);
  expect(forms['scratch-form']).toMatchObject({
    submitted: counted.length - accepted.length,
    accepted: accepted.length,
  });
  expect(JSON.parse(await fileOf('internal/summary.json')).rows).toEqual(summary.rows);

  const tables = files.filter(({ path }) => path.endsWith('.csv')).map(({ path }) => path);
  expect(tables.length).toBeGreaterThan(2);
  const contents = [];
  for (const path of tables) contents.push([path, await fileOf(path)]);
  const byName = [...state.returns].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { seq: state.asOf.seq, returns: byName, rows: summary.rows, contents };
}

it('gives the same tracker, summary and export for any order of returns and any moment of numbering', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(life, life, life, life),
      fc.array(fc.record({ turn: fc.nat(3), isNumbered: fc.boolean() }), { maxLength: 24 }),
      async (lives, turns) => {
        const alone = await begun();
        for (const [index, unit] of units.entries())
          for (const step of lives[index] ?? []) await take(alone, unit, step);
        const expected = await outcome(alone);

        const mixed = await begun();
        const left = lives.map((steps) => [...steps]);
        for (const { turn, isNumbered } of [
          ...turns,
          ...lives.flatMap((steps, turn) => steps.map(() => ({ turn, isNumbered: false }))),
        ]) {
          const step = left[turn]?.shift();
          if (step !== undefined) await take(mixed, units[turn] ?? '', step);
          if (isNumbered) await numberWaiting(mixed.table.context, round);
        }
        expect(await outcome(mixed)).toEqual(expected);

        const atOnce = await begun();
        const readers = lives.flatMap((steps) => steps.map(() => atOnce.table.store.roundState(round)));
        await Promise.all([
          ...units.map(async (unit, index) => {
            for (const step of lives[index] ?? []) await take(atOnce, unit, step);
          }),
          ...readers,
        ]);
        expect(await outcome(atOnce)).toEqual(expected);
      },
    ),
    { numRuns: 3 },
  );
});
