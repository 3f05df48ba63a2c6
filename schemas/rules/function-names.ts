/** What functions are called: those of FEEL alike everywhere, ours in Japanese in the workbook of an officer. */

const japaneseNames = {
  answered: '回答あり',
  empty: '空',
  'not applicable': '該当なし',
  'abrupt change': '大きく変化',
  'went back': '後退',
  repeated: '重複',
  'outside period': '対象期間外',
  'same as last time': '前回と同じ',
  total: '合計',
  planned: '計画回数',
  'fiscal year': '年度',
} as const;

const functionNames = [
  'count',
  'sum',
  'min',
  'max',
  'abs',
  'round half up',
  'list contains',
  'contains',
  'string length',
  'not',
  'answered',
  'empty',
  'not applicable',
  'abrupt change',
  'went back',
  'repeated',
  'outside period',
  'same as last time',
  'total',
  'planned',
  'fiscal year',
] as const;

export type FunctionName = (typeof functionNames)[number];

const japanese = new Map<string, string>(Object.entries(japaneseNames));
const called = new Map(
  functionNames.flatMap((name) => [[name, name] as const, [japanese.get(name) ?? name, name] as const]),
);

/** By its English or Japanese name. */
export function functionCalled(name: string): FunctionName | undefined {
  return called.get(name);
}

export function japaneseName(name: FunctionName): string {
  return japanese.get(name) ?? name;
}

/** In both languages, to find the nearest of a misspelt one. */
export const spokenNames: readonly string[] = [...called.keys()];
