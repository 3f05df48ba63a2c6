/**
 * Publishing: which export may become which edition of a round. Every edition says its corrections of the newest one
 * before it.
 */

import type { Manifest } from '../../schemas/export.ts';
import type { Problem } from '../../schemas/problem.ts';
import { done, refused } from './outcome.ts';
import type { Outcome } from './outcome.ts';

export interface NewestEdition {
  readonly edition: number;
  /** The log number that an export must know to follow it: that of the edition, or of the last withdrawal of any. */
  readonly seq: number;
  readonly isAfterWithdrawal?: true;
}

/** A published edition as far as the rules about its successor go. */
interface EditionInLog {
  readonly edition: number;
  readonly seq: number;
  readonly withdrawal?: { readonly seq: number } | undefined;
}

/**
 * An export from before a withdrawal may have the same fault, or name what was withdrawn in its list of corrections.
 *
 * @param editions oldest first
 */
export function newestOf(editions: readonly EditionInLog[]): NewestEdition | undefined {
  const last = editions.at(-1);
  if (last === undefined) return undefined;
  const withdrawn = Math.max(0, ...editions.map(({ withdrawal }) => withdrawal?.seq ?? 0));
  return withdrawn > last.seq
    ? { edition: last.edition, seq: withdrawn, isAfterWithdrawal: true }
    : { edition: last.edition, seq: last.seq };
}

/** What an export holds: the log number that it is as of, and how many accepted returns it publishes. */
export interface PublishedContent {
  readonly seq: number;
  readonly accepted: number;
}

export function contentOf({ asOf, forms }: Pick<Manifest, 'asOf' | 'forms'>): PublishedContent {
  return { seq: asOf.seq, accepted: Object.values(forms).reduce((sum, { accepted }) => sum + accepted, 0) };
}

/**
 * Why an export cannot become the next edition: nothing of it is accepted, or its report says what was corrected since the
 * edition that was newest when it was made, and there is a newer one or one was withdrawn since.
 */
export function whyNotPublished(
  newest: NewestEdition | undefined,
  { seq, accepted }: PublishedContent,
): Problem | undefined {
  if (accepted === 0) return { code: 'nothing-to-publish' };
  if (newest === undefined || newest.seq <= seq) return undefined;
  const event = newest.isAfterWithdrawal ? '公表を取りやめた' : `第${newest.edition}版を公表した`;
  return { code: 'older-than-published', detail: `${event}後に、新しい出力を行ってください。` };
}

/** The export that somebody wants published. */
export interface WantedExport extends PublishedContent {
  readonly status: 'running' | 'written' | 'done' | 'failed';
  /** Whether somebody is still at it. */
  readonly isLive: boolean;
  /** The edition as which it was published. */
  readonly edition?: number | undefined;
}

/** The edition whose number was reserved last; sealed, only its log entry is missing. */
interface LastReserved {
  readonly edition: number;
  readonly status: 'copying' | 'sealed' | 'published';
  readonly isLive: boolean;
  /** Of a sealed one. */
  readonly content?: PublishedContent | undefined;
}

export interface EditionToFill {
  readonly edition: number;
  /** Of an abandoned one: `complete` what another publication sealed, or fill it with the export that is wanted. */
  readonly what: 'begin' | 'takeOver' | 'complete';
}

/** Refuses `not-found`, `export-not-done`, `already-published`, `nothing-to-publish`, `older-than-published` and `publication-running`. */
export function editionToFill(
  wanted: WantedExport | undefined,
  last: LastReserved | undefined,
  newest: NewestEdition | undefined,
): Outcome<EditionToFill> {
  if (wanted === undefined) return refused('not-found');
  if (wanted.edition !== undefined) return refused('already-published');
  if (wanted.status !== 'done' && (wanted.status !== 'written' || wanted.isLive)) return refused('export-not-done');
  // An edition that is sealed is completed first, and then is the newest; none where an edition was taken back since.
  const { status, content } = last ?? {};
  const isSealed = status === 'sealed' && (content === undefined || whyNotPublished(newest, content) === undefined);
  const problem = isSealed ? undefined : whyNotPublished(newest, wanted);
  if (problem !== undefined) return { ok: false, problem };
  if (last === undefined || last.status === 'published')
    return done({ edition: (last?.edition ?? 0) + 1, what: 'begin' });
  if (last.isLive) return refused('publication-running');
  return done({ edition: last.edition, what: isSealed ? 'complete' : 'takeOver' });
}
