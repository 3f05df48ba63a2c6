import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codebook } from '../../../../functions/domain/codebook.ts';
import { completeness } from '../../../../functions/domain/completeness.ts';
import { diff } from '../../../../functions/domain/diff.ts';
import { fieldErrors } from '../../../../functions/domain/field-errors.ts';
import { readImport } from '../../../../functions/domain/import-tables.ts';
import { normalForm } from '../../../../functions/domain/normal-form.ts';
import { namesIn, printAnswer } from '../../../../functions/domain/print-answer.ts';
import { readPosted } from '../../../../functions/domain/posted/read.ts';
import { publicAnswers } from '../../../../functions/domain/public-answers.ts';
import { talliedFigures } from '../../../../functions/domain/summary.ts';
import { headerOf, tableOf, withDescendants, writeAnswers } from '../../../../functions/domain/tables.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { compile } from '../../../../schemas/compile.ts';
import { reportingUnits, unitsByCode } from '../../../../schemas/directory.ts';
import { form } from '../../../../schemas/form.ts';
import { jsonSchema } from '../../../../schemas/json-schema.ts';
import { file } from '../../../../schemas/kinds/file.ts';
import { list, section, text } from '../../../../schemas/kinds/question.ts';
import type { Answers, Json } from '../../../../schemas/values/json.ts';
import { saitama } from '../../support/real-forms.ts';
import { round } from '../forms/returns.ts';

const names = namesIn(saitama);
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const rules = { name: '要綱.pdf', type: 'application/pdf', bytes: 2048, sha256: hash('rules') };
const photo = { name: '𠮷.jpg', type: 'image/jpeg', bytes: 500_000, sha256: hash('photo') };

const attached = form(
  'attached',
  2025,
  { title: '添付', units: 'municipality', help: '' },
  {
    s: section('資料', { rules: file('要綱', 2).required(), minutes: file('議事録', 3).open() }),
    bodies: list('会議体', 5, { name: text('名称', 20).open(), roster: file('名簿', 2).open() }),
  },
);
const item = (id: string) => {
  const found = attached.items.get(id);
  if (found === undefined) throw new Error(id);
  return found;
};

function errorsOf(answers: Answers): string[] {
  const { success, error } = compile(attached).content.safeParse(answers);
  const wrong = success ? [] : fieldErrors(attached, answers, error.issues);
  return wrong.map(({ path, code }) => `${path} ${code}`);
}

const withRules = (...files: Json[]): Answers => ({ s: { rules: files } });

describe('files as an answer', () => {
  it('have a name, a type, a size and a hash each', () => {
    expect(errorsOf(withRules(rules, photo))).toEqual([]);
    expect(errorsOf(withRules({ ...rules, type: 'text/html' }))).toEqual(['s.rules.0.type wrong-type']);
    expect(errorsOf(withRules({ ...rules, bytes: 0 }))).toEqual(['s.rules.0.bytes wrong-type']);
    expect(errorsOf(withRules({ ...rules, sha256: 'AB' }))).toEqual(['s.rules.0.sha256 wrong-type']);
    expect(errorsOf(withRules({ ...rules, href: 'x' }))).toEqual(['s.rules.0.href unknown-question']);
    expect(errorsOf(withRules('要綱.pdf'))).toEqual(['s.rules.0 wrong-type']);
  });

  it('have no name that is none, and none that says another type', () => {
    for (const name of ['a\u202Efdp.pdf', '../a.pdf', 'a.exe'])
      expect(errorsOf(withRules({ ...rules, name }))).toEqual(['s.rules.0 file-name']);
  });

  it('are no more than the question takes, and different ones', () => {
    expect(errorsOf(withRules(rules, photo, { ...rules, sha256: hash('third') }))).toEqual(['s.rules too-many']);
    expect(errorsOf(withRules(rules, { ...rules, name: '写し.pdf' }))).toEqual(['s.rules duplicate-file']);
  });

  it('are wanted where the question is required, of which none is no answer', () => {
    const codes = (answers: Answers): string[] =>
      completeness(attached.sections, answers, new Set()).map(({ path, code }) => `${path} ${code}`);
    expect(codes({})).toEqual(['s.rules required']);
    expect(codes(withRules())).toEqual(['s.rules required']);
    expect(codes(withRules(rules))).toEqual([]);
  });

  it('are internal unless they are opened', () => {
    expect(publicAnswers(attached, { s: { rules: [rules], minutes: [photo] } })).toEqual({ s: { minutes: [photo] } });
  });

  it('have one form, whatever the order of their members', () => {
    const { name, type, bytes, sha256 } = rules;
    const given = { s: { rules: [{ sha256, bytes, type, name }] } };
    expect(JSON.stringify(normalForm(attached.sections, given, () => ''))).toBe(JSON.stringify(withRules(rules)));
  });

  it('are printed with name, kind and size', () => {
    expect(printAnswer(item('s.rules'), [rules, photo], names)).toBe(
      '1. 要綱.pdf（PDF、2KB）\n2. 𠮷.jpg（JPEG、489KB）',
    );
    expect(printAnswer(item('s.rules'), [], names)).toBe('なし');
  });

  it('differ by what they are', () => {
    const [difference] = diff(attached, withRules(rules), withRules({ ...rules, sha256: hash('new') }));
    expect(difference).toMatchObject({ path: 's.rules', change: 'changed' });
  });

  it('are described in JSON Schema', () => {
    expect(jsonSchema(attached)).toMatchObject({
      properties: {
        s: {
          properties: {
            rules: {
              maxItems: 2,
              items: { required: ['name', 'type', 'bytes', 'sha256'], additionalProperties: false },
            },
          },
        },
      },
    });
  });
});

