import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { summary } from '../../../../schemas/export.ts';
import type { Form } from '../../../../schemas/form.ts';
import { forms } from '../../../../schemas/forms/catalogue.ts';
import { directory, everyQuestion, round } from '../../../support/every-question.ts';
import { exportFiles } from '../../../support/export-files.ts';
import type { Exported, GivenReturn } from '../../../support/export-files.ts';
import { mark, markedAnswers, markedNumber } from '../../../support/marked-answers.ts';

// A version has the questions of those before it.
const all: Form[] = [everyQuestion, ...[...forms.values()].flatMap((versions) => [...versions.values()].slice(-1))];

/** Marks of what is not an answer: the officer, the receipt. */
const otherMark = 'mark-of';

describe.each(all)('the public files of $id $version', (form) => {
  let exported: Exported;
  let publicTexts: (readonly [string, string])[];
  const hidden = [...form.items.values()].filter(({ visibility }) => visibility !== 'open').map(({ id }) => id);

  beforeAll(async () => {
    const answers = markedAnswers(form, '112011');
    const reasons = { 'check.key': `${mark}-reason` };
    const onBehalf = { source: 'correction', reason: `${mark}-correction` } as const;
    const returns: GivenReturn[] = [
      { answers, reasons, onBehalf, state: 'accepted' },
      { answers, reasons, state: 'submitted' },
    ];
    exported = await exportFiles({ round, directory }, [{ form, returns }]);
    publicTexts = [...exported.texts].filter(([path]) => path.startsWith('public/'));
  });

  it('hold no answer to a question that is not public, no withheld entry, reason, officer, receipt or hash', () => {
    expect(publicTexts.length).toBeGreaterThan(5);
    for (const [path, text] of publicTexts)
      for (const secret of [mark, String(markedNumber), otherMark, 'f'.repeat(64)])
        expect(text.includes(secret), `${path} tells ${secret}`).toBe(false);
  });

  it('are compared with internal files that do hold them', () => {
    const internal = [...exported.texts]
      .filter(([path]) => path.startsWith('internal/'))
      .map(([, text]) => text)
      .join();
    if (hidden.length > 0) expect(internal).toContain(mark);
    expect(internal).toContain(otherMark);
  });

  it('have no column for such a question', () => {
    for (const [path, text] of publicTexts.filter(([path]) => path.endsWith('.csv') && !path.endsWith('summary.csv'))) {
      const [header = []]: string[][] = parse(text, { to_line: 1 });
      for (const id of hidden)
        expect(
          header.filter((name) => name === id || name.startsWith(`${id}.`)),
          `${id} in ${path}`,
        ).toEqual([]);
    }
    const described: Record<string, string>[] = parse(exported.texts.get('public/codebook.csv') ?? '', {
      columns: true,
    });
    expect(new Set(described.map((row) => row['visibility']))).toEqual(new Set(['公表']));
  });

  it('tell nothing of lateness, nor of what the prefecture submitted', () => {
    const keyNames = new Set(['late', '期限後の提出', '期限後の提出（該当=1）', 'onBehalf', 'onBehalfReason']);
    for (const [path, text] of publicTexts.filter(([path]) => path.endsWith('.csv'))) {
      const [header = []]: string[][] = parse(text, { to_line: 1, bom: true });
      expect(
        header.filter((name) => keyNames.has(name)),
        path,
      ).toEqual([]);
    }
    const [first] = z
      .array(z.record(z.string(), z.unknown()))
      .parse(JSON.parse(exported.texts.get(`public/${form.id}.json`) ?? ''));
    expect(Object.keys(first ?? {})).toEqual(['unit', 'answers']);
    for (const [path, text] of publicTexts)
      for (const words of ['期限後の提出', '県による提出', 'onBehalf', '職権訂正'])
        expect(text.includes(words), `${path} tells ${words}`).toBe(false);
    expect(exported.texts.get(`internal/${form.id}.csv`)?.split('\r\n')[0]).toContain(',submittedAt,late,receipt,');
  });

  it('hold accepted returns only', () => {
    const returns = z
      .array(z.object({ unit: z.string() }))
      .parse(JSON.parse(exported.texts.get(`public/${form.id}.json`) ?? ''));
    expect(returns).toHaveLength(1);
  });

  it('sum up without naming the units', () => {
    const { rows } = summary.parse(JSON.parse(exported.texts.get('public/summary.json') ?? ''));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.units).toBeUndefined();
      expect(form.items.get(row.question)?.visibility).not.toBe('internal');
    }
  });
});
