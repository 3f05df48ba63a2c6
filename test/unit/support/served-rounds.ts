/** Rounds in memory of which every return is accepted, as pages and exports read them. */

import type { RoundState, TrackedReturn } from '../../../functions/domain/log.ts';
import type { Service } from '../../../functions/service/service.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { standingOn } from '../../../schemas/directory-on-day.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Round } from '../../../schemas/round.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { idleService } from './idle-service.ts';

export type Returns = Readonly<Record<string, Answers>>;

export interface ServedRound {
  readonly round: Round;
  /** By form, then by unit. */
  readonly returns: Readonly<Record<string, Returns>>;
}

function stateOf({ round: { id: _id, directoryVersion, ...definition }, returns }: ServedRound): RoundState {
  const accepted = (name: string): [string, TrackedReturn] => [
    name,
    { state: 'accepted', version: 1, acceptedVersion: 1 },
  ];
  const names = Object.entries(returns).flatMap(([form, units]) => Object.keys(units).map((unit) => `${form}#${unit}`));
  return {
    asOf: { seq: 9, at: '2025-11-20T03:00:00.000Z' },
    changedSeq: 9,
    definition,
    directoryVersion,
    returns: new Map(names.map(accepted)),
    editions: [],
    releases: [],
    undoable: new Map(),
  };
}

/** @param forms each of a version of its own; `given` from the oldest round to the newest */
export function servedRounds(directory: Directory, forms: readonly Form[], given: readonly ServedRound[]): Service {
  const idle = idleService();
  const found = (id: string): ServedRound | undefined => given.find(({ round }) => round.id === id);
  const versions = Map.groupBy(forms, ({ id }) => id);
  return {
    ...idle,
    forms: new Map([...versions].map(([id, all]) => [id, new Map(all.map((form) => [form.version, form]))])),
    exports: { ...idle.exports, latestExport: async () => undefined },
    store: {
      ...idle.store,
      round: async (id) => found(id)?.round,
      rounds: async () => given.map(({ round }) => round),
      roundState: async (id) => {
        const served = found(id);
        return served && stateOf(served);
      },
      directoryOfRound: async ({ referenceDate }) => standingOn(directory, referenceDate),
      async *versionsOf(named, id) {
        const served = found(id);
        for (const { form, unit, version } of named)
          yield {
            round: id,
            form,
            formVersion: served?.round.forms[form] ?? 0,
            unit,
            version,
            submittedAt: '2025-11-20T03:00:00.000Z',
            submittedBy: '',
            answers: served?.returns[form]?.[unit] ?? {},
            reasons: {},
            late: false,
            receipt: '',
            sha256: '',
          };
      },
    },
  };
}
