/** A round: how far it has come, and the table of its returns. */

import type { Hono } from 'hono';
import type { ReturnState } from '../../../schemas/return.ts';
import { phaseAt } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { isLate } from '../../domain/due-date.ts';
import { Button, ButtonLink } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { StateTag } from '../shared/state-tag.tsx';
import { DateTime, DaysLeft } from '../shared/time.tsx';
import { withParameters } from '../shared/address.ts';
import { page } from '../shared/layout.tsx';
import { roundAdmitted } from '../shared/admission.tsx';
import { Pager, pageOfList } from '../shared/pager.tsx';
import { Behind } from '../shared/notice.tsx';
import { formerReturns } from '../../domain/former-returns.ts';
import { FormerReturns, formerReturnsRule } from '../shared/former-returns.tsx';
import { contactFinder } from '../../service/contacts.ts';
import { UnitContactView } from '../shared/unit-contact.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { lacksForms } from '../../../schemas/round-forms.ts';
import { NotDeployed } from '../shared/not-deployed.tsx';
import { roundView } from './round-view.ts';
import type { RoundView } from './round-view.ts';
import { StateBar, StateLegend, shortStates, statesInOrder } from './state-bar.tsx';
import {
  countStates,
  filterClasses,
  isAskedAfter,
  kindsAmong,
  kindsOfUnit,
  readUnitQuery,
  selectUnits,
  unitsPerPage,
  writeUnitQuery,
} from './tracked-units.ts';
import type { TrackedUnit, UnitQuery } from './tracked-units.ts';
import { UnitFilter } from './unit-filter.tsx';
import { DraftNotice } from '../shared/draft-notice.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { phases } from './prefecture-home.tsx';
import { Table } from '../shared/table.tsx';
import type { Column } from '../shared/table.tsx';

/** Counted in its state, and apart. */
function isAbsent({ standing }: TrackedUnit): boolean {
  return standing.absence !== undefined;
}

function Numbers({ view, visit: { paths } }: { view: RoundView; visit: Visit }) {
  const { round, forms, units } = view;
  const rows = [
    ...(forms.length > 1 ? [{ label: '全体', form: undefined, counted: units }] : []),
    ...forms.map((form) => ({
      label: form.title,
      form: form.id,
      counted: units.filter((unit) => unit.form.id === form.id),
    })),
  ];
  const link = (state: (typeof statesInOrder)[number], form: string | undefined): string =>
    paths.round(round.id) + writeUnitQuery({ state, form, search: '', order: 'directory', page: 1 });
  return (
    <section aria-labelledby="numbers">
      <h2 id="numbers">提出の状況</h2>
      <StateBar counts={countStates(units)} label={round.name} />
      <StateLegend />
      <Table
        rows={rows.map((row) => ({ ...row, counts: countStates(row.counted) }))}
        columns={[
          { heading: '調査票', isName: true, cell: ({ label }) => label },
          { heading: '対象', isNumber: true, cell: ({ counted }) => counted.length },
          ...statesInOrder.map((state): Column<(typeof rows)[number] & { counts: Record<ReturnState, number> }> => ({
            heading: shortStates[state],
            isNumber: true,
            cell: ({ form, counts }) => (counts[state] === 0 ? '0' : <a href={link(state, form)}>{counts[state]}</a>),
          })),
          ...(units.some(isAbsent)
            ? [
                {
                  heading: '回答なし（再掲）',
                  isNumber: true,
                  cell: ({ counted }: (typeof rows)[number]) => counted.filter(isAbsent).length,
                },
              ]
            : []),
        ]}
      />
    </section>
  );
}

const choosing: Column<TrackedUnit> = {
  heading: '選択',
  cell: ({ form, unit, name, standing: { state, version } }) =>
    state === 'submitted' && (
      <input
        type="checkbox"
        name="return"
        value={`${form.id}/${unit}/${version}`}
        aria-label={`${name} ${form.title}を選ぶ`}
      />
    ),
};

