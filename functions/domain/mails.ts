/**
 * Which mails are due: a fold of what stands of a round, its questions and the instant, as often as it is asked the same.
 * Each has a key, of which storage keeps one: however often it is found due, it is sent once.
 *
 * What the calendar brings goes out at nine in the morning in Japan, what somebody did as soon as it is found. Whatever is
 * older than three days is not sent by itself any more, so that neither an outage nor a release that learns to send mails
 * tells of what everybody knows.
 */

import type { AskedQuestion } from '../../schemas/asked-question.ts';
import type { MailEvent } from '../../schemas/mail.ts';
import { dayInJapan, dayLength, endOf, startOf } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';
import { dueDateOf, phaseOfReturn } from './due-date.ts';
import { isEditable, isOver } from './life.ts';
import type { RoundState, TrackedReturn } from './log.ts';

const hour = 60 * 60 * 1000;
const morning = 9 * hour;
const longestWait = 3 * dayLength;
/** In milliseconds: after that all are accepted that were by one press of a button. */
const longestPress = 60_000;
/** Returns of one press in one mail: its key names them all, and has its limits. */
const mostTogether = 6;

/** A return of a round, with the municipality that edits it today. */
export interface MailedReturn {
  readonly form: string;
  readonly unit: string;
  readonly municipality: string;
  readonly standing: TrackedReturn;
}

export interface MailSituation {
  readonly round: Round;
  readonly state: Pick<RoundState, 'dueMovedAt' | 'published'>;
  readonly returns: readonly MailedReturn[];
  readonly asked: readonly AskedQuestion[];
}

export interface DueMail {
  readonly event: MailEvent;
  readonly municipality: string;
  readonly key: string;
  readonly returns: readonly Pick<MailedReturn, 'form' | 'unit'>[];
  /** A day or an instant: of the returns named, the due date. */
  readonly dueAt: string;
  /** From when, in milliseconds since the epoch. */
  readonly from: number;
  /** Until when it still says something, where that is sooner than for others. */
  readonly until?: number;
  /** Of an acceptance: by which press it was, whose returns are told together. */
  readonly press?: string;
}

function morningOf(day: string): number {
  return startOf(day) + morning;
}

/** The day in Japan to whose end, or in which, something is due, and days before or after it. */
function dayBeside(dueAt: string, days: number): string {
  return dayInJapan(new Date(endOf(dueAt) - 1 + days * dayLength));
}

const calendar = {
  week: (dueAt: string) => morningOf(dayBeside(dueAt, -7)),
  eve: (dueAt: string) => morningOf(dayBeside(dueAt, -1)),
  overdue: (dueAt: string) => morningOf(dayBeside(dueAt, 1)),
} as const;

/** When municipalities are told that a round is open: not in the night in which it opens. */
function openingOf({ opensAt }: Pick<Round, 'opensAt'>): number {
  const opens = startOf(opensAt);
  return Math.max(opens, morningOf(dayInJapan(new Date(opens))));
}

/** Whether municipalities are told of another due date by now: who was not yet told that a round is open learns of it then. */
export function tellsOfDueDate(round: Pick<Round, 'opensAt'>, now: Date): boolean {
  return now.getTime() >= openingOf(round);
}

/** What the calendar brings for those with the round's own due date. */
export function calendarOf(round: Pick<Round, 'opensAt' | 'dueAt'>): { event: MailEvent; from: number }[] {
  return [
    { event: 'opened', from: openingOf(round) },
    { event: 'week', from: calendar.week(round.dueAt) },
    { event: 'eve', from: calendar.eve(round.dueAt) },
    { event: 'overdue', from: calendar.overdue(round.dueAt) },
  ];
}

/** Whether a return is still to come. */
function isAwaited({ state, absence }: TrackedReturn): boolean {
  return (state === 'notStarted' || state === 'draft') && absence === undefined;
}

/** Whether a return has not come by its due date, be the round closed since or not. */
export function isOverdue({ standing }: MailedReturn, { round }: Pick<MailSituation, 'round'>, now: Date): boolean {
  return isAwaited(standing) && now.getTime() >= endOf(dueDateOf(round, standing));
}

