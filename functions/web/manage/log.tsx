/** The log of a round: who did what when, newest first, filtered by what happened, by unit, by person and by day. */

import type { Hono } from 'hono';
import { unitsByCode } from '../../../schemas/directory.ts';
import type { Round } from '../../../schemas/round.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import { directoriesOf } from '../../service/service.ts';
import { searchLog } from '../../service/log-search.ts';
import type { LogPageEntry } from '../../storage/log.ts';
import { Button } from '../shared/button.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { InlineError } from '../shared/inline-error.tsx';
import { DateTime } from '../shared/time.tsx';
import { page } from '../shared/layout.tsx';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { describe, isWanted, readLogFilter, whats } from './log-lines.ts';
import type { LogFilter } from './log-lines.ts';
import { readLogPeriod } from './log-period.ts';
import type { LogPeriod } from './log-period.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { ScrollRegion } from '../shared/scroll-region.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const entriesPerPage = 100;

type NameOf = (form: string, unit: string) => string;

interface Names {
  readonly nameOf: NameOf;
  readonly titleOf: (form: string) => string;
}

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
  };
}

const dayLabels = { from: 'いつから', to: 'いつまで' } as const;

interface DayFieldProps {
  readonly name: 'from' | 'to';
  readonly period: LogPeriod;
}

function DayField({ name, period: { typed, errors } }: DayFieldProps) {
  const id = `log-${name}`;
  const error = errors.get(name);
  return (
    <div class={error === undefined ? 'filter__field' : 'filter__field form-group--error'}>
      <label class="label" for={id}>
        {dayLabels[name]}
      </label>
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
    </div>
  );
}

function Filter({ action, filter, period }: { action: string; filter: LogFilter; period: LogPeriod }) {
  return (
    <form class="filter no-print" method="get" action={action} role="search" aria-label="履歴の絞り込み">
      <div class="filter__field">
        <label class="label" for="log-what">
          できごと
        </label>
        <select class="select" id="log-what" name="what">
          <option value="">すべて</option>
          {Object.entries(whats).map(([what, label]) => (
            <option value={what} selected={what === filter.what}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div class="filter__field">
        <label class="label" for="log-unit">
          市町村・協議会
        </label>
        <input class="input" type="search" id="log-unit" name="unit" value={filter.unit} />
      </div>
      <div class="filter__field">
        <label class="label" for="log-person">
          だれが
        </label>
        <input class="input" type="search" id="log-person" name="person" value={filter.person} />
      </div>
      <DayField name="from" period={period} />
      <DayField name="to" period={period} />
      <div class="filter__field filter__field--button">
        <Button kind="secondary">絞り込む</Button>
        <a href={action}>条件を解除</a>
      </div>
      <p class="hint filter__hint" id="log-days">
        日付は「令和6年11月1日」「R6.11.1」「2024/11/1」のいずれでも入力できます。年だけ、年月だけでも構いません。
      </p>
    </form>
  );
}

interface EntryProps {
  readonly entry: LogPageEntry;
  readonly about: string;
  readonly href: string | undefined;
}

function Entry({ entry, about, href }: EntryProps) {
  return (
    <tr>
      <td class="number">{'seq' in entry ? entry.seq : ''}</td>
      <td class="nowrap">
        <DateTime at={new Date(entry.at)} />
      </td>
      <td>{entry.actor}</td>
      <td>{href === undefined ? about : <a href={href}>{about}</a>}</td>
      <td>{describe(entry)}</td>
    </tr>
  );
}

/** A parameter that is worth carrying along. */
function given(text: string): string | undefined {
  return text === '' ? undefined : text;
}

interface EntriesProps {
  readonly entries: readonly LogPageEntry[];
  readonly names: Names;
  readonly round: Round;
  readonly paths: Visit['paths'];
}

function Entries({ entries, names: { nameOf, titleOf }, round, paths }: EntriesProps) {
  if (entries.length === 0) return <p>条件に合う履歴はありません。</p>;
  return (
    <ScrollRegion label="履歴の表">
      <table class="table--compact">
        <thead>
          <tr>
            <th scope="col" class="number">
              番号
            </th>
            <th scope="col">日時</th>
            <th scope="col">だれが</th>
            <th scope="col">対象</th>
            <th scope="col">できごと</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const place = 'return' in entry ? entry.return : undefined;
            return (
              <Entry
                entry={entry}
                about={place === undefined ? '' : `${nameOf(place.form, place.unit)} ${titleOf(place.form)}`}
                href={place === undefined ? undefined : paths.review({ round: round.id, ...place })}
              />
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
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
    <nav class="pager no-print" aria-label="履歴のページ">
      {newest !== undefined && <a href={newest}>最も新しい履歴に戻る</a>}
      {older !== undefined && (
        <a href={older} rel="next">
          これより古い履歴
        </a>
      )}
    </nav>
  );
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
  const cursor = query['cursor'];
  const found =
    errors.size > 0
      ? undefined
      : await searchLog(service, round.id, {
          isWanted: (entry) => isWanted(entry, filter, names.nameOf),
          isFiltered: what !== undefined || unit !== '' || person !== '' || period.until !== undefined,
          from: period.from,
          until: period.until,
          cursor,
          count: entriesPerPage,
        });
  if (found !== undefined && !found.ok) return refusalPage(c, found.problem);
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
            href: `#log-${name}`,
            message: `「${dayLabels[name]}」：${message}`,
          }))}
        />
      )}
      <h1>履歴</h1>
      <p>
        新しい順に、{entriesPerPage}件ずつ表示しています。番号は状態が変わった順の通し番号で、閲覧等には付きません。
      </p>
      <Filter action={action} filter={filter} period={period} />
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