function Returns({
  round,
  visit,
  list,
  selected,
  query,
  contactOf,
  kinds,
}: {
  round: Round;
  visit: Visit;
  list: ReturnType<typeof pageOfList<TrackedUnit>>;
  selected: readonly TrackedUnit[];
  query: UnitQuery;
  contactOf: Awaited<ReturnType<typeof contactFinder>>;
  kinds: ReadonlyMap<string, string>;
}) {
  const { paths } = visit;
  const suffix = writeUnitQuery(query);
  const canDecide = mayDo(visit, 'return.decide');
  const contactColumn: Column<TrackedUnit> = {
    heading: '連絡先',
    cell: (each) => isAskedAfter(each) && <UnitContactView contact={contactOf(each.form, each.unit)} />,
  };
  const submitted = selected.filter(({ standing }) => standing.state === 'submitted').length;
  const total = selected.length;
  if (total === 0) return <p>条件に合う回答はありません。</p>;
  const rows = (
    <>
      <Table
        caption={`${total}件${list.pages > 1 ? `（${list.page} / ${list.pages} ページ）` : ''}`}
        rows={list.shown}
        columns={[
          ...(canDecide ? [choosing] : []),
          {
            heading: '名称',
            isName: true,
            cell: ({ form, unit, name }) => (
              <a href={paths.review({ round: round.id, form: form.id, unit }) + suffix}>{name}</a>
            ),
          },
          { heading: '区分', cell: ({ kind }) => kinds.get(kind) ?? kind },
          { heading: '調査票', cell: ({ form }) => form.title },
          {
            heading: '状況',
            cell: ({ standing: { state, absence } }) => (
              <>
                <StateTag state={state} names={shortStates} />
                {absence !== undefined && ' 回答なし'}
              </>
            ),
          },
          {
            heading: '提出日時',
            cell: ({ standing, isOverdue }) => (
              <>
                {standing.submittedAt !== undefined && <DateTime at={new Date(standing.submittedAt)} />}
                {isLate(standing, standing) && ' 期限後'}
                {isOverdue && '期限超過'}
                {standing.extension !== undefined && (
                  <span class="hint">
                    期限延長 <DateTime at={standing.extension.dueAt} />
                  </span>
                )}
              </>
            ),
          },
          { heading: '版', isNumber: true, cell: ({ standing: { version } }) => version || '' },
          ...(list.shown.some(isAskedAfter) ? [contactColumn] : []),
        ]}
      />
      {canDecide && submitted > 0 && (
        <div class="button-row">
          <Button kind="secondary">選んだ回答をまとめて確認する</Button>
          <Button kind="secondary" name="all" value="yes">
            条件に合う提出済の{submitted}件すべてを確認する
          </Button>
          <span class="hint">次の画面で内容を確かめてから確認済にします。</span>
        </div>
      )}
    </>
  );
  if (!canDecide) return rows;
  return (
    <form method="post" action={paths.decisions(round.id) + suffix}>
      <CsrfField visit={visit} />
      {rows}
    </form>
  );
}

async function roundPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { paths, now } = visit;
  const view = await roundView(visit, round);
  const query = readUnitQuery(c.req.query());
  const selected = selectUnits(view.units, query);
  const list = pageOfList(selected, query.page, unitsPerPage);
  const former = formerReturns(view.forms, view.directory, view.state);
  const phase = phaseAt(round, now);
  const contactOf = await contactFinder(visit.service.store, view.directory);
  const notes = (await visit.service.store.notes()).filter(
    ({ kind, about }) => kind === 'round' && about === round.id,
  ).length;
  const waiting = view.units.filter(({ standing }) => standing.state === 'submitted').length;
  return page(
    c,
    { title: round.name, wide: true },
    <>
      <RoundNav paths={paths} round={round} current="round" />
      <h1>{round.name}</h1>
      {lacksForms(visit.service.forms, round) && <NotDeployed round={round} />}
      {round.draft && mayDo(visit, 'rounds.write') && <DraftNotice visit={visit} round={round} />}
      <p>
        {phases[phase]}　受付開始 <DateTime at={round.opensAt} />
        {'　'}提出期限 <DateTime at={round.dueAt} />{' '}
        {(phase === 'open' || phase === 'late') && <DaysLeft dueAt={round.dueAt} now={now} />}
      </p>
      <p>
        <a href={withParameters(paths.notes, { about: `round/${round.id}` })}>この調査の引継メモ（{notes}件）</a>
      </p>
      <Behind isBehind={view.state.isBehind} />
      <Numbers view={view} visit={visit} />
      {waiting > 0 && (
        <p>
          <ButtonLink kind="primary" href={paths.queue(round.id)}>
            確認を待っている{waiting}件を見る
          </ButtonLink>
        </p>
      )}
      <section aria-labelledby="returns">
        <h2 id="returns">回答の一覧</h2>
        <UnitFilter
          action={paths.round(round.id)}
          query={query}
          forms={view.forms}
          kinds={kindsAmong(view.directory, view.units)}
          classes={filterClasses(view.directory)}
        />
        <Returns
          round={round}
          visit={visit}
          list={list}
          selected={selected}
          query={{ ...query, page: list.page }}
          contactOf={contactOf}
          kinds={kindsOfUnit(view.directory)}
        />
        <Pager
          page={list.page}
          pages={list.pages}
          label="回答の一覧のページ"
          hrefOf={(number) => paths.round(round.id) + writeUnitQuery({ ...query, page: number })}
        />
      </section>
      {former.length > 0 && (
        <details>
          <summary>対象でなくなった団体の回答（{former.length}件）</summary>
          <p>{formerReturnsRule}</p>
          <FormerReturns returns={former} hrefOf={({ form, unit }) => paths.review({ round: round.id, form, unit })} />
        </details>
      )}
    </>,
  );
}

/** A municipality's round page, if it has one, is registered elsewhere: this one is the prefecture's. */
export function roundPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round', roundAdmitted('prefecture.read', roundPage));
}
