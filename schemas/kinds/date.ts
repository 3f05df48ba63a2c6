import { askReason, strike } from '../edit-check.ts';
import type { EditCheck } from '../edit-check.ts';
import type { Json } from '../return.ts';
import {
  firstDay,
  isPartialDate,
  lastDay,
  partialDateSchema,
  printPartialDate,
  readPartialDate,
} from '../values/partial-date.ts';
import { single, textual } from './cells.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped } from './printing.ts';
import { longestWord, storableText } from './schemas.ts';

/** A year, a month or a day. */
export type DateDefinition = Defines<'date'> & {
  /** Of something that has happened: a date after the round is asked about. */
  readonly past?: true;
};

/** After the round's fiscal year, and after its period where that ends later. */
const afterRound: EditCheck<unknown> = askReason(
  'after-round',
  {
    message: '調査の年度より後の日付です。元号と年を確認し、正しい場合は理由を記入してください。',
    readyMade: ['今後の予定を記入したため'],
  },
  (answer, { round }) => {
    const end = [`${round.fiscalYear + 1}-03-31`, lastDay(round.period.to)].toSorted().at(-1) ?? '';
    return strike('', typeof answer === 'string' && isPartialDate(answer) && firstDay(answer) > end);
  },
);

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

const pastKind: SingleKind = { ...kind, checks: [afterRound] };

export function dateKind({ past }: DateDefinition): SingleKind {
  return past === true ? pastKind : kind;
}