/** Whether what the mails of an event say is true of a return, whoever wants them sent and when. */
export function isTrueOf(
  event: MailEvent,
  each: MailedReturn,
  { round, state, asked }: MailSituation,
  now: Date,
): boolean {
  const { form, unit, standing } = each;
  // Nobody is asked for what the site does not take, before the round opens or after it has closed.
  const phase = phaseOfReturn(round, standing, now);
  const isTaken = phase !== 'draft' && phase !== 'notOpen' && !isOver(standing, phase);
  switch (event) {
    case 'notice':
      return true;
    case 'opened':
      return isAwaited(standing) && isTaken;
    case 'week':
    case 'eve':
      return isAwaited(standing) && phase === 'open';
    case 'overdue':
      return isAwaited(standing) && isTaken && phase !== 'open';
    case 'dueMoved':
      return isAwaited(standing) && !isOver(standing, phase) && (standing.extension ?? state.dueMovedAt) !== undefined;
    case 'returned':
    case 'accepted':
      return standing.state === event;
    case 'onBehalf':
      return standing.onBehalf !== undefined && !isEditable(standing);
    case 'answered':
      return asked.some(
        (question) => question.form === form && question.unit === unit && question.answer !== undefined,
      );
    case 'published':
      return state.published !== undefined;
  }
}

type Wanted = Omit<DueMail, 'municipality' | 'returns'>;

/** One mail to each municipality, of all its returns that are alike. */
function together(returns: readonly MailedReturn[], wanted: (each: MailedReturn) => Wanted | undefined): DueMail[] {
  const mails = new Map<string, DueMail>();
  for (const each of returns) {
    const mail = wanted(each);
    if (mail === undefined) continue;
    const { municipality, form, unit } = each;
    const name = `${municipality}#${mail.key}`;
    const before = mails.get(name);
    mails.set(name, { ...mail, municipality, returns: [...(before?.returns ?? []), { form, unit }] });
  }
  return [...mails.values()];
}

function ofCalendar({ round, returns }: MailSituation): DueMail[] {
  const dueOf = ({ standing }: MailedReturn): string => dueDateOf(round, standing);
  const awaited = returns.filter(({ standing }) => isAwaited(standing));
  const opened = together(awaited, (each) => ({
    event: 'opened',
    key: 'opened',
    dueAt: dueOf(each),
    from: openingOf(round),
  }));
  const reminders = (['week', 'eve', 'overdue'] as const).flatMap((event) =>
    together(awaited, (each) => {
      const dueAt = dueOf(each);
      const from = calendar[event](dueAt);
      // A round that is open for less than a week reminds nobody before it has begun.
      if (event !== 'overdue' && from <= openingOf(round)) return undefined;
      const until = { week: calendar.eve(dueAt), eve: endOf(dueAt), overdue: Infinity }[event];
      return { event, key: `${event}:${dueAt}`, dueAt, from, until };
    }),
  );
  return [...opened, ...reminders];
}

/** The prefecture moved the round's due date, or gave one return more time. */
function ofDueDates({ round, state: { dueMovedAt }, returns }: MailSituation): DueMail[] {
  const awaited = returns.filter(({ standing }) => isAwaited(standing));
  return together(awaited, ({ standing }) => {
    const dueAt = dueDateOf(round, standing);
    const isOwn = standing.extension !== undefined && dueAt === standing.extension.dueAt;
    const movedAt = isOwn ? standing.at : dueMovedAt;
    if (movedAt === undefined || !tellsOfDueDate(round, new Date(movedAt))) return undefined;
    const key = isOwn ? `dueMoved:own:${dueAt}` : `dueMoved:${dueAt}:${movedAt}`;
    return { event: 'dueMoved', key, dueAt, from: Date.parse(movedAt) };
  });
}

