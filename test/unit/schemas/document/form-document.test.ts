import { readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNewerDocument, readDocument } from '../../../../schemas/document/form-document.ts';
import type { Json } from '../../../../schemas/values/json.ts';

function fixture(name: string): Json {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/questionnaires/${name}.json`, import.meta.url), 'utf8'));
}

const held = {
  key: 'held',
  kind: 'choice',
  label: '実施状況',
  options: [
    { key: 'yes', label: '実施した' },
    { key: 'no', label: '実施していない' },
  ],
};

function documentWith(change: { readonly [key: string]: Json }): Json {
  return {
    id: 'kinkyu',
    version: 2025,
    title: '照会',
    units: 'municipality',
    sections: [{ key: 'q', label: '設問', questions: [held] }],
    ...change,
  };
}

function documentOf(...questions: Json[]): Json {
  return documentWith({ sections: [{ key: 'q', label: '設問', questions }] });
}

function faultsOf(value: Json): string[] {
  const read = readDocument(value);
  return 'errors' in read ? read.errors.map(({ path, code }) => `${path} ${code}`) : [];
}

describe('reading a document', () => {
  it.each(['kinkyu-oyuki', 'soudan-jisshi'])('takes %s, which is in normal form', (name) => {
    const read = readDocument(fixture(name));
    expect('errors' in read ? read.errors : []).toEqual([]);
    expect(canonicalize('document' in read ? read.document : undefined)).toBe(canonicalize(fixture(name)));
  });

  it('drops what holds anyway, ends lines with LF and trims', () => {
    const read = readDocument({
      format: 1,
      id: ' kinkyu ',
      version: 2025,
      title: '照会\u3000',
      units: 'municipality',
      help: '一行目\r\n二行目',
      sections: [
        {
          key: 'q',
          kind: 'group',
          label: '設問',
          visibility: 'open',
          help: '',
          questions: [
            { ...held, required: false, nullable: false, visibility: 'open', listed: false },
            { key: 'why', kind: 'text', label: '理由', maxLength: 200, visibility: 'internal' },
            { key: 'seen', kind: 'text', label: '公表する理由', maxLength: 200, visibility: 'open' },
          ],
        },
      ],
      rules: [{ name: 'many', severity: 'note', if: 'q.held = "no"', message: '確認', readyMade: [] }],
      report: {
        headings: [
          { title: '結果', sections: ['q'], parts: [{ kind: 'inline', style: 'circle', question: 'q.held' }] },
        ],
      },
    });
    expect(read).toEqual({
      document: {
        id: 'kinkyu',
        version: 2025,
        title: '照会',
        units: 'municipality',
        help: '一行目\n二行目',
        sections: [
          {
            key: 'q',
            label: '設問',
            questions: [
              held,
              { key: 'why', kind: 'text', label: '理由', maxLength: 200 },
              { key: 'seen', kind: 'text', label: '公表する理由', maxLength: 200, visibility: 'open' },
            ],
          },
        ],
        rules: [{ name: 'many', severity: 'note', if: 'q.held = "no"', message: '確認' }],
        measures: [],
        report: { headings: [{ title: '結果', sections: ['q'], parts: [{ kind: 'inline', question: 'q.held' }] }] },
      },
    });
  });

  it('says of a newer vocabulary nothing but that', () => {
    const newer = documentWith({ format: 2, sections: [] });
    expect(isNewerDocument(newer)).toBe(true);
    expect(faultsOf(newer)).toEqual(['format newer-format']);
  });

  it('reads whatever JSON there is, and reads what it gave once more as the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const any: Json = JSON.parse(JSON.stringify(value));
        expect(faultsOf(any).length).toBeGreaterThan(0);
        expect(() => readDocument(documentWith({ sections: any, rules: any, report: any }))).not.toThrow();
      }),
      { numRuns: 200 },
    );
    expect(faultsOf(JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`))).toEqual([' wrong-type']);
  });
});

