/** The types of expressions, and how they are called in messages. */

import type { Options } from '../kinds/question.ts';
import type { Placed } from './questions.ts';

export type Type =
  | { readonly of: 'number' | 'boolean' | 'null' | 'date' | 'frequency' | 'file' }
  /** Said already to be wrong; goes with everything. */
  | { readonly of: 'unknown' }
  | { readonly of: 'text'; readonly options?: Options | undefined; readonly owner?: string | undefined }
  /** The questions of a group, an entry or a row. */
  | { readonly of: 'record'; readonly placed: Placed }
  /** Numbers by name: the ends of a range. */
  | { readonly of: 'parts'; readonly parts: readonly string[] }
  | { readonly of: 'list'; readonly each: Type };

export const unknownType: Type = { of: 'unknown' };
export const numberType: Type = { of: 'number' };
export const booleanType: Type = { of: 'boolean' };

const names: Readonly<Record<Type['of'], string>> = {
  number: '数',
  boolean: '条件',
  null: 'null',
  date: '日付',
  frequency: '頻度',
  file: 'ファイル',
  unknown: '不明',
  text: '文字列',
  record: '設問のまとまり',
  parts: '範囲',
  list: '一覧（複数の値）',
};

export function typeName(type: Type): string {
  return type.of === 'text' && type.options !== undefined ? '選択肢' : names[type.of];
}

function singleType(placed: Placed): Type {
  const { kind, definition } = placed.question;
  if (kind.nesting === 'fields' || kind.nesting === 'entries') return { of: 'record', placed };
  const text: Type = { of: 'text', options: kind.options, owner: definition.number ?? definition.label };
  switch (kind.value) {
    case 'number':
      return numberType;
    case 'text':
      return text;
    case 'texts':
      return { of: 'list', each: text };
    case 'date':
      return { of: 'date' };
    case 'frequency':
      return { of: 'frequency' };
    case 'range':
      return { of: 'parts', parts: ['min', 'max'] };
    case 'fiscalYears':
      return { of: 'parts', parts: ['from', 'to'] };
    case 'files':
      return { of: 'list', each: { of: 'file' } };
  }
}

export function typeOf(placed: Placed): Type {
  const type = singleType(placed);
  return placed.question.kind.nesting === 'entries' ? { of: 'list', each: type } : type;
}
