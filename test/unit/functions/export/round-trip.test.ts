import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicAnswers } from '../../../../functions/domain/public-answers.ts';
import type { Audience } from '../../../../functions/domain/summary.ts';
import { tableOf } from '../../../../functions/domain/tables.ts';
import { returnJson } from '../../../../functions/export/files/return-json.ts';
import { returnTables } from '../../../../functions/export/files/return-tables.ts';
import type { Form } from '../../../../schemas/form.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { directory, everyQuestion, round } from '../../../support/every-question.ts';
import { readAnswers } from '../../../support/read-answers.ts';
import { exportFiles as exportAll } from '../../../support/export-files.ts';
import type { Exported, GivenReturn } from '../../../support/export-files.ts';

/** Only the files that are read back. */
const formats = { returns: [returnTables, returnJson], documents: [] };

function exportFiles(
  of: Parameters<typeof exportAll>[0],
  given: readonly { form: Form; returns: readonly GivenReturn[] }[],
): Promise<Exported> {
  return exportAll(of, given, formats);
}

type Row = ReadonlyMap<string, string>;

function rowsOf({ texts }: Exported, path: string): Row[] {
  const [header = [], ...records]: string[][] = parse(texts.get(path) ?? '', { record_delimiter: '\r\n' });
  return records.map((cells) => new Map(header.map((name, index) => [name, cells[index] ?? ''])));
}

/** Reads the answers back from the CSV files alone. */
function answersFromCsv(exported: Exported, audience: Audience): Map<string, Answers> {
  const table = tableOf(everyQuestion, directory, audience);
  const children = new Map<string, Row[]>();
  const childRows = (id: string): Row[] => {
    const rows = children.get(id) ?? rowsOf(exported, `${audience}/every-question.${id}.csv`);
    children.set(id, rows);
    return rows;
  };
  return new Map(
    rowsOf(exported, `${audience}/every-question.csv`).map((row) => {
      const unit = row.get('unit') ?? '';
      const source = (id: string, keys: readonly string[]): Row[] =>
        childRows(id).filter((child) => [...child.values()].slice(0, keys.length).every((key, at) => key === keys[at]));
      return [unit, readAnswers(table, row, [round.id, unit], source)];
    }),
  );
}

const codes = directory.municipalities.map(({ code }) => code);
const returns = fc.array(answersOf(everyQuestion, { municipalities: codes, hostile: true }), {
  minLength: 1,
  maxLength: codes.length,
});

describe('the CSV files', () => {
  it('give back what was submitted, whatever was typed', async () => {
    await fc.assert(
      fc.asyncProperty(returns, async (given) => {
        const exported = await exportFiles({ round, directory }, [
          { form: everyQuestion, returns: given.map((answers) => ({ answers, state: 'accepted' })) },
        ]);
        expect([...answersFromCsv(exported, 'internal').values()]).toEqual(given);
        expect([...answersFromCsv(exported, 'public').values()]).toEqual(
          given.map((answers) => publicAnswers(everyQuestion, answers)),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('keep apart not answered, none, zero and does not apply', async () => {
    const given: Answers[] = [
      { plain: { members: null, roles: null, meetings: 0, goals: [] }, bodies: [] },
      { plain: { members: 0, roles: [], goals: ['-'] } },
      {},
    ];
    const exported = await exportFiles({ round, directory }, [
      { form: everyQuestion, returns: given.map((answers) => ({ answers, state: 'submitted' })) },
    ]);
    const cells = rowsOf(exported, 'internal/every-question.csv').map((row) =>
      ['plain.members', 'plain.roles.yes', 'plain.meetings', 'plain.goals', 'bodies'].map((name) => row.get(name)),
    );
    expect(cells).toEqual([
      ['-', '-', '0', '0', '0'],
      ['0', '0', '', '1', ''],
      ['', '', '', '', ''],
    ]);
    expect([...answersFromCsv(exported, 'internal').values()]).toEqual(given);
  });
});

describe('the JSON files', () => {
  it('hold one element per line, the answers as they were submitted', async () => {
    await fc.assert(
      fc.asyncProperty(returns, async (given) => {
        const { texts } = await exportFiles({ round, directory }, [
          {
            form: everyQuestion,
            returns: given.map((answers) => ({ answers, state: 'accepted', reasons: { 'a.b': '理由' } })),
          },
        ]);
        const internal = texts.get('internal/every-question.json') ?? '';
        expect(internal.trimEnd().split('\n')).toHaveLength(given.length + 2);
        expect(JSON.parse(internal)).toEqual(
          given.map((answers, index) => ({
            unit: codes[index],
            version: 1,
            submittedAt: '2024-11-20T03:00:00.000Z',
            late: true,
            receipt: `mark-of-receipt-${codes[index]}`,
            sha256: 'f'.repeat(64),
            answers,
            reasons: { 'a.b': '理由' },
          })),
        );
        expect(JSON.parse(texts.get('public/every-question.json') ?? '')).toEqual(
          given.map((answers, index) => ({ unit: codes[index], answers: publicAnswers(everyQuestion, answers) })),
        );
      }),
      { numRuns: 12 },
    );
  });

  it('are an empty array when nobody has answered', async () => {
    const { texts } = await exportFiles({ round, directory }, [{ form: everyQuestion, returns: [] }]);
    expect(JSON.parse(texts.get('public/every-question.json') ?? '')).toEqual([]);
  });
});
