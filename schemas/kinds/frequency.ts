import * as z from 'zod/mini';
import type { Json } from '../values/json.ts';
import { frequencySchema, printFrequency, readFrequency } from '../values/frequency.ts';
import { frequencyCells } from './cells.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped } from './printing.ts';

/** How often: times per week, month or year, or as needed. */
export type FrequencyDefinition = Defines<'frequency'>;

function printed(answer: Json): string {
  const { success, data } = frequencySchema.safeParse(answer);
  return success ? printFrequency(data) : asTyped(answer);
}

const kind: SingleKind = {
  nesting: 'none',
  value: 'frequency',
  shape: () =>
    z.union([
      z.literal('asNeeded'),
      z.strictObject({
        per: z.enum(['week', 'month', 'year']),
        times: z.strictObject({ min: z.number(), max: z.number() }),
        asNeeded: z.optional(z.literal(true)),
      }),
    ]),
  content: () => frequencySchema,
  issueCode: () => 'invalid-frequency',
  errors: {
    'invalid-frequency': '頻度が正しくありません。「月1回」「年2〜6回」「随時」のように入力してください。',
  },
  cells: () => frequencyCells,
  print: printed,
  posting: { as: 'typed', text: printed, read: readFrequency },
  fieldCount: 1,
  paper: '週・月・年　＿＿＿回　☐ 随時',
  figures: undefined,
};

export const frequencyKind: (definition: FrequencyDefinition) => SingleKind = () => kind;
