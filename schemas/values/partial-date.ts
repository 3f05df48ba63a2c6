import * as z from 'zod/mini';
import { daysInMonth, isoDate } from './calendar.ts';
import { ERA_NAMES, eraCalled, gregorianYear, printEraYear, type Era } from './eras.ts';
import { read, readSpelling, unreadable, type ReadingNotice, type Reading, type Unreadable } from './reading.ts';

/** A date known to the year, the month or the day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, 1868 to 2999. */
export type PartialDate = string;

const STORED = /^(?:18(?:6[89]|[7-9]\d)|19\d\d|2\d{3})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

/** A partial date as stored. The pattern goes into JSON Schema; that the day exists is checked here only. */
// Marked pure, so that the browser takes the reader below without the schema and zod.
export const partialDateSchema = /* @__PURE__ */ z
  .string({ error: '日付は文字列（2024、2024-09、2024-09-30の形）で指定してください。' })
  .check(
    /* @__PURE__ */ z.regex(STORED, {
      error: '日付は2024、2024-09、2024-09-30のいずれかの形で指定してください。',
      abort: true,
    }),
    /* @__PURE__ */ z.refine(dayExists, { error: '暦にない日付です。月と日を確かめてください。' }),
  )
  .register(z.globalRegistry, { description: '年・年月・年月日（YYYY、YYYY-MM、YYYY-MM-DD）' });

/** Whether a text is a partial date as stored, of a day that exists. */
export function isPartialDate(text: string): boolean {
  return STORED.test(text) && dayExists(text);
}

