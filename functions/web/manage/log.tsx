/** The log of a round: who did what when, newest first, filtered by what happened, by unit, by person and by day. */

import type { Hono } from 'hono';
import { unitsByCode } from '../../../schemas/directory.ts';
import { clockInJapan } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import type { Form } from '../../../schemas/form.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import { firstCharacters, isLongerThan } from '../../../schemas/values/text.ts';
import { excelText } from '../../domain/spreadsheet.ts';
import { byteOrderMark, csvText } from '../../platform/csv-text.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { directoriesOf } from '../../service/service.ts';
import { searchLog } from '../../service/log-search.ts';
import type { LogPageEntry } from '../../storage/log.ts';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { InlineError } from '../shared/inline-error.tsx';
import { DateTime } from '../shared/time.tsx';
import { csvFile } from '../shared/csv-file.ts';
import { page } from '../shared/layout.tsx';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { describe, describeAll, foldDownloads, isWanted, readLogFilter, wantedWhats } from './log-lines.ts';
import type { LogFilter } from './log-lines.ts';
import { readLogPeriod } from './log-period.ts';
import type { LogPeriod } from './log-period.ts';
import { Behind } from '../shared/notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { Table } from '../shared/table.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { FilterForm, FilterField, FilterSearch, FilterSelect, filterId } from '../shared/filter-field.tsx';
import { Ways } from '../shared/ways.tsx';

const entriesPerPage = 100;

type NameOf = (form: string, unit: string) => string;

interface Names {
  readonly nameOf: NameOf;
  readonly titleOf: (form: string) => string;
  readonly forms: readonly Form[];
  /** The questions that a return was sent back for. */
  readonly questionsOf: (entry: LogPageEntry) => string;
}

/** Of many, so that a line stays one. */
const mostQuestions = 5;

async function namesOf({ service }: Visit, round: Round): Promise<Names> {
  const directories = await directoriesOf(service.store, round);
  const forms = new Map(formsOf(service.forms, round).map((form) => [form.id, form]));
  return {
    nameOf: (form, unit) => {
      const units = forms.get(form)?.units;
      const found = units === undefined ? undefined : directories.find((each) => unitsByCode(each, units).has(unit));
      return found === undefined || units === undefined ? unit : (unitsByCode(found, units).get(unit)?.name ?? unit);
    },
    titleOf: (form) => forms.get(form)?.title ?? form,
    forms: [...forms.values()],
    questionsOf: (entry) => {
      const form = entry.what === 'returned' ? forms.get(entry.return.form) : undefined;
      const asked = entry.what === 'returned' ? (entry.after.sentBack?.questions ?? []) : [];
      if (form === undefined || asked.length === 0) return '';
      const named = asked.slice(0, mostQuestions).map(({ path }) => placeLabel({ form }, {}, path));
      return `（${named.join('、')}${asked.length > mostQuestions ? ` ほか${asked.length - mostQuestions}件` : ''}）`;
    },
  };
}

const dayLabels = { from: 'いつから', to: 'いつまで' } as const;

interface DayFieldProps {
  readonly name: 'from' | 'to';
  readonly period: LogPeriod;
}

function DayField({ name, period: { typed, errors } }: DayFieldProps) {
  const id = filterId(name);
  const error = errors.get(name);
  return (
    <FilterField name={name} label={dayLabels[name]} isWrong={error !== undefined}>
      {error !== undefined && <InlineError id={`${id}-error`} message={error} />}
      <input
        class="input"
        type="text"
        id={id}
        name={name}
        value={typed[name]}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={error === undefined ? 'log-days' : `log-days ${id}-error`}
      />
    </FilterField>
  );
}

function Filter({ action, filter, period }: { action: string; filter: LogFilter; period: LogPeriod }) {
  return (
    <FilterForm
      action={action}
      label="履歴の絞り込み"
      hint={
        <p class="hint filter__hint" id="log-days">
          日付は「令和6年11月1日」「R6.11.1」「2024/11/1」のいずれでも入力できます。年だけ、年月だけでも構いません。
        </p>
      }
    >
      <FilterSelect
        name="what"
        label="できごと"
        all="すべて"
        options={Object.entries(wantedWhats)}
        selected={filter.what}
      />
      <FilterSearch name="unit" label="市町村・協議会" value={filter.unit} />
      <FilterSearch name="person" label="だれが" value={filter.person} />
      <DayField name="from" period={period} />
      <DayField name="to" period={period} />
    </FilterForm>
  );
}

