/** What is stored goes into a workbook and comes back; what is typed by hand gives the same as what is stored. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFillIn } from '../../../../../functions/domain/fill-in/read.ts';
import { columnNames } from '../../../../../functions/domain/fill-in/sheet.ts';
import type { GivenSheet } from '../../../../../functions/domain/given-sheet.ts';
import { normalForm } from '../../../../../functions/domain/normal-form.ts';
import { formOfDocument } from '../../../../../schemas/document/form.ts';
import { readDocument } from '../../../../../schemas/document/form-document.ts';
import { form as withFiles } from '../../../../../schemas/form.ts';
import type { Form, Item } from '../../../../../schemas/form.ts';
import type { Answers, Json, JsonObject } from '../../../../../schemas/values/json.ts';
import { isObject } from '../../../../../schemas/values/json.ts';
import { coordinationMeeting2024 } from '../../../../../schemas/forms/coordination-meeting/v2024.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import { decimal } from '../../../../../schemas/kinds/decimal.ts';
import { file } from '../../../../../schemas/kinds/file.ts';
import { list, section, text } from '../../../../../schemas/kinds/question.ts';
import { fixture } from '../../../schemas/forms/returns.ts';
import { answersOf } from '../../../support/arbitrary-answers.ts';
import { fillInOf, givenOf } from '../../../support/fill-in.ts';
import { realForms, saitamaCodes } from '../../../support/real-forms.ts';
import { scratchForm } from '../../../support/scratch-form.ts';

const forms: readonly (readonly [string, Form])[] = [...realForms, ['scratch', scratchForm]];

const about = { title: '添付', units: 'municipality', help: '' } as const;

function formOf(written: JsonObject): Form {
  const read = readDocument(written);
  const built = 'document' in read ? formOfDocument(read.document) : read;
  if (!('form' in built)) throw new Error(JSON.stringify(built.errors));
  return built.form;
}

const noNewId = (): string => {
  throw new Error('no entry is new');
};

/** The same sheets without what they remember: every cell that holds something was typed by somebody. */
function typed(sheets: readonly GivenSheet[]): GivenSheet[] {
  return sheets.map((sheet) => {
    const column = sheet.rows.flatMap(({ cells }) => cells).find(({ text }) => text === columnNames.mark)?.column;
    const rows = sheet.rows.map(({ number, cells }) => ({
      number,
      cells: cells.filter((cell) => cell.column !== column || cell.text === columnNames.mark),
    }));
    return { ...sheet, rows };
  });
}

/** The entries alone, with their ids. */
function skeleton(items: readonly Item[], value: { [key: string]: Json | undefined }): { [key: string]: Json } {
  return Object.fromEntries(
    items.flatMap(({ key, kind, children }): [string, Json][] => {
      const part = value[key];
      if (kind.nesting === 'fields' && isObject(part)) return [[key, skeleton(children, part)]];
      if (kind.nesting !== 'entries' || !Array.isArray(part) || part.length === 0) return [];
      return [
        [key, part.map((entry) => (isObject(entry) ? { id: entry['id'] ?? '', ...skeleton(children, entry) } : entry))],
      ];
    }),
  );
}

const lf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('\\r\\n', '\\n').replaceAll('\\r', '\\n'));

function normal(form: Form, answers: Answers): Answers {
  return normalForm(form.sections, answers, noNewId);
}

function expectBack(form: Form, given: Answers): void {
  const answers = normal(form, given);
  const sheets = givenOf(fillInOf(form, answers));
  const untouched = readFillIn(fillInOf(form, answers), sheets, noNewId);
  expect(untouched.errors).toEqual([]);
  expect(untouched.replaced).toEqual([]);
  expect(normal(form, untouched.answers)).toEqual(answers);
  const read = readFillIn(fillInOf(form, skeleton(form.sections, answers)), typed(sheets), noNewId);
  expect(read.errors).toEqual([]);
  expect(lf(normal(form, read.answers))).toEqual(lf(answers));
}

