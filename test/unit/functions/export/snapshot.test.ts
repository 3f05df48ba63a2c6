import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../../functions/export/snapshot.ts';
import { returnName } from '../../../../functions/domain/log.ts';
import type { RoundState, TrackedReturn } from '../../../../functions/domain/log.ts';
import type { Form } from '../../../../schemas/form.ts';
import type { Round } from '../../../../schemas/round.ts';
import { directory, everyQuestion, round } from '../../../support/every-question.ts';

const unit = '112011';
const forms = new Map<string, Map<number, Form>>([
  [everyQuestion.id, new Map<number, Form>([[everyQuestion.version, everyQuestion]])],
]);

function roundOf(year: number): Round {
  return {
    ...round,
    id: `R${year}`,
    referenceDate: `${year}-09-30`,
    forms: { [everyQuestion.id]: everyQuestion.version },
  };
}

/** Rounds by year, each with one return in a state. */
function previousOf(states: Readonly<Record<number, TrackedReturn['state']>>, acceptedVersion?: number) {
  const rounds = Object.keys(states).map((year) => roundOf(Number(year)));
  const stateOf = (id: string): RoundState => {
    const state = states[Number(id.slice(1))] ?? 'notStarted';
    const returns = new Map<string, TrackedReturn>([
      [returnName(everyQuestion.id, unit), { state, version: 1, acceptedVersion }],
    ]);
    return {
      asOf: { seq: 1, at: '2024-12-01T00:00:00.000Z' },
      changedSeq: 1,
      editions: [],
      releases: [],
      undoable: new Map(),
      directoryVersion: 1,
      returns,
    };
  };
  const store = {
    round: async (id: string) => rounds.find((each) => each.id === id),
    rounds: async () => rounds,
    roundState: async (id: string) => stateOf(id),
    directoryOfRound: async () => directory,
  };
  return readSnapshot({ store, forms }, 'R2024').then(({ previous }) =>
    previous.map((each) => [each.round.id, each.audiences]),
  );
}

describe('the round before', () => {
  it('is the newest with counted returns', async () => {
    expect(await previousOf({ 2020: 'accepted', 2022: 'accepted', 2023: 'draft', 2024: 'accepted' })).toEqual([
      ['R2022', ['internal', 'public']],
    ]);
  });

  it('is an older one for the public where nothing of the newest was accepted', async () => {
    expect(await previousOf({ 2020: 'accepted', 2022: 'submitted', 2024: 'accepted' })).toEqual([
      ['R2022', ['internal']],
      ['R2020', ['public']],
    ]);
    expect(await previousOf({ 2022: 'submitted', 2024: 'accepted' })).toEqual([['R2022', ['internal']]]);
  });

  it('counts a return under correction as it was accepted', async () => {
    expect(await previousOf({ 2022: 'returned', 2024: 'accepted' })).toEqual([]);
    expect(await previousOf({ 2022: 'returned', 2024: 'accepted' }, 1)).toEqual([['R2022', ['internal', 'public']]]);
  });
});
