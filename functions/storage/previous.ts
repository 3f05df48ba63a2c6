/** What a unit answered before: edit checks compare with it, pages show it beside. */

import { countedVersion } from '../domain/log.ts';
import type { Standing } from '../domain/life.ts';
import type { ReturnKey, Version } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { formOf } from '../../schemas/round-forms.ts';
import { predecessorsIn } from '../../schemas/directory-on-day.ts';
import type { Form } from '../../schemas/form.ts';
import { inPresentPlaces } from '../domain/former-places.ts';
import { lineageOf, summedAnswers } from '../domain/lineage.ts';
import type { Lineage } from '../domain/lineage.ts';
import type { StorageContext } from './context.ts';
import { headItem, versionItem } from './items.ts';
import { headKey, roundListKey, versionKey } from './keys.ts';
import type { Directories } from './directories.ts';
import { readItem, readItems } from './reads.ts';
import { loadDocuments } from './form-documents.ts';
import { roundsOf } from './round-list.ts';

export interface PreviousReturn {
  readonly round: Round;
  /** Of units that were merged: under the unit's own code, with what they gave together. */
  readonly version: Version;
  /** The names of the units that were merged, or of the one that had another code. */
  readonly of?: readonly string[];
}

/** What the units answered that a unit came after. */
export interface PredecessorReturns {
  readonly round: Round;
  readonly form: Form;
  readonly kind: Exclude<Lineage['kind'], 'same'>;
  readonly units: readonly {
    readonly code: string;
    readonly name: string;
    /** The version accepted last. */
    readonly version: Version | undefined;
  }[];
}

interface PreviousReturns {
  /**
   * The version accepted last in an earlier round, for the same form and unit; earlier by reference date. Its answers
   * stand where the round asks for them. Of a unit that others were merged into since, what all of them gave together; none
   * where that cannot be compared.
   *
   * @param rounds every round by reference date, where they were read already
   */
  previousReturn(round: Round, key: ReturnKey, rounds?: readonly Round[]): Promise<PreviousReturn | undefined>;
  /**
   * What the units that a unit came after have answered in the newest earlier round that has an accepted return of any of
   * them; none where the unit itself answered then, or nobody.
   */
  predecessorReturns(round: Round, key: ReturnKey, rounds?: readonly Round[]): Promise<PredecessorReturns | undefined>;
  /** The same with what was submitted and is not accepted yet: the version that counts in the newest round that has one. */
  countedReturn(
    round: Round,
    key: ReturnKey,
    rounds: readonly Round[],
  ): Promise<(PreviousReturn & { readonly isAccepted: boolean }) | undefined>;
}

/** As many keys as one request takes. */
const mostRounds = 100;

/**
 * A version of the newest earlier round in which the return has one that is wanted. Without an earlier round nothing is read.
 *
 * @param rounds every round, by reference date
 */
async function previousAmong(
  context: StorageContext,
  rounds: readonly Round[],
  round: Round,
  key: ReturnKey,
  wanted: (standing: Standing) => number | undefined,
): Promise<(PreviousReturn & { readonly isAccepted: boolean }) | undefined> {
  const earlier = rounds
    .filter(({ referenceDate, forms }) => referenceDate < round.referenceDate && Object.hasOwn(forms, key.form))
    .toReversed()
    .slice(0, mostRounds);
  const places = earlier.map(({ id }): ReturnKey => ({ ...key, round: id }));
  const heads = await readItems(context, places.map(headKey));
  for (const [index, place] of places.entries()) {
    const head = heads[index];
    const standing = head === undefined ? undefined : headItem.parse(head).standing;
    const number = standing && wanted(standing);
    const found = earlier[index];
    if (number === undefined || found === undefined) continue;
    const version = await readItem(context, versionKey(place, number));
    // Gone where the round was disposed of between the two reads.
    if (version === undefined) continue;
    const isAccepted = standing?.acceptedVersion === number;
    return { round: found, version: versionItem.parse(version), isAccepted };
  }
  return undefined;
}

