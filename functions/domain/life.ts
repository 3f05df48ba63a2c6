/**
 * The life of a return. Each transition is one pure function from what stands to what will stand; no others exist.
 *
 *     notStarted → draft → submitted → accepted
 *     submitted → draft      withdrawn before review (取下げ)
 *     submitted → returned   sent back (差戻し)
 *     accepted  → returned   sent back for correction (訂正)
 *     returned  → submitted  resubmitted, even after closing
 *     notStarted → accepted  brought in from an earlier year's files (取込)
 *     accepted  → submitted  the acceptance is undone (確認の取消し), as long as nothing was published since
 *     submitted, accepted → returned → submitted in one: corrected by the prefecture (職権訂正)
 *
 * In any state the prefecture may give a return more time (期限の延長); until it is submitted, say that it will not be (回答なし), or
 * enter the answers itself (代理入力).
 */

import type {
  Absence,
  Decision,
  Extension,
  OnBehalf,
  ProxyEntry,
  ReturnState,
  SentBack,
} from '../../schemas/return.ts';
import { endOf } from '../../schemas/round.ts';
import type { Phase, RoundDefinition } from '../../schemas/round.ts';
import { done, refused } from './outcome.ts';
import type { Outcome } from './outcome.ts';

export interface Standing {
  readonly state: ReturnState;
  /** Number of the newest version; 0 before the first submission. */
  readonly version: number;
  readonly receipt?: string | undefined;
  readonly late?: boolean | undefined;
  /** The version accepted last, also while a correction is under way. */
  readonly acceptedVersion?: number | undefined;
  readonly sentBack?: SentBack | undefined;
  /** Its own due date, whatever happens to it meanwhile. */
  readonly extension?: Extension | undefined;
  /** It will not come; the first submission ends that. */
  readonly absence?: Absence | undefined;
  /** The prefecture enters the answers; the next submission ends that. */
  readonly proxy?: ProxyEntry | undefined;
  /** The prefecture submitted the newest version. */
  readonly onBehalf?: OnBehalf | undefined;
}

export const notStarted: Standing = { state: 'notStarted', version: 0 };

/** What happened to a return, by the name it has in the log. */
type Change =
  | 'started'
  | 'submitted'
  | 'withdrawn'
  | 'accepted'
  | 'returned'
  | 'extended'
  | 'extensionEnded'
  | 'absent'
  | 'absenceEnded'
  | 'proxyBegun'
  | 'proxyEnded';

export interface Transition {
  readonly what: Change;
  /** Nobody submitted it: it came in from an earlier year's files. */
  readonly imported?: true;
  /** Why an acceptance was undone, where that is what happened; releases up to 0.3 take it for a withdrawal. */
  readonly undone?: string;
  /** Of a submission by the prefecture, and of the sending back before one that corrects. */
  readonly onBehalf?: OnBehalf;
  readonly before: Standing;
  readonly after: Standing;
}

function move(what: Change, before: Standing, after: Standing): Outcome<Transition> {
  return done({ what, before, after });
}

export function isEditable({ state }: Standing): boolean {
  return state === 'notStarted' || state === 'draft' || state === 'returned';
}

/** Whether a newer version than the accepted one waits for a decision; the accepted one counts until then. */
export function isCorrected({ state, version, acceptedVersion }: Standing): boolean {
  return state === 'submitted' && acceptedVersion !== undefined && acceptedVersion < version;
}

/** @param proxy where it is the prefecture that saves first */
export function start(standing: Standing, proxy = standing.proxy): Outcome<Transition> {
  if (standing.state !== 'notStarted') return refused('not-editable');
  return move('started', standing, { ...standing, state: 'draft', ...(proxy === undefined ? {} : { proxy }) });
}

/** The prefecture enters what reached it otherwise, until the return is submitted or it says that it does so no longer. */
export function beginProxy(standing: Standing, proxy: ProxyEntry): Outcome<Transition> {
  if (!isEditable(standing)) return refused('not-editable');
  return move('proxyBegun', standing, { ...standing, proxy });
}

export function endProxy(standing: Standing): Outcome<Transition> {
  const { proxy: _over, ...rest } = standing;
  return move('proxyEnded', standing, rest);
}

/** An earlier year's return as it was collected then: its first version, accepted as it comes in. */
export function bringIn(standing: Standing, receipt: string): Outcome<Transition> {
  if (standing.state !== 'notStarted') return refused('not-editable');
  const after: Standing = { state: 'accepted', version: 1, receipt, late: false, acceptedVersion: 1 };
  return done({ what: 'accepted', imported: true, before: standing, after });
}

/** Whether the round is over for a return: what the prefecture sent back may still be corrected after closing. */
export function isOver({ sentBack }: Standing, phase: Phase): boolean {
  return phase === 'closed' && sentBack === undefined;
}

/** Whether a submission is open: never before opening; after closing only for what the prefecture sent back. */
export function mayBeSubmitted(standing: Standing, phase: Phase): Outcome<{ late: boolean }> {
  if (standing.state === 'submitted' || standing.state === 'accepted')
    return refused('already-submitted', {
      version: standing.version,
      ...(standing.receipt === undefined ? {} : { receipt: standing.receipt }),
    });
  if (standing.state === 'notStarted') return refused('nothing-to-submit');
  if (phase === 'draft' || phase === 'notOpen') return refused('not-open');
  if (isOver(standing, phase)) return refused('closed');
  return done({ late: phase === 'late' || phase === 'closed' });
}

