/** Kinds of units (回答単位の種類) that a prefecture adds to municipalities and councils: 相談支援事業所, 保健所, 圏域 … */

import * as z from 'zod';
import { isStorable, unstorableText } from './values/text.ts';

/** What forms call the kinds that every directory has, and what municipalities are by law: nobody's own kind. */
const taken: ReadonlySet<string> = new Set([
  'municipality',
  'council',
  'welfareOffice',
  'ward',
  'city',
  'town',
  'village',
]);

/** As forms, files and addresses name a kind. */
export const unitKind = z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/, {
  error: '回答単位の種類の識別子は英小文字で始まる半角英数字（32文字以内）で指定してください。',
});

const label = z.lazy(() =>
  z
    .string()
    .trim()
    .min(1, { error: '回答単位の種類の名称を入力してください。' })
    .max(50, { error: '回答単位の種類の名称は50文字までです。' })
    .refine(isStorable, { error: unstorableText }),
);

export const kindDefinitions = z
  .array(z.strictObject({ id: unitKind, label }))
  .max(20, { error: '回答単位の種類は20までです。' });

/** No hyphen stands in it, since one divides a code from a form in the name of a group; and no municipality's code, or one that lost its zero, is one. */
export const otherUnitCode = z.string().regex(/^(?!\d{1,6}$)[A-Za-z0-9]{1,32}$/, {
  error: '回答単位のコードは半角英数字（32文字以内、数字のみの場合は7桁以上）で指定してください。',
});

interface OtherUnit {
  readonly kind: string;
  readonly code: string;
  readonly name: string;
  readonly municipality?: string | undefined;
  readonly answersItself?: true | undefined;
}

interface Checked {
  readonly kinds: readonly { readonly id: string; readonly label: string }[];
  readonly units: readonly OtherUnit[];
  readonly municipalities: readonly { readonly code: string }[];
  readonly councils: readonly { readonly id: string }[];
}

export function checkKinds(
  { kinds, units, municipalities, councils }: Checked,
  report: (path: (string | number)[], code: string, message: string) => void,
): void {
  const known = new Set<string>();
  const labels = new Set(['市町村', '協議会', '都道府県']);
  kinds.forEach((each, index) => {
    if (known.has(each.id) || taken.has(each.id))
      report(['kinds', index, 'id'], 'duplicate', `回答単位の種類 ${each.id} はすでに使われています。`);
    if (labels.has(each.label))
      report(['kinds', index, 'label'], 'duplicate', `「${each.label}」という回答単位の種類はすでにあります。`);
    known.add(each.id);
    labels.add(each.label);
  });
  const codes = new Set(municipalities.map(({ code }) => code));
  const used = new Set([...codes, ...councils.map(({ id }) => id)]);
  units.forEach(({ kind, code, name, municipality, answersItself }, index) => {
    const fail = (key: string, problem: string, message: string): void =>
      report(['units', index, key], problem, message);
    if (!known.has(kind)) fail('kind', 'unknown-kind', `「${name}」の種類 ${kind} は名簿にありません。`);
    if (used.has(code)) fail('code', 'duplicate', `コード ${code} が重複しています。`);
    used.add(code);
    if (municipality !== undefined && !codes.has(municipality))
      fail('municipality', 'unknown-member', `「${name}」の市町村 ${municipality} は名簿にありません。`);
    if (municipality === undefined && answersItself === undefined)
      fail('municipality', 'required', `「${name}」の回答をする市町村を指定するか、自ら回答するものとしてください。`);
  });
}
