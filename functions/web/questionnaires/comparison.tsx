/** What changed in a questionnaire since another version of it, and what that does to comparing the years. */

import type { Hono } from 'hono';
import type { Form } from '../../../schemas/form.ts';
import { compareForms } from '../../domain/form-comparison.ts';
import { findForm } from '../../service/forms.ts';
import type { FoundForm } from '../../service/forms.ts';
import { refusalPage } from '../shared/admission.tsx';
import { page } from '../shared/layout.tsx';
import { Table } from '../shared/table.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { FormTrail, formAdmitted } from './questionnaires.tsx';

interface Line {
  readonly what: string;
  readonly question: string;
  readonly detail: string;
  readonly effect: string;
}

const same = '前回と比べられます。';
const notCompared = '前回とは比べません。';

function labelIn({ items }: Form, id: string): string {
  const definition = items.get(id)?.definition;
  return definition === undefined ? id : [definition.number ?? [], definition.label].flat().join(' ');
}

/** What it stands in. */
function placeIn(form: Form, id: string): string {
  const keys = id.split('.').slice(0, -1);
  return keys.map((_, index) => form.items.get(keys.slice(0, index + 1).join('.'))?.definition.label ?? '').join('：');
}

/** In the order in which an officer asks: what is new, what is gone, what means something else. */
function linesOf(before: Form, now: Form): Line[] {
  const changes = compareForms(before, now);
  const line = (what: string, question: string, detail: string, effect: string): Line => ({
    what,
    question,
    detail,
    effect,
  });
  const named = ({ number, label }: { number?: string | undefined; label: string }): string =>
    [number, label].filter((part) => part !== undefined).join(' ');
  return [
    ...changes.added.map((each) => line('追加', named(each), '', '前回の値はありません。')),
    ...changes.retired.map((each) => line('廃止', named(each), '', '今回の値はありません。')),
    ...changes.changed.map(({ what, ...each }) => line('意味の変更', named(each), what, notCompared)),
    ...changes.options.flatMap(({ added, retired, relabelled, ...each }) => [
      ...added.map(({ label }) => line('選択肢の追加', named(each), label, 'この選択肢には前回の値がありません。')),
      ...retired.map(({ label }) => line('選択肢の廃止', named(each), label, 'この選択肢には今回の値がありません。')),
      ...relabelled.map(({ from, to }) => line('選択肢の名称の変更', named(each), `${from} → ${to}`, same)),
    ]),
    ...changes.relabelled.map(({ id, from, to }) => line('名称の変更', labelIn(now, id), `${from} → ${to}`, same)),
    ...changes.moved.map(({ from, to }) =>
      line('移動', labelIn(now, to), `${placeIn(before, from)} → ${placeIn(now, to)}`, same),
    ),
    ...changes.conditions.map((each) =>
      line('条件の変更', named(each), '', '前回と比べられますが、回答する団体の範囲が変わります。'),
    ),
  ];
}

async function comparisonPage(c: WebContext, visit: Visit, found: FoundForm): Promise<Response> {
  const { service, person, paths } = visit;
  const other = c.req.query('with') ?? '';
  const before = /^[1-9]\d{0,3}$/.test(other) ? await findForm(service, person, found.form, Number(other)) : undefined;
  const back = { href: paths.form(found.form, found.version), label: '調査票の画面へ戻る' };
  if (before?.ok !== true) return refusalPage(c, before?.problem ?? { code: 'not-found' }, back);
  const lines = linesOf(before.value.definition, found.definition);
  const title = `${before.value.version}年版から変わったところ`;
  return page(
    c,
    { title, wide: true },
    <>
      <FormTrail paths={paths} found={found} below={title} />
      <h1>
        {found.title}：{title}
      </h1>
      {lines.length === 0 ? (
        <p>変わったところはありません。</p>
      ) : (
        <Table
          label="変わったところの表"
          caption={`${lines.length}件`}
          rows={lines}
          columns={[
            { heading: '変更', cell: ({ what }) => what },
            { heading: '設問', isName: true, cell: ({ question }) => question },
            { heading: '内容', cell: ({ detail }) => detail },
            { heading: '前回との比較', cell: ({ effect }) => effect },
          ]}
        />
      )}
      <p>ここにない設問は、前回と同じものとして比べます。</p>
    </>,
  );
}

export function comparisonPages(app: Hono<WebEnv>): void {
  app.get('/forms/:form/:version/comparison', formAdmitted(comparisonPage));
}