/**
 * Whether what was answered to a submission is still so. Once its version is withdrawn or sent back the answer would say
 * that the return is submitted, which it is not, or not as that version.
 */
export function mayBeAnsweredAgain(
  { state, version }: Standing,
  answered: { readonly version: number; readonly receipt: string },
): Outcome<undefined> {
  const stands = version === answered.version && (state === 'submitted' || state === 'accepted');
  return stands
    ? done(undefined)
    : refused('already-withdrawn', { version: answered.version, receipt: answered.receipt });
}

/** @param onBehalf where the prefecture submits it */
export function submit(standing: Standing, phase: Phase, receipt: string, onBehalf?: OnBehalf): Outcome<Transition> {
  const open = mayBeSubmitted(standing, phase);
  if (!open.ok) return open;
  const { late } = open.value;
  const version = standing.version + 1;
  const { absence: _over, proxy: _entered, onBehalf: _before, ...rest } = standing;
  const by = onBehalf === undefined ? {} : { onBehalf };
  const after: Standing = { ...rest, state: 'submitted', version, receipt, late, ...by };
  return done({ what: 'submitted', before: standing, after, ...by });
}

/** The municipality takes a submission back before the prefecture decides; after closing it could not submit again. */
export function withdraw(standing: Standing, phase: Phase): Outcome<Transition> {
  if (standing.state !== 'submitted') return refused('not-submitted');
  if (isOver(standing, phase)) return refused('closed');
  return move('withdrawn', standing, { ...standing, state: 'draft' });
}

/** Accepts or sends back; undoing an acceptance is `undoAcceptance`. */
export function decide(standing: Standing, decision: Exclude<Decision, { decision: 'undo' }>): Outcome<Transition> {
  const { state, version } = standing;
  if (state !== 'submitted' && state !== 'accepted') return refused('not-submitted');
  if (decision.version !== version) return refused('not-current-version', { version });
  if (decision.decision === 'return')
    return move('returned', standing, { ...standing, state: 'returned', sentBack: decision });
  if (state === 'accepted') return refused('already-accepted', { version });
  const { sentBack: _settled, ...rest } = standing;
  return move('accepted', standing, { ...rest, state: 'accepted', acceptedVersion: version });
}

/**
 * An acceptance pressed by mistake: the return waits for a decision again, as it did. What a publication may have printed
 * stays, and is corrected instead.
 *
 * @param before what stood before the acceptance, if nothing was published since
 */
export function undoAcceptance(
  standing: Standing,
  { version, reason }: Extract<Decision, { decision: 'undo' }>,
  before: Standing | undefined,
): Outcome<Transition> {
  if (standing.state !== 'accepted') return refused('not-submitted');
  if (version !== standing.version) return refused('not-current-version', { version: standing.version });
  if (before?.state !== 'submitted' || before.version !== version) return refused('acceptance-stands');
  const { acceptedVersion: _undone, ...rest } = standing;
  const { acceptedVersion, sentBack } = before;
  const after: Standing = {
    ...rest,
    state: 'submitted',
    ...(acceptedVersion === undefined ? {} : { acceptedVersion }),
    ...(sentBack === undefined ? {} : { sentBack }),
  };
  return done({ what: 'withdrawn', undone: reason, before: standing, after });
}

/** Gives a return more time than the round does; in any state, since what is submitted already may come to be in time. */
export function extend(
  standing: Standing,
  extension: Extension,
  { dueAt }: Pick<RoundDefinition, 'dueAt'>,
): Outcome<Transition> {
  if (endOf(extension.dueAt) <= endOf(dueAt)) {
    const message = '延長後の期限は、調査の提出期限より後にしてください。';
    return refused('invalid-exception', { errors: [{ path: 'dueAt', code: 'not-later', message }] });
  }
  return move('extended', standing, { ...standing, extension });
}

export function endExtension(standing: Standing): Outcome<Transition> {
  const { extension: _over, ...rest } = standing;
  return move('extensionEnded', standing, rest);
}

/** Notes that a return will not come. What was submitted has come, and what is accepted counts while it is corrected. */
export function markAbsent(standing: Standing, absence: Absence): Outcome<Transition> {
  const { version, acceptedVersion } = standing;
  if (!isEditable(standing) || acceptedVersion !== undefined) return refused('already-submitted', { version });
  return move('absent', standing, { ...standing, absence });
}

export function endAbsence(standing: Standing): Outcome<Transition> {
  const { absence: _over, ...rest } = standing;
  return move('absenceEnded', standing, rest);
}

/**
 * The prefecture corrects what was submitted (職権訂正): sent back and submitted again in one. Whether it came in time is
 * told by what the unit submitted.
 */
export function correct(
  standing: Standing,
  phase: Phase,
  receipt: string,
  onBehalf: OnBehalf,
): Outcome<{ readonly sentBack: Transition; readonly submitted: Transition }> {
  const { version, late = false } = standing;
  const sentBack = decide(standing, { version, decision: 'return', comment: onBehalf.reason, questions: [] });
  if (!sentBack.ok) return sentBack;
  const submitted = submit(sentBack.value.after, phase, receipt, onBehalf);
  if (!submitted.ok) return submitted;
  const after = { ...submitted.value.after, late };
  return done({ sentBack: { ...sentBack.value, onBehalf }, submitted: { ...submitted.value, after } });
}
