/** The log of a round: who did what when, newest first, filtered by what happened, by unit and by person. */

import type { Hono } from 'hono';
import { unitsByCode } from '../../../schemas/directory.ts';
import type { Round } from '../../../schemas/round.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import { directoriesOf } from '../../service/service.ts';
import { searchLog } from '../../service/log-search.ts';
import type { LogPageEntry } from '../../storage/log.ts';
import { Button } from '../components/button.tsx';
import { DateTime } from '../components/time.tsx';
import { page } from '../layout.tsx';
import { withParameters } from '../reviewing/address.ts';
import { refusalPage, roundAdmitted } from '../reviewing/admission.tsx';
import { describe, isWanted, readLogFilter, whats } from '../reviewing/log-lines.ts';
import type { LogFilter } from '../reviewing/log-lines.ts';
import { Pager } from '../reviewing/pager.tsx';
import { RoundNav } from '../reviewing/round-nav.tsx';
import type { Visit, WebContext, WebEnv } from '../visit.ts';

const entriesPerPage = 100;

type NameOf = (form: string, unit: string) => string;

async function namesOf({ service }: Visit, round: Round): Promise<{ nameOf: NameOf; titleOf: (form: string) => string }> {
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

function Filter({ action, filter }: { action: string; filter: LogFilter }) {
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
      <div class="filter__field filter__field--button">
        <Button kind="secondary">絞り込む</Button>
        <a href={action}>条件を解除</a>
      </div>
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

async function logPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const filter = readLogFilter(c.req.query());
  const { nameOf, titleOf } = await namesOf(visit, round);
  const found = await searchLog(service, round.id, (entry) => isWanted(entry, filter, nameOf));
  if (!found.ok) return refusalPage(c, found.problem);
  const pages = Math.max(1, Math.ceil(found.value.length / entriesPerPage));
  const number = Math.min(Math.max(1, Math.trunc(Number(c.req.query('page') ?? 1)) || 1), pages);
  const shown = found.value.slice((number - 1) * entriesPerPage, number * entriesPerPage);
  const action = paths.log(round.id);
  return page(
    c,
    { title: '履歴', wide: true },
    <>
      <RoundNav paths={paths} round={round} current="log" />
      <h1>履歴</h1>
      <p>新しい順に表示しています。番号は状態が変わった順の通し番号で、閲覧等には付きません。</p>
      <Filter action={action} filter={filter} />
      {shown.length === 0 ? (
        <p>条件に合う履歴はありません。</p>
      ) : (
        <div class="table-scroll">
          <table class="table--compact">
            <caption>{found.value.length}件</caption>
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
              {shown.map((entry) => {
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
        </div>
      )}
      <Pager
        page={number}
        pages={pages}
        label="履歴のページ"
        hrefOf={(to) =>
          withParameters(action, { what: filter.what, unit: given(filter.unit), person: given(filter.person), page: String(to) })
        }
      />
    </>,
  );
}

export function logPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/log', roundAdmitted('log.read', logPage));
}
