/** What stands under `type`: `select_one yes_no or_other`, `begin repeat`, `geopoint`. */

import type { JsonObject } from '../../../schemas/values/json.ts';

export type RowType =
  | { readonly is: 'begin'; readonly holds: 'group' | 'list' | 'other'; readonly word: string }
  | { readonly is: 'end'; readonly word: string }
  | { readonly is: 'note' }
  | { readonly is: 'calculate' }
  | {
      readonly is: 'select';
      readonly kind: 'choice' | 'choices' | 'ranking';
      readonly list: string;
      readonly orOther: boolean;
    }
  /** A question whose definition follows from the word; `loss` says what of it is lost. */
  | { readonly is: 'asked'; readonly kind: string; readonly members: JsonObject; readonly loss?: string }
  | { readonly is: 'range' }
  /** What a device records by itself. */
  | { readonly is: 'recorded' }
  | { readonly is: 'unmapped' };

type Asked = RowType & { readonly is: 'asked' };

const text: Asked = { is: 'asked', kind: 'text', members: { maxLength: 1000 } };
const count: Asked = { is: 'asked', kind: 'count', members: {} };
const file: Asked = { is: 'asked', kind: 'file', members: { maxFiles: 1 } };
const acknowledged: Asked = {
  is: 'asked',
  kind: 'choice',
  members: { options: [{ key: 'ok', label: '確認した' }] },
  loss: '「確認した」だけの選択として尋ねます。',
};

const words: Readonly<Record<string, RowType>> = {
  text,
  string: text,
  integer: count,
  int: count,
  decimal: { is: 'asked', kind: 'decimal', members: { places: 2 } },
  date: { is: 'asked', kind: 'date', members: {} },
  time: { ...text, loss: '時刻は文章として尋ねます。' },
  datetime: { ...text, loss: '日時は文章として尋ねます。' },
  barcode: { ...text, loss: 'バーコードは文章として尋ねます。' },
  acknowledge: acknowledged,
  trigger: acknowledged,
  image: file,
  photo: file,
  file,
  note: { is: 'note' },
  calculate: { is: 'calculate' },
  range: { is: 'range' },
};

const recorded: ReadonlySet<string> = new Set([
  'start',
  'end',
  'today',
  'deviceid',
  'imei',
  'subscriberid',
  'simserial',
  'phonenumber',
  'username',
  'email',
  'audit',
  'hidden',
  'start-geopoint',
  'background-audio',
  'background-geopoint',
  'last-saved',
]);

const selected =
  /^(?:add )?(?<how>select[ _]one|select1|select[ _]multiple|select all that apply|rank)(?: from)?(?: prompt using)?[ ]+(?<list>[^ ]+)(?<other> or[ _](?:specify )?other)?$/;
const block = /^(?<side>begin|end)[ _](?<word>.+)$/;
const groups: ReadonlySet<string> = new Set(['group']);
const lists: ReadonlySet<string> = new Set(['repeat', 'lgroup', 'looped group']);

export function typeIn(written: string): RowType {
  const given = written.normalize('NFKC').trim().replaceAll(/\s+/g, ' ');
  const word = given.toLowerCase();
  const sides = block.exec(word)?.groups;
  if (sides !== undefined) {
    const { side, word: what = '' } = sides;
    const holds = groups.has(what) ? 'group' : lists.has(what) ? 'list' : 'other';
    const name = holds === 'group' ? 'group' : holds === 'list' ? 'repeat' : what;
    return side === 'begin' ? { is: 'begin', holds, word: name } : { is: 'end', word: name };
  }
  const chosen = selected.exec(word)?.groups;
  if (chosen?.['how'] !== undefined) {
    const { how, other } = chosen;
    // As it is written: names of lists differ by case.
    const list =
      given
        .slice(0, given.length - (other?.length ?? 0))
        .split(' ')
        .at(-1) ?? '';
    const isOne = how === 'select1' || how.endsWith('one');
    return {
      is: 'select',
      kind: how === 'rank' ? 'ranking' : isOne ? 'choice' : 'choices',
      list,
      orOther: other !== undefined,
    };
  }
  if (recorded.has(word)) return { is: 'recorded' };
  return (Object.hasOwn(words, word) ? words[word] : undefined) ?? { is: 'unmapped' };
}
