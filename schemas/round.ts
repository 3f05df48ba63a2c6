/**
 * A round (調査): one collection of returns. Times are instants in Japan; a bare date opens at its first moment and is
 * due before the next midnight in JST.
 */

import * as z from 'zod';
import { firstDay, lastDay, partialDateSchema, shortDate } from './values/partial-date.ts';
import { invisibleNameText, isStorable, unstorableText } from './values/text.ts';

const day = z.iso.date({ error: '日付は 2024-09-30 のように入力してください。' });

export const dayOrInstant = z.union([day, z.iso.datetime({ offset: true, local: true })], {
  error: '日時は 2024-11-29 または 2024-11-29T17:00:00+09:00 のように入力してください。',
});

export const roundId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/, {
  error: '調査の識別子は半角英数字とハイフン（32文字以内）で指定してください。',
});

/** Being prepared (公開前): no municipality sees it, and nothing of it can be answered. Absent once it is open to them. */
const isDraft = z.literal(true);

/** By form the codes of the units that are asked; of a form that is not named, every unit of its kind is. */
const askedUnits = z.record(
  z.string(),
  z
    .array(z.string().min(1).max(64))
    .min(1, { error: '照会先を1つ以上選んでください。' })
    .max(5000)
    .refine((codes) => new Set(codes).size === codes.length, {
      error: '同じ団体が2回指定されています。',
      params: { code: 'duplicate' },
    }),
);
export type AskedUnits = z.infer<typeof askedUnits>;

/** As it is kept: names were once stored that are refused now. */
export const storedRoundDefinition = z
  .strictObject({
    name: z.string().min(1).max(100).refine(isStorable, { error: unstorableText }),
    /** The fiscal year (年度) the round belongs to. */
    fiscalYear: z.int().min(1989).max(2999),
    compareYear: z.int().min(1989).max(2999).optional(),
    referenceDate: day,
    /** As-of dates of the sections where they differ from the reference date. */
    asOf: z.record(z.string(), day).optional(),
    /** Over which meetings are counted, both ends included. */
    period: z.strictObject({ from: partialDateSchema, to: partialDateSchema }),
    forms: z.record(z.string(), z.int().positive()).refine((forms) => Object.keys(forms).length > 0, {
      error: '調査票を1つ以上指定してください。',
    }),
    opensAt: dayOrInstant,
    dueAt: dayOrInstant,
    closesAt: dayOrInstant.optional(),
    draft: isDraft.optional(),
    units: askedUnits.optional(),
  })
  .refine((round) => firstDay(round.period.from) <= lastDay(round.period.to), {
    path: ['period'],
    params: { code: 'period-reversed' },
    error: '対象期間の終わりが始まりより前です。',
  })
  .refine((round) => startOf(round.opensAt) < endOf(round.dueAt), {
    path: ['dueAt'],
    params: { code: 'due-before-opening' },
    error: '提出期限は受付開始より後にしてください。',
  })
  .refine((round) => round.closesAt === undefined || endOf(round.dueAt) <= endOf(round.closesAt), {
    path: ['closesAt'],
    params: { code: 'closing-before-due' },
    error: '受付終了は提出期限以後にしてください。',
  });

export const roundDefinition = storedRoundDefinition.check(({ value: { name }, issues }) => {
  const message = invisibleNameText(name);
  if (message !== undefined)
    issues.push({ code: 'custom', path: ['name'], message, input: name, params: { code: 'invisible-character' } });
});

export type RoundDefinition = z.infer<typeof roundDefinition>;

/** What is said of a round since release 0.4: earlier ones refuse a definition that says more than they know, so it is kept beside. */
export const besideDefinition = z.object({ draft: isDraft.optional(), units: askedUnits.optional() });

/** A definition as it is kept. */
export interface KeptDefinition extends z.infer<typeof besideDefinition> {
  readonly definition: RoundDefinition;
}

function besides({ draft, units }: z.infer<typeof besideDefinition>): z.infer<typeof besideDefinition> {
  return { ...(draft === undefined ? {} : { draft }), ...(units === undefined ? {} : { units }) };
}

export function keptDefinition({ draft, units, ...definition }: RoundDefinition): KeptDefinition {
  return { definition, ...besides({ draft, units }) };
}

export function wholeDefinition({ definition, ...kept }: KeptDefinition): RoundDefinition {
  return { ...definition, ...besides(kept) };
}

/** SHA-256 of the documents that a round pins, by form; rounds of releases up to 0.3 pin none. */
export const pinnedDocuments = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));
export type PinnedDocuments = z.infer<typeof pinnedDocuments>;

/** A round as it is kept: its definition, its id, and the directory version and the documents that it pins. */
export type Round = RoundDefinition & {
  readonly id: string;
  readonly directoryVersion: number;
  readonly documents?: PinnedDocuments | undefined;
};

const japan = '+09:00';
export const dayLength = 24 * 60 * 60 * 1000;
const japanAhead = 9 * 60 * 60 * 1000;

function instant(text: string): number {
  const withOffset = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : text + japan;
  return Date.parse(withOffset);
}

/** The first moment of a day in Japan, or the instant itself; milliseconds since the epoch. */
export function startOf(dayOrInstant: string): number {
  return dayOrInstant.includes('T') ? instant(dayOrInstant) : Date.parse(`${dayOrInstant}T00:00:00${japan}`);
}

/** The moment from which it is too late: the next midnight in Japan, or the instant itself. */
export function endOf(dayOrInstant: string): number {
  return dayOrInstant.includes('T') ? instant(dayOrInstant) : startOf(dayOrInstant) + dayLength;
}

/** What a clock in Japan shows at an instant: `2024-04-01T00:00` at 2024-03-31T15:00Z. */
export function clockInJapan(instant: Date): string {
  return new Date(instant.getTime() + japanAhead).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}

/** The day in Japan on which an instant falls: `2024-04-01` from 2024-03-31T15:00Z on. */
export function dayInJapan(instant: Date): string {
  return clockInJapan(instant).slice(0, 'yyyy-mm-dd'.length);
}

/** Where an instant stands in a round: a draft at any, before opening, open, late (after due) or closed. */
export type Phase = 'draft' | 'notOpen' | 'open' | 'late' | 'closed';

export function phaseAt(round: RoundDefinition, now: Date): Phase {
  if (round.draft) return 'draft';
  const at = now.getTime();
  if (at < startOf(round.opensAt)) return 'notOpen';
  if (round.closesAt !== undefined && at >= endOf(round.closesAt)) return 'closed';
  return at >= endOf(round.dueAt) ? 'late' : 'open';
}

/** The as-of date of a section: its own, or the round's reference date. */
export function asOfDate(round: RoundDefinition, section: string): string {
  return round.asOf?.[section] ?? round.referenceDate;
}

/** `R5.4～R6.9` */
export function periodOf({ period }: Pick<Round, 'period'>): string {
  return `${shortDate(period.from)}～${shortDate(period.to)}`;
}

/** Whole months from the first month of the period to its last, both included. */
export function monthsOf({ period }: Pick<Round, 'period'>): number {
  const month = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return month(lastDay(period.to)) - month(firstDay(period.from)) + 1;
}
