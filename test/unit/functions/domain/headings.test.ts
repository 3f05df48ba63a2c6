import { describe, expect, it } from 'vitest';
import { distinct, columnHeadings } from '../../../../functions/domain/headings.ts';
import { tableOf, withDescendants } from '../../../../functions/domain/tables.ts';
import { forms } from '../../../../schemas/forms/catalogue.ts';
import { directory, everyQuestion } from '../../../support/every-question.ts';
import { saitama } from '../../support/real-forms.ts';

const tables = withDescendants(tableOf(everyQuestion, directory, 'internal'));

function headings(id: string): string[] {
  const table = tables.find((each) => each.id === id);
  return table === undefined ? [] : columnHeadings(everyQuestion, table);
}

describe('headings', () => {
  it('are whole: from the section down to the option, with the unit', () => {
    expect(headings('')).toEqual(
      expect.arrayContaining([
        '基本：状況',
        '基本：議題：住まい（該当=1）',
        '基本：委員数（人）',
        '基本：問2の1　開催回数（回）',
        '基本：規模：下限（人）',
        '基本：組：内：回答',
        '基本：相手市町村：川越市（該当=1）',
        '会議体（件）',
      ]),
    );
  });

  it('begin inside the list of their table', () => {
    expect(headings('bodies.sessions')).toEqual(['開催日', '出席者数（人）', '内容（件）']);
    expect(headings('plain.goals')).toEqual(['目標']);
  });

  it('are unique in every table of every form', () => {
    const all = [...forms.values()].flatMap((versions) => [...versions.values()]);
    expect(all.length).toBeGreaterThan(2);
    for (const form of all)
      for (const table of withDescendants(tableOf(form, saitama, 'internal'))) {
        const names = columnHeadings(form, table);
        expect(new Set(names).size, `${form.id} ${table.id}`).toBe(names.length);
      }
  });

  it('would be told apart by their columns', () => {
    expect(distinct(['名称', '数', '名称'], ['a', 'b', 'c'])).toEqual(['名称［a］', '数', '名称［c］']);
  });
});
