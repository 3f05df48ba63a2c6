/** The formulas of the cross tables, worked out by a spreadsheet's engine: whatever is chosen, they say what the page says. */

import { calculateFormulas } from '@cj-tech-master/excelts/formula';
import { describe, expect, it } from 'vitest';
import { shareBases } from '../../../../../functions/domain/analysis/cross-table.ts';
import { analyse } from '../../../../../functions/service/analysis.ts';
import type { Directory } from '../../../../../schemas/directory.ts';
import { formWith } from '../../../../../schemas/form.ts';
import type { Form } from '../../../../../schemas/form.ts';
import { choice, choices, count, section } from '../../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { round as usual } from '../../../schemas/forms/returns.ts';
import { analysedWorkbook } from '../../../support/analysed-workbook.ts';
import { asInWorkbook, chosenIn, crossTablesIn } from '../../../support/cross-sheet.ts';
import { servedRounds } from '../../../support/served-rounds.ts';

/** Labels that look like patterns and formulas, and differ in case alone. */
const form: Form = formWith(
  'own',
  2024,
  { title: '票', units: 'municipality', help: '' },
  {
    s: section('状況', {
      status: choice('A*の状況?', { yes: '=1+1', no: '無' }),
      lower: choice('a*の状況?', { yes: '~有', no: '<>無' }).when({ status: 'yes' }),
      topics: choices('𠮷の議題', { housing: '住まい', work: '就労', other: '5' }).nullable(),
      visits: count('件数', '件'),
    }),
  },
  {},
);

const returns: readonly Answers[] = [
  { s: { status: 'yes', lower: 'no', topics: ['housing', 'work'], visits: 0 } },
  { s: { status: 'no', lower: 'no', topics: ['work'], visits: 3 } },
  { s: { status: 'yes', topics: [], visits: 12 } },
  { s: { lower: 'yes', topics: ['housing', 'other'], visits: 12 } },
  { s: { status: 'yes', lower: 'yes', topics: ['housing'] } },
  { s: {} },
  { s: { status: 'no', topics: ['housing', 'work', 'other'], visits: 700 } },
];

const codeOf = (index: number): string => `1120${10 + index}`;
const names = ['=HYPERLINK("https://example.jp")', '𠮷川市', 'い市', 'う町', 'え市', 'お市', 'か町', '未提出市'];
const directory: Directory = {
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: names.map((name, index) => ({
    code: codeOf(index),
    name,
    kind: name.endsWith('町') ? 'town' : 'city',
  })),
  councils: [],
};
const round = { ...usual, id: 'R6', forms: { own: 2024 } };
const answers = Object.fromEntries(returns.map((each, index) => [codeOf(index), each]));
const service = servedRounds(directory, [form], [{ round, returns: { own: answers } }]);

describe('the formulas of the cross tables', () => {
  it('say what the page says, whatever is chosen', async () => {
    const book = await analysedWorkbook(service, 'R6');
    const sheet = book.getWorksheet('クロス集計');
    if (sheet === undefined) throw new Error('no sheet');
    const listed: string[] = [];
    for (let row = 60; sheet.getCell(row, 1).text !== ''; row += 1) listed.push(sheet.getCell(row, 1).text);
    expect(listed).toEqual(['区分', 'A*の状況?［s.status］', 'a*の状況?［s.lower］', '𠮷の議題', '件数']);
    const shares = ['column', 'row', 'whole'] as const;
    for (const [nth, rows] of listed.slice(1).entries())
      for (const [at, columns] of listed.entries()) {
        // Half of all pairs, each question on either side.
        if ((nth + at) % 2 === 0) continue;
        const share = shares[(nth * 2 + at) % 3] ?? 'column';
        sheet.getCell('A4').value = rows;
        sheet.getCell('A6').value = columns;
        sheet.getCell('A8').value = shareBases[share];
        calculateFormulas(book);
        const { question, by } = chosenIn(sheet, form, directory);
        const request = { kind: 'cross', form: 'own', question, with: by, share, per: 10_000 } as const;
        const page = await analyse(service, round, request);
        expect(crossTablesIn(sheet), `${rows} × ${columns}`).toEqual(page.ok ? asInWorkbook(page.value.tables) : []);
      }
  });
});
