import { describe, expect, it } from 'vitest';
import { returnName } from '../../../../functions/domain/log.ts';
import type { RoundState } from '../../../../functions/domain/log.ts';
import type { Standing } from '../../../../functions/domain/life.ts';
import { countedForm, versionsOfReturns } from '../../../../functions/service/counted-returns.ts';
import type { Version } from '../../../../schemas/return.ts';
import { directory, everyQuestion, round } from '../../../support/every-question.ts';

const units = directory.municipalities.map(({ code }) => code);

function stateOf(standings: readonly Standing[]): RoundState {
  const returns = new Map(
    standings.map((standing, index) => [returnName(everyQuestion.id, units[index] ?? ''), standing]),
  );
  return {
    asOf: { seq: 9, at: '2024-12-01T00:00:00.000Z' },
    changedSeq: 9,
    editions: [],
    releases: [],
    undoable: new Map(),
    directoryVersion: 1,
    returns,
  };
}

function versionOf(unit: string, version: number): Version {
  const about = { round: round.id, form: everyQuestion.id, formVersion: everyQuestion.version, unit, version };
  const sealed = { submittedAt: '2024-11-20T03:00:00.000Z', submittedBy: '市', late: false, receipt: '', sha256: '' };
  return { ...about, ...sealed, answers: {}, reasons: {} };
}

async function read(found: readonly Version[]): Promise<number> {
  const store = {
    async *versionsOf() {
      yield* found;
    },
  };
  const counted = countedForm(everyQuestion, directory, stateOf([{ state: 'submitted', version: 2 }]));
  let count = 0;
  for await (const { read, version } of versionsOfReturns(store, round.id, counted))
    if (read.version === version) count += 1;
  return count;
}

describe('the returns that count', () => {
  it('are those submitted and accepted, a correction as it was accepted before', () => {
    const { counts, returns } = countedForm(
      everyQuestion,
      directory,
      stateOf([
        { state: 'submitted', version: 3, acceptedVersion: 2 },
        { state: 'submitted', version: 1 },
      ]),
    );
    expect(returns.map(({ unit, state, version }) => [unit.code, state, version])).toEqual([
      [units[0], 'accepted', 2],
      [units[1], 'submitted', 1],
    ]);
    expect(counts).toEqual({ expected: units.length, submitted: 1, accepted: 1, correcting: 1 });
  });

  it('are expected of the units that the round asked as of that number', () => {
    const state = stateOf([{ state: 'submitted', version: 1 }]);
    const [asked = ''] = units;
    const { id: _id, directoryVersion: _version, ...definition } = { ...round, units: { [everyQuestion.id]: [asked] } };
    const { counts, returns } = countedForm(everyQuestion, directory, { ...state, definition });
    expect(returns.map(({ unit }) => unit.code)).toEqual([asked]);
    expect(counts).toMatchObject({ expected: 1, submitted: 1 });
  });

  it('are read each in its turn, and one that is missing or another one is no silent gap', async () => {
    expect(await read([versionOf(units[0] ?? '', 2)])).toBe(1);
    await expect(read([])).rejects.toThrow('1 versions missing');
    await expect(read([versionOf(units[0] ?? '', 1)])).rejects.toThrow('out of order');
  });
});