/** Whether the day of a text of the stored pattern exists; every month has 28. */
function dayExists(text: string): boolean {
  const day = Number(text.slice(8, 10));
  return day <= 28 || day <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/** Signs are of one sort, since `R6.4-9` may be April to September; without one, `(?!\d)` leaves the day to 月. */
const WRITTEN = new RegExp(
  `^(?:(?<era>${ERA_NAMES})(?<yearOfEra>元|\\d{1,3})|(?:西暦)?(?<year>\\d{4}))` +
    '(?:年?|(?<fiscal>年度[末中内]?)|(?:年|(?<sign>[./-]))(?<month>\\d{1,2})(?:月|(?:月|(?!\\d)\\k<sign>)(?<day>\\d{1,2})日?)?)$',
);
/** `R6-9` may be a span of years, and a year of three digits a month without its sign (`R612`). */
const MAY_BE_ANOTHER = /^\D+(?:\d{3}(?!年)|\d{1,2}-\d{1,2}$)/;
const EIGHT_DIGITS = /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/;
/** Excel's number of a day: from 1927, when it has five digits, to 2099. */
const EXCEL_NUMBER = /^[1-7]\d{4}$/;
const EXCEL_BEGINS = Date.UTC(1899, 11, 30);
const EXCEL_LAST = 73_050;
const MILLISECONDS_A_DAY = 86_400_000;
/** The day of the week behind a day: 4月23日（月）. */
const WITH_WEEKDAY = /^(?<said>[^()]+)\((?<weekday>[月火水木金土日])(?:曜日?)?(?:・祝)?\)$/;
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'];
const WITHOUT_ERA = /^(?:元|\d{1,3})(?:年|[./-])/;

/**
 * Reads a date as people write it: with an era (`令和6年9月30日`, `R6.9.30`, `㍻21年4月`, `H元.2`) or
 * without (`2012/4/1`, `2012年4月`, `20240930`), to the year, month or day. `年度末` is the March that
 * ends the fiscal year; 年度中 and 年度内 are taken for it with the notice `converted`. The number that Excel has for a day
 * (`45565`), which a pasted cell may show, is read with the notice `excel-number`.
 *
 * An era date past the era's end is read as the Gregorian date it means, with the notice `past-era`;
 * one before the era's first day is the problem `before-era`. Both compare at the precision that was
 * typed: 令和元年 and 令和元年5月 stand, 令和元年4月 is before. What may mean another date is read with the
 * notice `converted`.
 *
 * A day of the week behind a day (`令和6年4月1日（月）`) must be that of the date.
 *
 * Problems: `empty`, `too-long`, `not-a-date`, `era-missing`, `fiscal-year`, `no-such-date`, `before-era`,
 * `year-out-of-range`, `weekday-differs`.
 */
export function readPartialDate(text: string): Reading<PartialDate> {
  const spelling = readSpelling(text);
  if (!spelling.ok) return spelling;
  const { said, weekday } = WITH_WEEKDAY.exec(spelling.value)?.groups ?? {};
  return said === undefined ? readBare(spelling.value) : readDayOfWeek(said, weekday ?? '');
}

function readDayOfWeek(said: string, weekday: string): Reading<PartialDate> {
  const reading = readBare(said);
  if (!reading.ok) return reading;
  // Neither a month nor a year has one.
  if (reading.value.length < 10) return notADate(said);
  const actual = WEEKDAYS[new Date(reading.value).getUTCDay()] ?? '';
  if (actual === weekday) return reading;
  return unreadable(
    'weekday-differs',
    `「${said}」は${actual}曜日です。日付か曜日を確かめて、「令和6年9月30日」のように入力し直してください。`,
  );
}

function readBare(typed: string): Reading<PartialDate> {
  if (EXCEL_NUMBER.test(typed) && Number(typed) <= EXCEL_LAST) return readExcelNumber(typed);
  const groups = (WRITTEN.exec(typed) ?? EIGHT_DIGITS.exec(typed))?.groups;
  if (groups === undefined) return notADate(typed);

  const era = eraCalled(groups['era']);
  const year = era === undefined ? Number(groups['year']) : gregorianYear(era, groups['yearOfEra'] ?? '');
  if (groups['fiscal'] === '年度') {
    return unreadable(
      'fiscal-year',
      '年度だけでは日付になりません。「令和6年4月」「令和6年度中」「令和6年度末」のように入力してください。',
    );
  }
  if (groups['fiscal'] !== undefined) {
    const march = isoDate(year + 1, 3);
    if (era !== undefined && isoDate(year) < era.from.slice(0, 4)) return beforeEra(typed, era, march);
    const reading = readIn(era, typed, march);
    if (!reading.ok || groups['fiscal'] === '年度末') return reading;
    const message = `「${typed}」は、その年度の末の${printPartialDate(march)}と読み取りました。違う場合は年月を入力してください。`;
    return read(march, { code: 'converted', message });
  }
  return readIn(era, typed, isoDate(year, numeral(groups['month']), numeral(groups['day'])));
}

function readExcelNumber(typed: string): Reading<PartialDate> {
  const day = new Date(EXCEL_BEGINS + Number(typed) * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
  const message = `「${typed}」はExcelの日付の番号とみて、${printPartialDate(day)}と読み取りました。`;
  return read(day, { code: 'excel-number', message });
}

function readIn(era: Era | undefined, typed: string, value: string): Reading<PartialDate> {
  const { year, month, day } = partsOf(value);
  if (month !== undefined && (month < 1 || month > 12)) return noSuchDate(typed);
  if (month !== undefined && day !== undefined && (day < 1 || day > daysInMonth(year, month))) {
    return noSuchDate(typed);
  }
  if (era !== undefined && value < era.from.slice(0, value.length)) return beforeEra(typed, era, value);
  if (!isPartialDate(value)) {
    return unreadable('year-out-of-range', '年は1868年（明治元年）から2999年までで入力してください。');
  }
  return read(value, era === undefined ? undefined : noticeOf(typed, era, value));
}

function noticeOf(typed: string, era: Era, value: PartialDate): ReadingNotice | undefined {
  const isPast = value > era.until.slice(0, value.length);
  if (!isPast && !MAY_BE_ANOTHER.test(typed)) return undefined;
  const meant = `${printPartialDate(value)}（${printPartialDate(value, 'gregorian')}）`;
  return { code: isPast ? 'past-era' : 'converted', message: `「${typed}」は${meant}と読み取りました。` };
}

function beforeEra(typed: string, era: Era, value: string): Unreadable {
  const began = printPartialDate(era.from, 'gregorian');
  const advice = isPartialDate(value)
    ? `${printPartialDate(value, 'gregorian')}のことなら「${printPartialDate(value)}」と入力してください。`
    : '元号と年を確かめてください。';
  return unreadable('before-era', `「${typed}」は${era.name}の始まり（${began}）より前です。${advice}`);
}

function noSuchDate(typed: string): Unreadable {
  return unreadable('no-such-date', `「${typed}」は暦にない日付です。月と日を確かめてください。`);
}

function notADate(typed: string): Unreadable {
  return WITHOUT_ERA.test(typed)
    ? unreadable(
        'era-missing',
        '元号がありません。「令和6年9月30日」「R6.9.30」のように元号か西暦4桁を付けてください。',
      )
    : unreadable(
        'not-a-date',
        '日付として読み取れません。「令和6年9月30日」「R6.9.30」「2024/9/30」のように入力してください。',
      );
}

function numeral(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function partsOf(value: string): { year: number; month?: number; day?: number } {
  return {
    year: Number(value.slice(0, 4)),
    month: numeral(value.slice(5, 7) || undefined),
    day: numeral(value.slice(8, 10) || undefined),
  };
}

/**
 * A partial date as people read it: `令和6年9月30日` or `2024年9月30日`. A year or month in which
 * the era changed is printed in the newer era (2019 is 令和元年, 1989-01 is 平成元年1月), as its last
 * day would be. What is not a partial date comes back as it is.
 */
export function printPartialDate(value: PartialDate, style: 'wareki' | 'gregorian' = 'wareki'): string {
  if (!isPartialDate(value)) return value;
  const { year, month, day } = partsOf(value);
  return [
    style === 'wareki' ? printEraYear(year, lastDay(value)) : `${year}年`,
    month === undefined ? '' : `${month}月`,
    day === undefined ? '' : `${day}日`,
  ].join('');
}

/** The first ISO day that a partial date may mean. */
export function firstDay(value: PartialDate): string {
  return `${value}-01-01`.slice(0, 10);
}

/** The last ISO day that a partial date may mean. */
export function lastDay(value: PartialDate): string {
  if (value.length === 10) return value;
  const month = value.length === 7 ? Number(value.slice(5)) : 12;
  const year = value.slice(0, 4);
  return isoDate(Number(year), month, daysInMonth(Number(year), month));
}

/** The fiscal year (April to March) that an ISO day falls in, named by the year in which it began. */
export function fiscalYearOf(isoDay: string): number {
  const { year, month } = partsOf(isoDay);
  return (month ?? 1) >= 4 ? year : year - 1;
}

/**
 * A fiscal year in the era of the calendar year it began in: 2022 is `令和4年度`, 2019 `令和元年度`
 * (although its April was still Heisei), 1988 `昭和63年度`.
 */
export function printFiscalYear(fiscalYear: number): string {
  return `${printEraYear(fiscalYear, isoDate(fiscalYear, 12, 31))}度`;
}

const eraLetters: Readonly<Record<string, string>> = { 令和: 'R', 平成: 'H', 昭和: 'S', 大正: 'T', 明治: 'M' };

/** A partial date as tables print it: `R6.9.30`, `H31.2`, `R元`. */
export function shortDate(value: string): string {
  const printed = /^(?<era>\D{2})(?<year>元|\d+)年(?:(?<month>\d+)月)?(?:(?<day>\d+)日)?$/u.exec(
    printPartialDate(value),
  );
  const { era = '', year = '', month, day } = printed?.groups ?? {};
  const letter = eraLetters[era];
  if (letter === undefined) return printPartialDate(value);
  return [letter + year, month, day].filter((part) => part !== undefined).join('.');
}
