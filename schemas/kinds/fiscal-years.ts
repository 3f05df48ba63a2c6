import * as z from 'zod/mini';
import type { Json } from '../values/json.ts';
import { fiscalYears, printFiscalYears, readFiscalYears } from '../values/fiscal-years.ts';
import { integers } from './cells.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped } from './printing.ts';

export type FiscalYearsDefinition = Defines<'fiscalYears'>;

function printed(answer: Json): string {
  const { success, data } = fiscalYears.safeParse(answer);
  return success ? printFiscalYears(data) : asTyped(answer);
}

const kind: SingleKind = {
  nesting: 'none',
  value: 'fiscalYears',
  shape: () => z.strictObject({ from: z.number(), to: z.number() }),
  content: () => fiscalYears,
  issueCode: () => 'invalid-fiscal-years',
  errors: { 'invalid-fiscal-years': '年度が正しくありません。西暦の年度で入力してください。' },
  cells: () => integers({ from: '始まりの年度', to: '終わりの年度' }, '年度'),
  print: printed,
  posting: { as: 'typed', text: printed, read: readFiscalYears },
  fieldCount: 1,
  paper: '＿＿＿＿年度〜＿＿＿＿年度',
  figures: undefined,
};

export const fiscalYearsKind: (definition: FiscalYearsDefinition) => SingleKind = () => kind;
