import * as z from 'zod/mini';
import type { Json } from '../values/json.ts';
import { isObject } from '../values/json.ts';
import { question } from './question.ts';
import type { Question } from './question.ts';
import {
  fileName,
  fileRules,
  fileTypes,
  isFileType,
  mostFileBytes,
  printFile,
  sha256Pattern,
} from '../values/file-answer.ts';
import type { FileAnswer, FileType } from '../values/file-answer.ts';
import { CellError, entryCount } from './cells.ts';
import type { Codec } from './cells.ts';
import { sharedErrors } from './field-error.ts';
import type { Defines, Schema, SingleKind } from './kind.ts';
import { asTyped, noEntries } from './printing.ts';
import { listInDraft } from './schemas.ts';

/** Files (PDF, Word, Excel, pictures), of which the answer holds names and hashes. */
export interface FileDefinition extends Defines<'file'> {
  readonly maxFiles: number;
}

/** At most `maxFiles` files. Internal unless opened. */
export function file(label: string, maxFiles: number): Question<FileAnswer[]> {
  return question<FileAnswer[]>({
    label,
    required: false,
    nullable: false,
    visibility: 'internal',
    kind: 'file',
    maxFiles,
  });
}

function isFile(value: Json): value is Json & FileAnswer {
  if (!isObject(value)) return false;
  const { name, type, bytes, sha256 } = value;
  return typeof name === 'string' && isFileType(type) && typeof bytes === 'number' && typeof sha256 === 'string';
}

function filesIn(answer: Json): FileAnswer[] {
  return Array.isArray(answer) ? answer.filter(isFile) : [];
}

const types = Object.keys(fileTypes).filter(isFileType);

const fileSchema = z
  .strictObject({
    name: z.string(),
    type: z.enum(types),
    bytes: z.int().check(z.minimum(1), z.maximum(mostFileBytes)),
    sha256: z.string().check(z.regex(sha256Pattern)),
  })
  .check(z.refine(({ name, type }) => fileName(name, type) === name, { params: { code: 'file-name' } }));

function isWithoutDuplicates(files: readonly Pick<FileAnswer, 'sha256'>[]): boolean {
  return new Set(files.map(({ sha256 }) => sha256)).size === files.length;
}

const labels: Readonly<Record<string, string>> = Object.fromEntries(
  types.map((type: FileType) => [type, fileTypes[type].label]),
);

const line: Codec = {
  cells: [
    { suffix: 'name', label: 'ファイル名', type: 'string' },
    { suffix: 'type', label: '種類', type: 'option', options: labels },
    { suffix: 'bytes', label: '大きさ', type: 'integer', unit: 'バイト' },
    { suffix: 'sha256', label: 'ハッシュ値（SHA-256）', type: 'string' },
  ],
  write: (answer) => {
    if (answer === undefined || !isFile(answer)) throw new CellError('not a file');
    return [answer.name, answer.type, String(answer.bytes), answer.sha256];
  },
  read: ([name = '', type = '', bytes = '', sha256 = '']) =>
    name === '' ? undefined : { name, type, bytes: Number(bytes), sha256 },
};

export function fileKind({ maxFiles }: FileDefinition): SingleKind {
  const content = (): Schema =>
    z
      .array(fileSchema)
      .check(z.maxLength(maxFiles), z.refine(isWithoutDuplicates, { params: { code: 'duplicate-file' } }));
  return {
    nesting: 'lines',
    value: 'files',
    shape: () => listInDraft(fileSchema, maxFiles),
    content,
    issueCode: ({ code, origin }) => (code === 'too_big' && origin === 'array' ? 'too-many' : 'wrong-type'),
    errors: {
      'too-many': `${sharedErrors['too-many']}${maxFiles}件までにしてください。`,
      'duplicate-file': '同じ内容のファイルが2つあります。一方を削除してください。',
      'file-name': 'ファイル名が、ファイルを登録したときの形になっていません。登録の応答にある名前を使ってください。',
    },
    maxEntries: maxFiles,
    cells: entryCount,
    line,
    files: filesIn,
    normal: (answer) =>
      Array.isArray(answer)
        ? answer.map((each) => {
            if (!isFile(each)) return each;
            const { name, type, bytes, sha256 } = each;
            return { name, type, bytes, sha256 };
          })
        : answer,
    print: (answer) => {
      if (!Array.isArray(answer)) return asTyped(answer);
      if (answer.length === 0) return noEntries;
      return answer.map((each, index) => `${index + 1}. ${isFile(each) ? printFile(each) : asTyped(each)}`).join('\n');
    },
    paper: `添付するファイル（${maxFiles}件まで）：＿＿＿＿＿＿＿＿＿＿`,
    posting: { as: 'sent', rules: `${fileRules}、${maxFiles}件まで` },
    fieldCount: 1,
    figures: { of: 'entries' },
  };
}
