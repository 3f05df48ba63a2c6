import * as z from 'zod/mini';
import { printRange, rangeSchema, readRange, type Range } from './range.ts';
import { read, readSpelling, unreadable, type ReadingNotice, type Reading } from './reading.ts';

// Marked pure, so that the browser takes the reader below without the schema and zod.
const regularly = /* @__PURE__ */ z.strictObject(
  {
    per: /* @__PURE__ */ z.enum(['week', 'month', 'year'], {
      error: '頻度の単位はweek、month、yearのいずれかで指定してください。',
    }),
    times: rangeSchema,
    asNeeded: /* @__PURE__ */ z.optional(
      /* @__PURE__ */ z.literal(true, { error: '随時もあるときだけtrueを指定してください。' }),
    ),
  },
  { error: '頻度は単位（per）と回数（times）で指定してください。' },
);

/** A frequency as stored: so many times a week, month or year, or (and) whenever needed. */
export const frequencySchema = /* @__PURE__ */ z.union([/* @__PURE__ */ z.literal('asNeeded'), regularly], {
  error: '頻度は「asNeeded」（随時）か、単位（per）と回数（times）で指定してください。',
});

export type Frequency = z.infer<typeof frequencySchema>;
type Period = z.infer<typeof regularly>['per'];

const PERIOD_NAMES = { week: '週', month: '月', year: '年' } as const satisfies Record<Period, string>;
const PERIODS = new Map<string | undefined, Period>([
  ['週', 'week'],
  ['月', 'month'],
  ['年', 'year'],
]);

const AS_NEEDED = /^随時(?:開催)?$/;
const LIKE_AS_NEEDED = /^(?:必要に応じて?|必要時|適宜|その都度|都度)(?:開催)?$/;
const AND_AS_NEEDED = /(?:\+|及び|および|並びに|と|、|・|&)随時$/;
const TIMES_PER = /^(?:(?<every>毎)(?<everyPeriod>[週月年])|(?<period>[週月年])間?に?)(?<times>.*)$/;
const TIMES_SLASH_PERIOD = /^(?<times>.+)\/(?<period>[週月年])$/;

/** What stands behind a frequency in brackets: its months, or words without a number. */
const REMARK = /^(?<said>[^()]+)\((?<remark>[^()]+)\)$/;
const MONTHS = /^(?=.*月)(?:1[0-2]|[1-9])月?(?:[、,・と](?:1[0-2]|[1-9])月?)*(?:頃|ごろ|予定|開催)?$/;

/** Weeks and a day of them: 第2火曜日, 原則第2・第4水曜. */
const WEEKS =
  /^(?:原則(?:として)?)?(?:毎月)?第[1-5](?:[、,・と]?第?[1-5])*[月火水木金土日](?:曜日?)?(?:頃|ごろ|予定|開催)?$/;
/** The same without brackets: 毎月第2火曜日. */
const WITH_WEEKS = /^(?<said>毎月|月[^第]+)(?<remark>第.+)$/;

/** Intervals that have a name, and how often they make it a month or year. */
const INTERVALS = new Map<string, { per: Period; times: number; inexact?: true }>([
  ['隔週', { per: 'month', times: 2, inexact: true }],
  ['1か月', { per: 'month', times: 1 }],
  ['隔月', { per: 'year', times: 6 }],
  ['偶数月', { per: 'year', times: 6, inexact: true }],
  ['奇数月', { per: 'year', times: 6, inexact: true }],
  ['2か月', { per: 'year', times: 6 }],
  ['3か月', { per: 'year', times: 4 }],
  ['四半期', { per: 'year', times: 4 }],
  ['4か月', { per: 'year', times: 3 }],
  ['6か月', { per: 'year', times: 2 }],
  ['半年', { per: 'year', times: 2 }],
]);

/**
 * Reads a frequency: `月1回`, `年に2～6回`, `2回/年`, `毎週`, `隔月` (six times a year), `随時`, and both
 * (`年2回＋随時`). Notices: `approximate` (程度 is dropped), `converted` (隔週 is twice a month, though
 * some months have three; 偶数月 is six times a year; `3か月` alone may be a length of time), `as-needed` (適宜 is taken as
 * 随時), `remark-dropped` (the months of `年2回（5月、2月）` and the weeks of `月1回（第2火曜日）`, which must be as many).
 *
 * Problems: `empty`, `too-long`, `not-a-frequency` (also `毎月15`, which may be the day), `months-differ`, `weeks-differ`,
 * `less-than-yearly`, and those of a range for the times.
 */
export function readFrequency(text: string): Reading<Frequency> {
  const spelling = readSpelling(text);
  if (!spelling.ok) return spelling;
  const beside = WITH_WEEKS.exec(spelling.value)?.groups;
  const hasWeeks = beside !== undefined && WEEKS.test(beside['remark'] ?? '');
  const remarked = hasWeeks ? beside : REMARK.exec(spelling.value)?.groups;
  return remarked === undefined
    ? readBare(spelling.value)
    : readRemarked(spelling.value, remarked['said'] ?? '', remarked['remark'] ?? '');
}