function ofDecisions({ round, returns }: MailSituation): DueMail[] {
  return returns.flatMap(({ form, unit, municipality, standing }): DueMail[] => {
    const { state, version, at, imported } = standing;
    if ((state !== 'returned' && state !== 'accepted') || at === undefined || imported === true) return [];
    const told = { municipality, key: `${state}:${form}:${unit}:${version}`, returns: [{ form, unit }] };
    const due = { ...told, dueAt: dueDateOf(round, standing) };
    return state === 'accepted'
      ? [{ ...due, event: state, from: Date.parse(at) + longestPress, press: at }]
      : [{ ...due, event: state, from: Date.parse(at) }];
  });
}

const joined = '+';

/** The keys of the mails that one stands for: of each return that was accepted by the same press. */
export function keysIn(key: string): string[] {
  const [event = '', ...rest] = key.split(':');
  if (event !== 'accepted') return [key];
  return rest
    .join(':')
    .split(joined)
    .map((each) => `${event}:${each}`);
}

/** One mail to each municipality of what was accepted for it by one press; others stay by themselves. */
export function joinPresses(mails: readonly DueMail[]): DueMail[] {
  const alone = mails.filter(({ press }) => press === undefined);
  const pressed = mails.filter(({ press }) => press !== undefined);
  const presses = [...Map.groupBy(pressed, ({ municipality, press }) => `${municipality}#${press}`).values()];
  const parts = presses.flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / mostTogether) }, (_, at) =>
      all.slice(at * mostTogether, (at + 1) * mostTogether),
    ),
  );
  const together = parts.flatMap(([first, ...more]): DueMail[] => {
    if (first === undefined) return [];
    const others = more.map(({ key }) => key.slice(key.indexOf(':') + 1));
    const returns = [first, ...more].flatMap((each) => each.returns);
    return [{ ...first, key: [first.key, ...others].join(joined), returns }];
  });
  return [...alone, ...together];
}

/** What the prefecture entered or corrected: as soon as it is submitted, also where it is accepted at once. */
function ofEntries({ round, returns }: MailSituation): DueMail[] {
  return returns.flatMap(({ form, unit, municipality, standing }) => {
    const { onBehalf, version, submittedAt } = standing;
    if (onBehalf === undefined || submittedAt === undefined || isEditable(standing)) return [];
    const key = `onBehalf:${form}:${unit}:${version}`;
    const dueAt = dueDateOf(round, standing);
    return [{ event: 'onBehalf', municipality, key, returns: [{ form, unit }], dueAt, from: Date.parse(submittedAt) }];
  });
}

function ofAnswers({ round, returns, asked }: MailSituation): DueMail[] {
  return asked.flatMap(({ id, form, unit, answer, revision }) => {
    if (answer === undefined) return [];
    const key = `answered:${form}:${unit}:${id}:${revision}`;
    const from = Date.parse(answer.answeredAt);
    return returns
      .filter((each) => each.form === form && each.unit === unit)
      .map(({ municipality, standing }): DueMail => {
        const dueAt = dueDateOf(round, standing);
        return { event: 'answered', municipality, key, returns: [{ form, unit }], dueAt, from };
      });
  });
}

function ofPublication({ round, state: { published }, returns }: MailSituation): DueMail[] {
  if (published === undefined) return [];
  const { edition, at } = published;
  return together(returns, () => ({
    event: 'published',
    key: `published:${edition}`,
    dueAt: round.dueAt,
    from: Date.parse(at),
  }));
}

/**
 * What is to be sent by itself at an instant; none of a round that is being prepared, or before it opens. Once it has
 * closed for a return, that one is asked for no more.
 */
export function dueMails(situation: MailSituation, now: Date): DueMail[] {
  const { round } = situation;
  const at = now.getTime();
  if (round.draft === true || at < startOf(round.opensAt)) return [];
  const returns = situation.returns.filter(({ standing }) => !isOver(standing, phaseOfReturn(round, standing, now)));
  const open = { ...situation, returns };
  const mails = [
    ...ofCalendar(open),
    ...ofDueDates(open),
    ...ofDecisions(situation),
    ...ofEntries(situation),
    ...ofAnswers(situation),
    ...ofPublication(situation),
  ];
  return mails.filter(({ from, until = Infinity }) => from <= at && at < Math.min(until, from + longestWait));
}
