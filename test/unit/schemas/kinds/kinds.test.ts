import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isGroup } from '../../../../schemas/kinds/kind.ts';
import { kindOf } from '../../../../schemas/kinds/kinds.ts';
import { count, counts, group, list, matrix, text, texts } from '../../../../schemas/kinds/question.ts';

const project = new URL('../../../..', import.meta.url).pathname;

/** The kind of a definition, compared with a name or switched on: `definition.kind === 'count'`. */
const comparison =
  /\bdefinition\??\.kind\s*(?:[!=]==|\))|\(definition\??\.kind\)\s*\{|\]\.includes\(definition\.kind\)|\{[^}]*\bkind\b[^}]*\} = (?:\w+\.)?definition\b/;
/** The files of the kinds: `fiscal-years`. */
const kinds = [
  ...readFileSync(`${project}/schemas/kinds/kinds.ts`, 'utf8').matchAll(/[a-z]Kind \} from '\.\/(.+)\.ts'/g),
].map(([, name]) => name ?? '');
const fieldOf = (kind: string): string => `functions/web/fields/${kind}.tsx`;
/** What is of a kind: its module, how a document says it, and its field on a page. */
const own = new Set([
  'schemas/document/definitions.ts',
  ...kinds.flatMap((kind) => [`schemas/kinds/${kind}.ts`, fieldOf(kind)]),
]);

function comparing(file: string): string[] {
  return readFileSync(`${project}/${file}`, 'utf8')
    .split('\n')
    .flatMap((line, index) => (comparison.test(line) ? [`${file}:${index + 1}`] : []));
}

describe('question kinds', () => {
  it('are compared by name nowhere but in the modules of the kinds and in their own fields', () => {
    const files = globSync(['schemas/**/*.ts', 'functions/**/*.{ts,tsx}'], { cwd: project });
    expect(files.length).toBeGreaterThan(300);
    expect(files.filter((file) => !own.has(file)).flatMap(comparing)).toEqual([]);
  });

  it('have a module and a field each', () => {
    expect(kinds.length).toBeGreaterThan(14);
    expect([...own].filter((file) => !existsSync(`${project}/${file}`))).toEqual([]);
  });

  it.each([
    "if (definition.kind === 'count') x();",
    'switch (definition.kind) {',
    "if (a?.definition.kind !== 'list')",
    'const { kind } = item.definition;',
    "['choice', 'date'].includes(definition.kind)",
  ])('would be found: %s', (line) => {
    expect(comparison.test(line)).toBe(true);
  });

  it('say what they are made of', () => {
    const nesting = (question: Parameters<typeof kindOf>[0]): string => kindOf(question).nesting;
    expect(nesting(count('', '人').definition)).toBe('none');
    expect(nesting(texts('', { entries: 2, length: 10 }).definition)).toBe('lines');
    expect(nesting(list('', 2, {}).definition)).toBe('entries');
    expect(nesting(group('', {}).definition)).toBe('fields');
  });

  it('are a group where the questions inside stand each for itself', () => {
    const groups = [group('', {}), matrix('', {}, {}, ''), counts('', {}, '人'), list('', 2, {}), count('', '人')];
    expect(groups.map(({ definition }) => isGroup(kindOf(definition)))).toEqual([true, false, false, false, false]);
  });

  it('are worked out once for a definition', () => {
    const { definition } = count('', '人');
    expect(kindOf(definition)).toBe(kindOf(definition));
  });
});

describe('tables', () => {
  it('are made of a question for each row', () => {
    const composition = kindOf(counts('構成', { a: '甲', b: '乙' }, '人').definition);
    expect(composition.table).toBe('numbers');
    expect(
      Object.values(composition.fields ?? {}).map(({ definition }) => [definition.label, definition.kind]),
    ).toEqual([
      ['甲', 'count'],
      ['乙', 'count'],
    ]);
    const topics = kindOf(matrix('課題', { a: '甲' }, { x: '県', y: '市' }, '県又は市').definition);
    expect(topics.table).toBe('options');
    const [row] = Object.values(topics.fields ?? {});
    expect(row && kindOf(row.definition).figures).toMatchObject({ base: 'asked', totalLabel: '県又は市' });
  });

  it('say what an empty row means, on the page, on paper and in the codebook', () => {
    const topics = kindOf(matrix('課題', { a: '甲' }, { x: '県' }, '計', '自市町村で対応').definition);
    const [row] = Object.values(topics.fields ?? {});
    const kind = row && kindOf(row.definition);
    expect(kind?.emptyLabel).toBe('自市町村で対応');
    expect(kind?.nesting === 'none' && kind.cells({}).cells).toMatchObject([{ emptyLabel: '自市町村で対応' }]);
  });

  it('are no groups of the same questions, which have no total', () => {
    expect(kindOf(group('', { a: count('', '人'), b: count('', '人') }).definition).table).toBeUndefined();
  });
});

describe('an entry of a list', () => {
  it('is called by its first question where that is a text', () => {
    expect(kindOf(list('', 2, { name: text('名称', 10), size: count('', '人') }).definition).titledBy).toBe('name');
    expect(kindOf(list('', 2, { size: count('', '人'), name: text('名称', 10) }).definition).titledBy).toBeUndefined();
  });
});