describe('a post of the page', () => {
  it('leaves the files as they are, and takes none', () => {
    const post = new Map([['s.rules', ['x']]]);
    expect(readPosted(item('s').children, post, 's', { rules: [rules] }).value).toEqual({ rules: [rules] });
    expect(readPosted(item('s').children, post, 's', {}).value).toEqual({});
  });

  it('says that there is none', () => {
    const post = new Map([
      ['s.minutes', ['']],
      ['s.minutes:none', ['1']],
    ]);
    expect(readPosted(item('s').children, post, 's', {}).value).toEqual({ minutes: [] });
    expect(readPosted(item('s').children, post, 's', { minutes: [photo] }).value).toEqual({ minutes: [photo] });
  });
});

describe('files in tables', () => {
  const table = tableOf(attached, saitama, 'internal');
  const answers: Answers = {
    s: { rules: [rules, photo], minutes: [] },
    bodies: [{ id: 'b1', name: '全体会', roster: [rules] }],
  };

  function written(given: Answers): Map<string, string[][]> {
    const rows = new Map<string, string[][]>(withDescendants(table).map(({ id }) => [id, []]));
    const row = writeAnswers(table, given, ['R6', '112011'], (id, cells) => rows.get(id)?.push([...cells]));
    rows.get('')?.push(['R6', '112011', ...row]);
    return rows;
  }

  it('are their number, and a row each in a table of their own', () => {
    const rows = written(answers);
    expect(rows.get('')).toEqual([['R6', '112011', '2', '0', '1']]);
    expect(rows.get('s.rules')).toEqual([
      ['R6', '112011', '1', '要綱.pdf', 'application/pdf', '2048', rules.sha256],
      ['R6', '112011', '2', '𠮷.jpg', 'image/jpeg', '500000', photo.sha256],
    ]);
    expect(rows.get('bodies.roster')?.[0]?.slice(0, 5)).toEqual(['R6', '112011', 'b1', '1', '要綱.pdf']);
    expect(withDescendants(table).find(({ id }) => id === 's.rules')).toMatchObject({ ownKeys: ['order'] });
  });

  it('are in the codebook, with their size in bytes', () => {
    const entries = codebook(attached, table, round).filter(({ table: id }) => id === 's.rules');
    expect(entries.map(({ column, type, unit, label }) => [column, type, unit, label])).toEqual([
      ['s.rules.name', 'string', '', '要綱：ファイル名'],
      ['s.rules.type', 'option', '', '要綱：種類'],
      ['s.rules.bytes', 'integer', 'バイト', '要綱：大きさ'],
      ['s.rules.sha256', 'string', '', '要綱：ハッシュ値（SHA-256）'],
    ]);
  });

  it('come back from there as they were', () => {
    const files = new Map(
      [...written(answers)].map(([id, rows]) => {
        const of = withDescendants(table).find((each) => each.id === id);
        const header = of === undefined ? [] : headerOf(of);
        const named = { file: `${id}.csv`, header, rows: rows.map((cells, at) => ({ number: at + 2, cells })) };
        return [id, named] as const;
      }),
    );
    const context = {
      form: attached,
      round: { ...round, id: 'R6' },
      table,
      units: unitsByCode(saitama, 'municipality'),
      municipalities: new Set<string>(),
    };
    const { returns, errors } = readImport(context, files);
    expect(errors).toEqual([]);
    expect(returns.map(({ answers: read }) => read)).toEqual([answers]);
    const [, rows] = [...files].find(([id]) => id === 's.rules') ?? [];
    if (rows === undefined) throw new Error('no table');
    const wrong = rows.rows.map((row) => ({ ...row, cells: row.cells.with(4, 'text/html') }));
    const refused = readImport(context, new Map([...files, ['s.rules', { ...rows, rows: wrong }]]));
    expect(refused.errors[0]).toMatchObject({ file: 's.rules.csv', row: 2, column: 's.rules.type' });
  });
});

describe('the tally', () => {
  it('says how many returns have files, and how many files there are', () => {
    const tally = new Tally(attached);
    const [one, other] = reportingUnits(saitama, 'municipality');
    if (one === undefined || other === undefined) throw new Error('no municipalities');
    tally.add(withRules(rules, photo), one);
    tally.add(withRules(rules), other);
    const { rows } = talliedFigures(tally, { round, directory: saitama, audience: 'internal' });
    expect(rows.filter(({ question }) => question === 's.rules')).toMatchObject([
      { measure: 'count', value: 3, base: 2, unit: '件' },
    ]);
  });
});