describe('what is refused', () => {
  it('is told all at once, by where it stands', () => {
    expect(
      faultsOf(
        documentWith({
          id: 'summary',
          sections: [
            {
              key: 'q',
              label: '設問',
              questions: [
                { ...held, options: [...held.options, { key: 'YES', label: '実施 した' }, { key: 'late' }] },
                { ...held, key: 'Held' },
                { key: 'HELD2', kind: 'guess', label: '推測' },
                { key: 'round', kind: 'count', label: '回数', unit: '回', maxLength: 3 },
                { kind: 'count', unit: '回' },
              ],
            },
          ],
          rules: [{ name: 'blank', at: 'q.gone', severity: 'warn', if: 'true', message: '確認' }],
          measures: [{ id: 'q.held', label: '計', kind: 'total', of: '1', measure: 'mean' }],
        }),
      ).toSorted(),
    ).toEqual(
      [
        'id reserved-key',
        'sections.0.questions.0.options.2.key invalid-key',
        'sections.0.questions.0.options.2.key duplicate',
        'sections.0.questions.0.options.2.label duplicate',
        'sections.0.questions.0.options.3.label no-label',
        'sections.0.questions.1.key invalid-key',
        'sections.0.questions.1.key duplicate',
        'sections.0.questions.2.key invalid-key',
        'sections.0.questions.2.kind unknown-kind',
        'sections.0.questions.3.key reserved-key',
        'sections.0.questions.3 unknown-key',
        'sections.0.questions.4.key required',
        'sections.0.questions.4.label required',
        'rules.0.name reserved-key',
        'rules.0.at unknown-question',
        'rules.0.severity unknown-option',
        'measures.0.id in-use',
        'measures.0.measure unknown-option',
      ].toSorted(),
    );
  });

  it.each([
    [
      'a key of the text beside an option other',
      documentOf(
        { ...held, options: [...held.options, { key: 'other', label: 'その他' }] },
        { key: 'heldOther', kind: 'text', label: '内容', maxLength: 20 },
      ),
      'sections.0.questions.1.key duplicate',
    ],
    [
      'a list called excel',
      documentOf({ key: 'excel', kind: 'list', label: '一覧', maxEntries: 5, questions: [held] }),
      'sections.0.questions.0.key reserved-key',
    ],
    [
      'a row called total',
      documentOf({ key: 'staff', kind: 'counts', label: '職員', unit: '人', rows: [{ key: 'total', label: '計' }] }),
      'sections.0.questions.0.rows.0.key reserved-key',
    ],
    [
      'a column with the key of a row',
      documentOf({
        key: 'staff',
        kind: 'counts',
        label: '職員',
        unit: '人',
        rows: [{ key: 'full', label: '常勤' }],
        columns: [{ key: 'full', label: '専従' }],
      }),
      'sections.0.questions.0.columns.0.key duplicate',
    ],
    [
      'a required table of options',
      documentOf({
        key: 'wider',
        kind: 'matrix',
        label: '課題',
        rows: held.options,
        options: held.options,
        required: true,
      }),
      'sections.0.questions.0 unknown-key',
    ],
    ['a question without options', documentOf({ ...held, options: [] }), 'sections.0.questions.0.options required'],
    [
      'a reason for a blank that is allowed',
      documentOf({ ...held, reasonIfBlank: true }),
      'sections.0.questions.0.reasonIfBlank not-required',
    ],
    [
      'limits that leave nothing',
      documentOf({ key: 'times', kind: 'count', label: '回数', unit: '回', min: 5, max: 4 }),
      'sections.0.questions.0.max limits-reversed',
    ],
    [
      'more places than options',
      documentOf({ ...held, kind: 'ranking', places: 3 }),
      'sections.0.questions.0.places beyond-options',
    ],
    [
      'a reference outside a list',
      documentOf({ key: 'parent', kind: 'reference', label: '上位' }),
      'sections.0.questions.0.kind not-in-list',
    ],
    [
      'a group in a table',
      documentOf({
        key: 'rows',
        kind: 'list',
        layout: 'table',
        label: '一覧',
        maxEntries: 5,
        questions: [{ key: 'in', kind: 'group', label: '組', questions: [held] }],
      }),
      'sections.0.questions.0.questions.0.kind not-in-table',
    ],
    [
      'a former id that is still asked',
      documentOf(held, { ...held, key: 'again', label: '再掲', was: 'q.held' }),
      'sections.0.questions.1.was in-use',
    ],
    [
      'a section that the report alone has',
      documentWith({ report: { headings: [{ title: '結果', sections: ['p'] }] } }),
      'report.headings.0.sections.0 unknown-section',
    ],
    [
      'an option that the report alone has',
      documentWith({
        report: {
          headings: [
            {
              title: '結果',
              sections: ['q'],
              parts: [{ kind: 'headline', question: 'q.held', option: 'maybe', ending: '済', by: 'q.held' }],
            },
          ],
        },
      }),
      'report.headings.0.parts.0.option unknown-option',
    ],
  ])('%s', (_, document, fault) => {
    expect(faultsOf(document)).toContain(fault);
  });
});
