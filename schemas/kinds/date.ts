import type { Json } from '../values/json.ts';
import { partialDateSchema, printPartialDate, readPartialDate } from '../values/partial-date.ts';
import { single, textual } from './cells.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped } from './printing.ts';
import { longestWord, storableText } from './schemas.ts';

/** A year, a month or a day. */
export type DateDefinition = Defines<'date'>;

function print(answer: Json): string {
  return typeof answer === 'string' ? printPartialDate(answer) : asTyped(answer);
}

const kind: SingleKind = {
  nesting: 'none',
  value: 'date',
  shape: () => storableText(longestWord),
  content: () => partialDateSchema,
  issueCode: () => 'invalid-date',
  errors: { 'invalid-date': '日付が正しくありません。実在する年月日を入力してください。' },
  cells: () => textual(single('date')),
  print,
  posting: { as: 'typed', text: print, read: readPartialDate },
  fieldCount: 1,
  paper: '＿＿＿＿年＿＿月＿＿日',
  figures: undefined,
};

export const dateKind: (definition: DateDefinition) => SingleKind = () => kind;