/** A parameter that is worth carrying along. */
function given(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** In characters: a longer reason would push the other entries off the page. */
const longestLine = 120;
const shownOfLonger = 60;

function Line({ text }: { readonly text: string }) {
  if (!isLongerThan(text, longestLine)) return <>{text}</>;
  return (
    <details>
      <summary>{firstCharacters(text, shownOfLonger)}…</summary>
      <p class="preserved">{text}</p>
    </details>
  );
}

interface EntriesProps {
  readonly entries: readonly LogPageEntry[];
  readonly names: Names;
  readonly round: Round;
  readonly paths: Visit['paths'];
}

function Entries({ entries, names: { nameOf, titleOf, questionsOf, forms }, round, paths }: EntriesProps) {
  if (entries.length === 0) return <p>条件に合う履歴はありません。</p>;
  return (
    <Table
      label="履歴の表"
      rows={foldDownloads(entries, forms)}
      columns={[
        { heading: '番号', isNumber: true, cell: ({ entry }) => ('seq' in entry ? entry.seq : '') },
        { heading: '日時', class: 'nowrap', cell: ({ entry: { at } }) => <DateTime at={new Date(at)} /> },
        { heading: 'だれが', cell: ({ entry: { actor } }) => actor },
        {
          heading: '対象',
          cell: ({ entry }) =>
            'return' in entry &&
            entry.return !== undefined && (
              <a href={paths.review({ round: round.id, ...entry.return })}>
                {nameOf(entry.return.form, entry.return.unit)} {titleOf(entry.return.form)}
              </a>
            ),
        },
        {
          heading: 'できごと',
          cell: ({ entry, files }) => (
            <>
              <Line text={files.length > 0 ? describeAll(entry) : describe(entry, forms)} />
              {questionsOf(entry)}
              {files.length > 0 && (
                <details>
                  <summary>{files.length}ファイル</summary>
                  <ul>
                    {files.map((file) => (
                      <li>{file}</li>
                    ))}
                  </ul>
                </details>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

/** There is no counting in advance: the log is read from its newest end as far as it is shown. What fits on one page is counted. */
function OlderAndNewest({
  newest,
  older,
}: {
  readonly newest: string | undefined;
  readonly older: string | undefined;
}) {
  if (newest === undefined && older === undefined) return <></>;
  return (
    <Ways label="履歴のページ" next={older === undefined ? undefined : { href: older, label: 'これより古い履歴' }}>
      {newest !== undefined && <a href={newest}>最も新しい履歴に戻る</a>}
    </Ways>
  );
}

/** Of so many entries, newest first: a round of a whole country has fewer in a year. */
const mostInFile = 50_000;

interface LogFile {
  readonly entries: readonly LogPageEntry[];
  readonly names: Names;
  readonly round: Round;
}

/** For Excel: times as it reads them, in Japan. */
function spreadsheet({ entries, names: { nameOf, titleOf, questionsOf, forms }, round }: LogFile): Response {
  const rows = entries.map((entry) => {
    const of = 'return' in entry ? entry.return : undefined;
    const cells = [
      entry.actor,
      of === undefined ? '' : nameOf(of.form, of.unit),
      of === undefined ? '' : titleOf(of.form),
      `${describe(entry, forms)}${questionsOf(entry)}`,
    ];
    const time = clockInJapan(new Date(entry.at)).replace('T', ' ');
    return ['seq' in entry ? String(entry.seq) : '', time, ...cells.map(excelText)];
  });
  const headings = ['番号', '日時', 'だれが', '団体', '調査票', 'できごと'];
  return csvFile(byteOrderMark + csvText([headings, ...rows]), `履歴_${round.name}.csv`, 'log.csv');
}

async function logPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const query = c.req.query();
  const filter = readLogFilter(query);
  const period = readLogPeriod(query);
  const { errors, typed } = period;
  const names = await namesOf(visit, round);
  const { what, unit, person } = filter;
  const action = paths.log(round.id);
  const filtered = withParameters(action, {
    what,
    unit: given(unit),
    person: given(person),
    from: given(typed.from),
    to: given(typed.to),
  });
  const isFile = query['as'] === 'csv' && errors.size === 0;
  const cursor = isFile ? undefined : query['cursor'];
  const found =
    errors.size > 0
      ? undefined
      : await searchLog(service, round.id, {
          isWanted: (entry) => isWanted(entry, filter, names.nameOf),
          isFiltered: isFile || what !== undefined || unit !== '' || person !== '' || period.until !== undefined,
          from: period.from,
          until: period.until,
          cursor,
          count: isFile ? mostInFile : entriesPerPage,
        });
  if (found !== undefined && !found.ok) return refusalPage(c, found.problem);
  if (isFile && found !== undefined) return spreadsheet({ entries: found.value.entries, names, round });
  const next = found?.value.next;
  const isAll = cursor === undefined && next === undefined;
  return page(
    c,
    { title: '履歴', wide: true, hasErrors: errors.size > 0, status: errors.size > 0 ? 422 : 200 },
    <>
      <RoundNav paths={paths} round={round} current="log" />
      {errors.size > 0 && (
        <ErrorSummary
          errors={[...errors].map(([name, message]) => ({
            href: `#${filterId(name)}`,
            message: `「${dayLabels[name]}」：${message}`,
          }))}
        />
      )}
      <h1>履歴</h1>
      <p>
        新しい順に、{entriesPerPage}件ずつ表示しています。番号は状態が変わった順の通し番号で、閲覧等には付きません。
      </p>
      <Behind isBehind={found?.value.isBehind} />
      <Filter action={action} filter={filter} period={period} />
      <p>
        <a href={withParameters(filtered, { as: 'csv' })} download>
          この条件の履歴をExcel用のCSVで保存する
        </a>
      </p>
      {found !== undefined && isAll && found.value.entries.length > 0 && (
        <p>条件に合う履歴は、全部で{found.value.entries.length}件です。</p>
      )}
      {found !== undefined && <Entries entries={found.value.entries} names={names} round={round} paths={paths} />}
      <OlderAndNewest
        newest={cursor === undefined ? undefined : filtered}
        older={next === undefined ? undefined : withParameters(filtered, { cursor: next })}
      />
    </>,
  );
}

export function logPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/log', roundAdmitted('log.read', logPage));
}
