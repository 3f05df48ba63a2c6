/** Classes (分類) of a directory as they are kept: which there are, and which value of each a unit has. */

import * as z from 'zod';
import { isStorable, unstorableText } from './values/text.ts';

/** What the directory tells by itself: 区分 and 人口規模. Nobody defines classes of these names. */
export const builtInClasses = { kind: '区分', population: '人口規模' } as const;

const text = z.lazy(() =>
  z
    .string()
    .trim()
    .min(1, { error: '分類の名称と値を入力してください。' })
    .max(50, { error: '分類の名称と値は50文字までです。' })
    .refine(isStorable, { error: unstorableText }),
);

const classId = z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/, {
  error: '分類の識別子は英小文字で始まる半角英数字（32文字以内）で指定してください。',
});

const classDefinition = z.lazy(() =>
  z.strictObject({
    id: classId,
    label: text,
    /** The only values there are, in the order in which they are listed; absent, those that units have. */
    values: z.array(text).min(1).max(200, { error: '分類の値は200までです。' }).optional(),
  }),
);
export type ClassDefinition = z.infer<typeof classDefinition>;

export const classDefinitions = z.array(classDefinition).max(20, { error: '分類は20までです。' });

/** A unit's value of each class that it has one of, by the class's id. */
export const classValues = z.record(classId, text);
export type ClassValues = z.infer<typeof classValues>;

/** Residents, and the day on which they were counted. */
export const population = z.lazy(() =>
  z.strictObject({
    number: z.int().nonnegative().max(99_999_999, { error: '人口は8桁までです。' }),
    on: z.iso.date({ error: '人口の基準日は 2024-09-30 のように指定してください。' }),
  }),
);
export type Population = z.infer<typeof population>;

type Path = (string | number)[];
type Report = (path: Path, code: string, message: string) => void;

interface Classified {
  readonly name: string;
  readonly classes?: ClassValues | undefined;
}

function checkDefinitions(definitions: readonly ClassDefinition[], report: Report): void {
  definitions.forEach(({ id, label, values = [] }, index) => {
    const isTaken = (each: ClassDefinition, at: number): boolean => at < index && each.id === id;
    if (Object.hasOwn(builtInClasses, id) || definitions.some(isTaken))
      report(['classes', index, 'id'], 'duplicate', `分類の識別子 ${id} はすでに使われています。`);
    const isCalledSo = (each: ClassDefinition, at: number): boolean => at < index && each.label === label;
    if (Object.values(builtInClasses).some((each) => each === label) || definitions.some(isCalledSo))
      report(['classes', index, 'label'], 'duplicate', `「${label}」という分類はすでにあります。`);
    values.forEach((value, at) => {
      if (values.indexOf(value) !== at)
        report(['classes', index, 'values', at], 'duplicate', `分類「${label}」の値「${value}」が重複しています。`);
    });
  });
}

/** Values of classes that there are not, and values that a class does not have. */
export function checkClasses(
  definitions: readonly ClassDefinition[],
  lists: Readonly<Record<string, readonly Classified[]>>,
  report: Report,
): void {
  checkDefinitions(definitions, report);
  const known = new Map(definitions.map((each) => [each.id, each]));
  for (const [list, units] of Object.entries(lists))
    units.forEach(({ name, classes = {} }, index) => {
      for (const [id, value] of Object.entries(classes)) {
        const definition = known.get(id);
        const path = [list, index, 'classes', id];
        if (definition === undefined) report(path, 'unknown-class', `「${name}」の分類 ${id} は名簿にありません。`);
        else if (definition.values?.includes(value) === false)
          report(
            path,
            'unknown-value',
            `「${name}」の${definition.label}「${value}」は、その分類の値（${definition.values.join('、')}）にありません。`,
          );
      }
    });
}
