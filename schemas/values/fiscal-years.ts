import * as z from 'zod/mini';
import { isoDate } from './calendar.ts';
import { ERA_NAMES, eraCalled, gregorianYear, type Era } from './eras.ts';
import { fiscalYearOf, printFiscalYear, readPartialDate } from './partial-date.ts';
import { read, readSpelling, unreadable, type ReadingNotice, type Reading, type Unreadable } from './reading.ts';

const FIRST_YEAR = 1868;
const LAST_YEAR = 2999;
const message = `年度は${FIRST_YEAR}から${LAST_YEAR}までの整数で指定してください。`;
// Marked pure, so that the browser takes the reader below without the schema and zod.
const fiscalYear = /* @__PURE__ */ z
  .int({ error: message })
  .check(
    /* @__PURE__ */ z.minimum(FIRST_YEAR, { error: message }),
    /* @__PURE__ */ z.maximum(LAST_YEAR, { error: message }),
  );

/** A span of fiscal years as stored, both included, each named by the year in which it began. */
export const fiscalYears = /* @__PURE__ */ z.strictObject(
  { from: fiscalYear, to: fiscalYear },
  { error: '期間は最初の年度（from）と最後の年度（to）で指定してください。' },
);

export type FiscalYears = z.infer<typeof fiscalYears>;

const SPAN = /^(?<from>.+?)(?:~|-|から)(?<to>.+?)(?:まで)?$/;
/** So many years, with or without the first of them. */
const LENGTH = /^(?:任期)?(?:(?<from>.+)から)?(?<years>\d{1,2})(?:か年|年間?)$/;
/** `R3-5` may be a month of one year. */
const MAY_BE_A_MONTH = /^\D+\d{1,2}-\d{1,2}$/;
const YEAR = new RegExp(`^(?:(?<era>${ERA_NAMES})|西暦)?(?<year>元|\\d{1,4})(?:年度?)?$`);

/**
 * Reads `令和3年度〜令和5年度`, `令和3〜5年度`, `2021-2023`, `R3~R5`, or one fiscal year, which is both
 * ends. `令和7年度から2年間`, and months or days for both ends (`令和7年4月1日〜令和9年3月31日`), are read with the notice
 * `converted`; a length alone (`2年`) is the problem `start-missing`. That the span ends before it begins is an edit check, not a problem of reading.
 *
 * A fiscal year past the era's end is read with the notice `past-era`, `R3-5` with `converted`. Problems: `empty`,
 * `too-long`, `not-fiscal-years`, `start-missing`, `era-missing`, `before-era`, `year-out-of-range`.
 */
export function readFiscalYears(text: string): Reading<FiscalYears> {
  const spelling = readSpelling(text);
  if (!spelling.ok) return spelling;
  const typed = spelling.value;
  const ends = SPAN.exec(typed)?.groups;
  const otherwise = readLength(typed) ?? readMonths(typed, ends?.['from'], ends?.['to']);
  if (otherwise !== undefined) return otherwise;
  const from = readFiscalYear(ends?.['from'] ?? typed, undefined);
  if (!from.ok) return from;
  const to = readFiscalYear(ends?.['to'] ?? typed, from.value.era);
  if (!to.ok) return to;
  const value = { from: from.value.year, to: to.value.year };
  const notice = MAY_BE_A_MONTH.test(typed)
    ? { code: 'converted', message: `「${typed}」は${printFiscalYears(value)}と読み取りました。` }
    : undefined;
  return read(value, from.notice ?? to.notice ?? notice);
}

function converted(typed: string, value: FiscalYears): Reading<FiscalYears> {
  return read(value, { code: 'converted', message: `「${typed}」は${printFiscalYears(value)}と読み取りました。` });
}