export function createPreviousReturns(
  context: StorageContext,
  directories: Pick<Directories, 'directoryOfRound'>,
): PreviousReturns {
  /** With its answers where the later round asks for them. */
  async function placed<F extends PreviousReturn>(found: F, round: Round, key: ReturnKey): Promise<F> {
    await loadDocuments(context, [found.round, round]);
    const form = formOf(context.forms, round, key.form);
    if (form === undefined) return found;
    return { ...found, version: { ...found.version, answers: inPresentPlaces(form, found.version.answers) } };
  }

  async function acceptedIn(round: Round, key: ReturnKey, codes: readonly string[]): Promise<(Version | undefined)[]> {
    const places = codes.map((unit): ReturnKey => ({ ...key, round: round.id, unit }));
    const heads = await readItems(context, places.map(headKey));
    return Promise.all(
      places.map(async (place, index) => {
        const head = heads[index];
        const accepted = head === undefined ? undefined : headItem.parse(head).standing.acceptedVersion;
        const version = accepted === undefined ? undefined : await readItem(context, versionKey(place, accepted));
        return version === undefined ? undefined : versionItem.parse(version);
      }),
    );
  }

  async function predecessorsOf(
    round: Round,
    key: ReturnKey,
    rounds: readonly Round[],
  ): Promise<PredecessorReturns | undefined> {
    const now = await directories.directoryOfRound(round);
    if (predecessorsIn(now, key.unit).length === 0) return undefined;
    await loadDocuments(context, rounds);
    const earlier = rounds.filter(({ referenceDate }) => referenceDate < round.referenceDate).toReversed();
    const present = formOf(context.forms, round, key.form);
    for (const each of earlier) {
      const form = formOf(context.forms, each, key.form);
      if (form === undefined) continue;
      const directory = await directories.directoryOfRound(each);
      const { kind, units } = lineageOf(now, key.unit, { directory, round: each, form });
      const codes = kind === 'same' ? [key.unit] : units.map(({ code }) => code);
      const versions = await acceptedIn(each, key, codes);
      if (versions.every((version) => version === undefined)) continue;
      if (kind === 'same') return undefined;
      return {
        round: each,
        form: present ?? form,
        kind,
        units: units.map(({ code, name }, index) => {
          const version = versions[index];
          const answers = version && (present ? inPresentPlaces(present, version.answers) : version.answers);
          return { code, name, version: version && answers && { ...version, answers } };
        }),
      };
    }
    return undefined;
  }

  /** None where what they gave cannot be taken together. */
  function together({ round, form, kind, units }: PredecessorReturns, key: ReturnKey): PreviousReturn | undefined {
    const versions = units.flatMap(({ version }) => version ?? []);
    const [version] = versions;
    if (version === undefined || versions.length < units.length || kind === 'divided' || kind === 'partly')
      return undefined;
    const all = versions.map(({ answers }) => answers);
    const answers = kind === 'one' ? version.answers : summedAnswers(form, all);
    return { round, version: { ...version, unit: key.unit, answers }, of: units.map(({ name }) => name) };
  }

  return {
    predecessorReturns: async (round, key, rounds) =>
      predecessorsOf(round, key, rounds ?? roundsOf(await readItem(context, roundListKey))),

    previousReturn: async (round, key, rounds) => {
      const all = rounds ?? roundsOf(await readItem(context, roundListKey));
      const before = await predecessorsOf(round, key, all);
      if (before !== undefined) return together(before, key);
      const found = await previousAmong(context, all, round, key, ({ acceptedVersion }) => acceptedVersion);
      return found === undefined ? undefined : placed({ round: found.round, version: found.version }, round, key);
    },

    countedReturn: async (round, key, rounds) => {
      const found = await previousAmong(context, rounds, round, key, (standing) => countedVersion(standing)?.version);
      return found && placed(found, round, key);
    },
  };
}