function readRemarked(typed: string, said: string, remark: string): Reading<Frequency> {
  const areMonths = MONTHS.test(remark);
  const weeks = WEEKS.test(remark) ? new Set(remark.match(/\d/g)).size : undefined;
  // A number that is no month and no week, or 随時, may say something of how often.
  if (!areMonths && weeks === undefined && /\d|随時/.test(remark)) return notAFrequency();
  // 毎月第2・第4火曜日 is twice a month.
  const reading = readBare(said === '毎月' && weeks !== undefined ? `月${weeks}回` : said);
  if (!reading.ok) return reading;
  const { value } = reading;
  if (weeks !== undefined && value !== 'asNeeded' && value.per === 'month') {
    if (weeks < value.times.min || weeks > value.times.max) {
      return unreadable(
        'weeks-differ',
        `「${said}」と書かれた週の数（${weeks}）が合いません。回数を「月${weeks}回」のように入力し直してください。`,
      );
    }
  }
  const months = areMonths ? new Set(remark.match(/\d+/g)).size : undefined;
  if (months !== undefined && value !== 'asNeeded' && value.per === 'year') {
    if (months < value.times.min || months > value.times.max) {
      return unreadable(
        'months-differ',
        `「${said}」と書かれた月の数（${months}）が合いません。回数を「年${months}回」のように入力し直してください。`,
      );
    }
  }
  const message = `「${typed}」は「${printFrequency(value)}」と読み取りました。${areMonths || weeks === undefined ? '（　）の中' : '曜日等'}は保存されません。`;
  return read(value, { code: 'remark-dropped', message });
}

function readBare(typed: string): Reading<Frequency> {
  if (AS_NEEDED.test(typed)) return read<Frequency>('asNeeded');
  if (LIKE_AS_NEEDED.test(typed)) {
    return read<Frequency>('asNeeded', { code: 'as-needed', message: `「${typed}」は「随時」と読み取りました。` });
  }
  const regular = typed.replace(AND_AS_NEEDED, '');
  const reading = readInterval(regular) ?? readTimes(regular);
  if (!reading.ok || regular === typed) return reading;
  return reading.value === 'asNeeded' ? reading : read({ ...reading.value, asNeeded: true }, reading.notice);
}

function readInterval(typed: string): Reading<Frequency> | undefined {
  const stem = typed.replace(/(?:に1[回度]|ごと|毎|1[回度]|(?<=数月)(?:に?開催))$/, '');
  const name = stem.replace(/[ヶカヵケ箇]月$/, 'か月');
  if (name === '隔年') {
    return unreadable('less-than-yearly', '1年に1回より少ない頻度は入力できません。空欄のままにしてください。');
  }
  const interval = INTERVALS.get(name);
  if (interval === undefined) return undefined;
  const value: Frequency = { per: interval.per, times: exactly(interval.times) };
  const notice: ReadingNotice = {
    code: 'converted',
    message: `「${typed}」は「${printFrequency(value)}」と読み取りました。`,
  };
  const mayBeLength = stem === typed && !typed.startsWith('隔');
  return read(value, interval.inexact === true || mayBeLength ? notice : undefined);
}

function readTimes(typed: string): Reading<Frequency> {
  const groups = (TIMES_PER.exec(typed) ?? TIMES_SLASH_PERIOD.exec(typed))?.groups;
  const per = PERIODS.get(groups?.['everyPeriod'] ?? groups?.['period']);
  const times = groups?.['times'] ?? '';
  if (per === undefined) return notAFrequency();
  const isEvery = groups?.['every'] !== undefined;
  if (times === '') return isEvery ? read({ per, times: exactly(1) }) : notAFrequency();
  if (isEvery && /^\d+$/.test(times)) return notAFrequency();
  const reading = readRange(times, { unit: '回' });
  if (reading.ok) return read({ per, times: reading.value }, reading.notice);
  return reading.problem.code === 'not-a-range' ? notAFrequency() : reading;
}

function notAFrequency(): Reading<Frequency> {
  return unreadable(
    'not-a-frequency',
    '頻度として読み取れません。「月1回」「年2〜6回」「随時」「年2回＋随時」のように入力してください。',
  );
}

function exactly(times: number): Range {
  return { min: times, max: times };
}

/** A frequency as people read it: `月1回`, `年2〜6回＋随時`, `随時`. */
export function printFrequency(value: Frequency): string {
  if (value === 'asNeeded') return '随時';
  const regular = `${PERIOD_NAMES[value.per]}${printRange(value.times, '回')}`;
  return value.asNeeded === true ? `${regular}＋随時` : regular;
}