/** `undefined` for what is no length; `令和3年から5年` may end in 令和5年, and is no length unless that were before. */
function readLength(typed: string): Reading<FiscalYears> | undefined {
  const groups = LENGTH.exec(typed.replace(/[ヶカヵケ箇]年/, 'か年'))?.groups;
  const years = Number(groups?.['years']);
  if (groups === undefined || years === 0) return undefined;
  if (groups['from'] === undefined) {
    return unreadable(
      'start-missing',
      `始まりの年度がありません。「令和7年度から${years}年間」又は「令和7年度〜令和8年度」のように、始まりから入力してください。`,
    );
  }
  const start = readStart(groups['from']);
  if (start === undefined) return undefined;
  const mayBeTheEnd = typed.endsWith('年') && !typed.endsWith('か年') && years >= start.written;
  return mayBeTheEnd
    ? undefined
    : converted(typed, { from: start.year, to: start.year + years - (start.isWhole ? 1 : 0) });
}

/** The fiscal year in which a term begins, the number written for it, and whether it begins with the fiscal year. */
function readStart(typed: string): { year: number; written: number; isWhole: boolean } | undefined {
  const written = Number(/\d+/.exec(typed)?.[0] ?? 1);
  const year = readFiscalYear(typed, undefined);
  if (year.ok) return { year: year.value.year, written, isWhole: true };
  const day = readPartialDate(typed);
  if (!day.ok || day.value.length < 7) return undefined;
  return { year: fiscalYearOf(day.value), written, isWhole: /-04(?:-01)?$/.test(day.value) };
}

/** Both ends to the month or day. */
function readMonths(typed: string, from: string | undefined, to: string | undefined): Reading<FiscalYears> | undefined {
  if (from === undefined || to === undefined) return undefined;
  const [first, last] = [readPartialDate(from), readPartialDate(to)];
  if (!first.ok || !last.ok || first.value.length < 7 || last.value.length < 7) return undefined;
  return converted(typed, { from: fiscalYearOf(first.value), to: fiscalYearOf(last.value) });
}

/** `era` is that of the year before it, which 5 in 令和3〜5年度 takes over. */
function readFiscalYear(typed: string, era: Era | undefined): Reading<{ year: number; era: Era | undefined }> {
  const groups = YEAR.exec(typed)?.groups;
  const digits = groups?.['year'];
  if (groups === undefined || digits === undefined) return notFiscalYears();
  const ownEra = eraCalled(groups['era']);
  if (digits.length === 4) {
    return ownEra === undefined ? inCalendar(Number(digits), undefined) : notFiscalYears();
  }
  const eraMeant = ownEra ?? era;
  if (eraMeant === undefined) {
    return unreadable(
      'era-missing',
      '元号がありません。「令和3年度〜令和5年度」または「2021〜2023」のように入力してください。',
    );
  }
  const year = gregorianYear(eraMeant, digits);
  if (isoDate(year) < eraMeant.from.slice(0, 4)) {
    return unreadable('before-era', `${eraMeant.name}の年度は元年度からです。元号と年度を確かめてください。`);
  }
  return inCalendar(year, eraMeant);
}

function inCalendar(year: number, era: Era | undefined): Reading<{ year: number; era: Era | undefined }> {
  return year < FIRST_YEAR || year > LAST_YEAR
    ? unreadable('year-out-of-range', `年度は${FIRST_YEAR}年度から${LAST_YEAR}年度までで入力してください。`)
    : read({ year, era }, era === undefined ? undefined : pastEra(year, era));
}

function pastEra(year: number, era: Era): ReadingNotice | undefined {
  return isoDate(year, 4, 1) <= era.until
    ? undefined
    : {
        code: 'past-era',
        message: `${era.name}の終わりより後の年度は、${printFiscalYear(year)}のように読み取りました。`,
      };
}

function notFiscalYears(): Unreadable {
  return unreadable(
    'not-fiscal-years',
    '年度の期間として読み取れません。「令和3年度〜令和5年度」または「2021〜2023」のように入力してください。',
  );
}

/** A span of fiscal years as people read it: `令和3年度〜令和5年度`, and one alone where both ends are the same. */
export function printFiscalYears(value: FiscalYears): string {
  const to = printFiscalYear(value.to);
  return value.from === value.to ? to : `${printFiscalYear(value.from)}〜${to}`;
}
