/** Changing what the prefecture says about a round beside its definition: whether it may be replaced is decided here. */

import { isDeepStrictEqual } from 'node:util';
import type { Handout } from '../../schemas/handout.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { ReportSettings } from '../../schemas/report-settings.ts';
import type { RoundTexts } from '../../schemas/round-texts.ts';
import { classNamed } from '../../schemas/unit-classes.ts';
import { lineFeeds } from '../../schemas/values/text.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { checkEtag, isConditional } from '../domain/revisions.ts';
import type { Precondition } from '../domain/revisions.ts';
import type { KeptSettings } from '../storage/round-settings.ts';
import type { Store } from '../storage/store.ts';

/** @param seen the revision that the new ones were made from; refuses `precondition-failed` when there is a newer one */
export function saveReportSettings(
  store: Pick<Store, 'changeReportSettings'>,
  round: string,
  settings: ReportSettings,
  actor: string,
  seen?: number,
): Promise<Outcome<KeptSettings<ReportSettings>>> {
  return store.changeReportSettings(round, actor, (kept) => {
    // The second press of a button finds what the first one kept.
    if (isDeepStrictEqual(kept.settings, settings)) return done(undefined);
    return seen === undefined || seen === kept.revision ? done(settings) : refused('precondition-failed');
  });
}

/** Of what is said about a round beside its definition; `"0"` before anybody has said any. */
export function settingsEtag({ revision }: Pick<KeptSettings<unknown>, 'revision'>): string {
  return `"${revision}"`;
}

/** Whether they replace those that are kept: only where these were seen; the second press of a button changes nothing. */
function replacing<T>(settings: T, precondition: Precondition): (kept: KeptSettings<T>) => Outcome<T | undefined> {
  return (kept) => {
    if (isDeepStrictEqual(kept.settings, settings)) return done(undefined);
    const seen = checkEtag(settingsEtag(kept), precondition);
    return seen.ok ? done(settings) : seen;
  };
}

/** Replaces the texts of a round. Refuses `precondition-required`, and `precondition-failed` for what was not seen. */
export async function saveRoundTexts(
  store: Pick<Store, 'changeRoundTexts'>,
  round: string,
  { request, instructions }: RoundTexts,
  precondition: Precondition,
  actor: string,
): Promise<Outcome<KeptSettings<RoundTexts>>> {
  if (!isConditional(precondition)) return refused('precondition-required');
  const texts: RoundTexts = {
    ...(request === undefined ? {} : { request: lineFeeds(request) }),
    ...(instructions === undefined ? {} : { instructions: lineFeeds(instructions) }),
  };
  return store.changeRoundTexts(round, actor, replacing(texts, precondition));
}

const unknownClass: FieldError = {
  path: 'byClass',
  code: 'unknown-class',
  message: '「公表する分類」：この調査の名簿にある分類を選んでください。',
};

/** Replaces what the report of a round is made of. Refuses as the texts do, and `invalid-report-settings` for an unknown class. */
export async function saveHandout(
  store: Pick<Store, 'changeHandout' | 'round' | 'directoryOfRound'>,
  round: string,
  { proposals, ...rest }: Handout,
  precondition: Precondition,
  actor: string,
): Promise<Outcome<KeptSettings<Handout>>> {
  if (!isConditional(precondition)) return refused('precondition-required');
  const written = proposals?.map(({ title, issues, policies }) => ({
    title,
    ...(issues === undefined ? {} : { issues: lineFeeds(issues) }),
    ...(policies === undefined ? {} : { policies: lineFeeds(policies) }),
  }));
  const asked = rest.byClass === undefined ? undefined : await store.round(round);
  if (asked !== undefined && classNamed(await store.directoryOfRound(asked), rest.byClass) === undefined)
    return refused('invalid-report-settings', { errors: [unknownClass] });
  const handout: Handout = { ...rest, ...(written === undefined ? {} : { proposals: written }) };
  return store.changeHandout(round, actor, replacing(handout, precondition));
}
