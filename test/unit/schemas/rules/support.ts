import { form } from '../../../../schemas/form.ts';
import type { Item } from '../../../../schemas/form.ts';
import {
  choice,
  choices,
  count,
  counts,
  fiscalYearSpan,
  frequency,
  group,
  list,
  municipalities,
  partialDate,
  section,
  text,
} from '../../../../schemas/kinds/question.ts';
import { evaluator } from '../../../../schemas/rules/evaluate.ts';
import { readRule } from '../../../../schemas/rules/print.ts';
import type { RulePlace } from '../../../../schemas/rules/check.ts';
import type { RuleContext, Situation } from '../../../../schemas/rules/run.ts';
import type { Json } from '../../../../schemas/values/json.ts';

const columns = { persons: '実人員', times: '延件数（件）' };

/** Rows of columns, until a kind has them: a table whose rows are tables. */
function twoWay(item: Item): Item {
  const isTable = item.key === 'handled' && item.kind.nesting === 'fields';
  const kind = isTable ? { ...item.kind, table: 'numbers' as const } : item.kind;
  return { ...item, kind, children: item.children.map(twoWay) };
}

const built = form(
  'scratch',
  1,
  { title: '試験票', units: 'municipality', help: '' },
  {
    q: section('対応', {
      held: choice('開催したか', { yes: '開催した', partly: '一部開催した', no: '開催していない' })
        .numbered('問1')
        .required(),
      times: count('開催回数', '回').numbered('問1の1'),
      persons: count('人数', '人').numbered('問１－２'),
      means: choices('手段', { phone: '電話', visit: '訪問', mail: '郵便' }).numbered('①'),
      note: text('補足', 200).open().numbered('2'),
      heldOn: partialDate('開催日').numbered('問3'),
      plan: frequency('計画').numbered('問4'),
      term: fiscalYearSpan('任期').numbered('問5'),
      with: municipalities('相手').numbered('問6'),
      inner: group('内訳', { a: count('甲', '件').numbered('問7'), held: count('再掲', '件') }),
    }),
    staff: section('職員', {
      table: counts('職員数', { full: '常勤', part: '非常勤（再掲）' }, '人').numbered('問8'),
      handled: group('相談件数', {
        physical: counts('身体', columns, '件'),
        mental: counts('精神', columns, '件'),
      }).numbered('問9'),
    }),
    offices: list('事業所', 60, {
      name: text('名称', 80).open(),
      size: choice('規模', { large: '大', small: '小' }).numbered('問10の1'),
      staff: count('専門員', '人'),
      openedOn: partialDate('開設日'),
      visits: list('訪問', 10, { on: partialDate('訪問日'), cases: count('件数', '件') }),
    }).numbered('問10'),
    contact: section('連絡先', { person: text('氏名', 60) }).internal(),
  },
);

export const scratch = { sections: built.sections.map(twoWay) };

export const about: RuleContext = {
  unit: { code: '112020', kind: 'city', members: ['112020', '112038'] },
  round: { fiscalYear: 2025, period: { from: '2024-04', to: '2025-03' } },
};

/** What an expression gives; it must be right. */
export function value(
  text: string,
  answers: Situation['scopes'],
  place: Partial<RulePlace> = {},
  before?: Situation['previous'],
): Json {
  const read = readRule(text, scratch, { use: 'rule', ...place });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return evaluator(read.rule.tree)({ scopes: answers, previous: before ?? [], about });
}
