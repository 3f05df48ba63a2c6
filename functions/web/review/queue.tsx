/** What waits for a decision, split: returns in which something stands out, each with why, and the rest. */

import type { Hono } from 'hono';
import type { Round } from '../../../schemas/round.ts';
import { isLate } from '../../domain/due-date.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { DateTime } from '../shared/time.tsx';
import { page } from '../shared/layout.tsx';
import { roundAdmitted } from '../shared/admission.tsx';
import { Behind } from '../shared/notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { Table } from '../shared/table.tsx';
import type { Column } from '../shared/table.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { JustAccepted } from './just-accepted.tsx';
import { largeChange } from './remarks.ts';
import { roundView } from './round-view.ts';
import { chosenOf, weigh } from './several.ts';
import type { Weighed } from './several.ts';
import { filterClasses, kindsAmong, readUnitQuery, selectUnits, writeUnitQuery } from './tracked-units.ts';
import type { TrackedUnit } from './tracked-units.ts';
import { UnitFilter } from './unit-filter.tsx';

/** As many are read and examined for one page; the others come once these are decided. */
const mostWeighed = 500;

type Waiting = TrackedUnit & Pick<Weighed, 'remarks'>;

interface GroupProps {
  readonly visit: Visit;
  readonly round: Round;
  readonly suffix: string;
  readonly rows: readonly Waiting[];
  /** Of the heading. */
  readonly id: string;
  readonly title: string;
  readonly all: string;
}

function valueOf({ form, unit, standing }: TrackedUnit): string {
  return `${form.id}/${unit}/${standing.version}`;
}

function Group({ visit, round, suffix, rows, id, title, all }: GroupProps) {
  const { paths } = visit;
  const action = paths.decisions(round.id) + suffix;
  const canDecide = mayDo(visit, 'return.decide');
  const pick: Column<Waiting> = {
    heading: '選択',
    cell: (row) => (
      <input type="checkbox" name="return" value={valueOf(row)} aria-label={`${row.name} ${row.form.title}を選ぶ`} />
    ),
  };
  const reasons: Column<Waiting> = {
    heading: '確認する理由',
    class: 'nowrap',
    cell: ({ remarks }) => remarks.map((remark) => <div>{remark}</div>),
  };
  const table = (
    <Table
      rows={rows}
      columns={[
        ...(canDecide ? [pick] : []),
        {
          heading: '名称',
          isName: true,
          cell: ({ form, unit, name }) => (
            <a href={paths.review({ round: round.id, form: form.id, unit }) + suffix}>{name}</a>
          ),
        },
        ...(rows.some(({ remarks }) => remarks.length > 0) ? [reasons] : []),
        { heading: '調査票', class: 'nowrap', cell: ({ form }) => form.title },
        {
          heading: '提出日時',
          class: 'nowrap',
          cell: ({ standing }) => (
            <>
              {standing.submittedAt !== undefined && <DateTime at={new Date(standing.submittedAt)} />}
              {isLate(standing, standing) && ' 期限後'}
            </>
          ),
        },
      ]}
    />
  );
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title}（{rows.length}件）
      </h2>
      {rows.length === 0 && <p>ありません。</p>}
      {rows.length > 0 && !canDecide && table}
      {rows.length > 0 && canDecide && (
        <>
          <form method="post" action={action}>
            <CsrfField visit={visit} />
            {rows.map((row) => (
              <input type="hidden" name="return" value={valueOf(row)} />
            ))}
            <div class="button-row">
              <Button>
                {all}
                {rows.length}件をまとめて確認する
              </Button>
            </div>
          </form>
          <form method="post" action={action}>
            <CsrfField visit={visit} />
            {table}
            <div class="button-row">
              <Button kind="secondary">選んだ回答をまとめて確認する</Button>
            </div>
          </form>
        </>
      )}
    </section>
  );
}

async function queuePage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { paths } = visit;
  const view = await roundView(visit, round);
  const query = readUnitQuery({ ...c.req.query(), list: 'queue' });
  const suffix = writeUnitQuery(query);
  const waiting = selectUnits(view.units, query);
  const shown = waiting.slice(0, mostWeighed);
  const weighed = await weigh(
    visit,
    view,
    shown.flatMap((unit) => chosenOf(unit, view)),
  );
  const remarks = new Map(weighed.map((each) => [`${each.form.id}/${each.unit.code}`, each.remarks]));
  const rows = shown.map((unit): Waiting => ({ ...unit, remarks: remarks.get(`${unit.form.id}/${unit.unit}`) ?? [] }));
  const group = { visit, round, suffix };
  return page(
    c,
    { title: '確認を待っている回答', wide: true },
    <>
      <RoundNav paths={paths} round={round} current="round" trail={[{ label: '確認を待っている回答' }]} />
      <JustAccepted visit={visit} view={view} named={c.req.query('accepted')} suffix={suffix} />
      <h1>確認を待っている回答</h1>
      <Behind isBehind={view.state.isBehind} />
      <p>
        理由のある確認事項、他の回答・名簿との不一致、公表される記述、差戻し後の再提出、職権訂正、又は前回から
        {largeChange}
        %を超える項目の変更がある回答を「要確認」に、そのほかを「特記事項なし」に分けています（割合は小数点以下を四捨五入）。
      </p>
      <UnitFilter
        action={paths.queue(round.id)}
        query={query}
        forms={view.forms}
        kinds={kindsAmong(view.directory, view.units)}
        classes={filterClasses(view.directory)}
      />
      {waiting.length > shown.length && (
        <p>
          全部で{waiting.length}件あります。はじめの{shown.length}件を表示しています。
        </p>
      )}
      <Group
        {...group}
        id="remarkable"
        title="要確認"
        all="要確認の"
        rows={rows.filter((row) => row.remarks.length > 0)}
      />
      <Group
        {...group}
        id="unremarkable"
        title="特記事項なし"
        all="特記事項のない"
        rows={rows.filter((row) => row.remarks.length === 0)}
      />
      <p>
        <a href={paths.round(round.id)}>回答の一覧（すべての状況）</a>
      </p>
    </>,
  );
}

export function queuePages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/queue', roundAdmitted('prefecture.read', queuePage));
}
