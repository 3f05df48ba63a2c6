import { describe, expect, it } from 'vitest';
import { excelText, sheetCell } from '../../../../functions/domain/spreadsheet.ts';
import { tableOf } from '../../../../functions/domain/tables.ts';
import type { AnswerColumn } from '../../../../functions/domain/tables.ts';
import { directory, everyQuestion } from '../../../support/every-question.ts';

const { columns } = tableOf(everyQuestion, directory, 'internal');

function column(name: string): AnswerColumn {
  const found = columns.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}

describe('a cell of a sheet', () => {
  it.each([
    ['plain.members', '12', 12],
    ['plain.members', '-', '該当なし'],
    ['plain.members', '', undefined],
    ['plain.meetings', '0', 0],
    ['plain.status', 'established', '設置済'],
    ['plain.topics.work', '1', 1],
    ['plain.roles.yes', '-', '該当なし'],
    ['plain.since', '2024-09', '2024-09'],
    ['plain.remarks', '-', '-'],
    ['plain.plan.per', 'month', '月'],
  ])('%s %s is %s', (name, raw, expected) => {
    expect(sheetCell(raw, column(name))).toBe(expected);
  });
});

describe('text for Excel', () => {
  it.each(['=1+1', '+1', '-1', '-', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '＋1', ' =1+1', '\u3000=1'])(
    'is harmless: %j',
    (text) => {
      expect(excelText(text)).toBe(`'${text}`);
    },
  );

  it.each([
    '001234',
    '011002',
    '１２３',
    '1-2',
    '1-2-3',
    '2024-9-30',
    '3/4',
    '1e5',
    '12:30',
    '123456789012',
    '1234567890123456',
    '1.50',
    '12345678.9012',
    '平成30年4月',
    'R6.4.1',
    '4月1日',
    '1,234',
    '50%',
  ])('stays text: %s', (text) => {
    expect(excelText(text)).toBe(`'${text}`);
  });

  it.each([
    'TRUE',
    'false',
    'ＴＲＵＥ',
    'Mar-24',
    '2 Mar',
    'SEPT2',
    '1 December 2024',
    '10:30 AM',
    '10 pm',
    '午前10時',
    '2024-09',
    '2024年9月',
  ])('stays text too: %s', (text) => {
    expect(excelText(text)).toBe(`'${text}`);
  });

  it.each(['March', 'TRUE colors', 'P1', '10 AMラジオ', '午前', 'Marche 2', '午前10時から'])(
    'is left as it is, being no date: %s',
    (text) => {
      expect(excelText(text)).toBe(text);
    },
  );

  it.each([
    '',
    '𠮷野',
    '0',
    '12',
    '2.8',
    '0.5',
    '111007',
    '112038',
    '12345678901',
    '048-830-3312',
    '03-1234-5678',
    '330-9301',
    '1-2-3-4',
    'R6',
    'H30-1回目',
    '行1\r\n行2',
    '(1) 全体会',
    '年度末',
    "'",
    '1,000人以上',
    '元気',
  ])('is left as it is: %j', (text) => {
    expect(excelText(text)).toBe(text);
  });
});