describe('answers in a workbook to fill in', () => {
  it.each(forms)('%s: come back as they are, also when all is typed by hand', (_, form) => {
    fc.assert(
      fc.property(answersOf(form, { municipalities: saitamaCodes, hostile: true }), (answers) =>
        expectBack(form, answers),
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    [municipalSurvey2024, 'saitama-r6/municipal-survey.json', 63],
    [councilReport2024, 'saitama-r6/council-report.json', 37],
    [councilReport2024, 'gunma-h30/council-report.json', 2],
    [coordinationMeeting2024, 'coordination-meeting.json', 1],
  ] as const)('every real return comes back: %#', (form, file, count) => {
    const returns = Object.values(fixture<Record<string, Answers>>(file)).slice(0, count);
    expect(returns).toHaveLength(count);
    for (const answers of returns) expectBack(form, answers);
  });

  it('have the unit beside a number, and not beside why it is not known', () => {
    const asked = withFiles('asked', 2025, about, {
      s: section('停電', { hours: decimal('時間', 'h', { places: 1 }).required().reasonIfBlank() }),
    });
    const rows = givenOf(fillInOf(asked)).flatMap((sheet) =>
      sheet.rows.map(({ cells }) => cells.map(({ text }) => text)),
    );
    expect(rows.filter((texts) => texts.includes('h'))).toEqual([expect.arrayContaining(['s.hours'])]);
    expect(rows.flat()).toContain('不明の場合は、その理由');
  });

  it('have no field for what is computed, which is named and not answered', () => {
    const each = { kind: 'computed', label: '1日当たり', formula: 'cases / 240', unit: '件', places: 1 };
    const questions = [
      { key: 'cases', kind: 'count', label: '件数', unit: '件' },
      { key: 'each', ...each },
    ];
    const asked = formOf({
      id: 'asked',
      version: 2025,
      title: '相談',
      units: 'municipality',
      sections: [
        { key: 's', label: '相談', questions },
        { key: 'offices', kind: 'list', label: '事業所', maxEntries: 5, questions },
      ],
    });
    const texts = givenOf(fillInOf(asked)).flatMap((sheet) =>
      sheet.rows.flatMap(({ cells }) => cells.map(({ text }) => text)),
    );
    expect(texts).toContain('他の回答から自動で計算します。');
    expect(texts).not.toContain('該当するものはない');
    expect(texts.filter((text) => text.includes('each'))).toEqual([]);
  });

  it('say until when they are due as the pages do', () => {
    const fillIn = fillInOf(municipalSurvey2024);
    const due = (dueAt: string): string[] =>
      givenOf({ ...fillIn, round: { ...fillIn.round, dueAt } }).flatMap((sheet) =>
        sheet.rows.flatMap(({ cells }) =>
          cells[0]?.text === '提出期限' ? cells.slice(1).map(({ text }) => text) : [],
        ),
      );
    expect(due('2026-12-30T17:00:00+09:00')).toEqual(['令和8年12月30日 17:00']);
    expect(due('2026-12-30')).toEqual(['令和8年12月30日']);
  });

  it('leave files as they are, since no cell holds any, and may say that there are none', () => {
    const attached = withFiles('attached', 2025, about, {
      s: section('資料', { rules: file('要綱', 2), minutes: file('議事録', 2) }),
      bodies: list('会議体', 5, { name: text('名称', 20), roster: file('名簿', 2) }),
    });
    fc.assert(
      fc.property(answersOf(attached, { municipalities: saitamaCodes }), (answers) => {
        const { answers: read, errors } = readFillIn(
          fillInOf(attached, answers),
          givenOf(fillInOf(attached, answers)),
          noNewId,
        );
        expect(errors).toEqual([]);
        expect(normal(attached, read)).toEqual(normal(attached, answers));
      }),
      { numRuns: 10 },
    );
    const none = { s: { rules: [] } };
    const said = readFillIn(fillInOf(attached), typed(givenOf(fillInOf(attached, none))), noNewId);
    expect(said.answers).toEqual(none);
  });
});
