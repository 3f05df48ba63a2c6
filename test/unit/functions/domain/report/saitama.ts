/** The report of Saitama's fixtures, made without files. */

import { ReportFacts } from '../../../../../functions/domain/report/facts.ts';
import { publicAnswers } from '../../../../../functions/domain/public-answers.ts';
import { reportOf } from '../../../../../functions/domain/report/report.ts';
import type { Report, ReportSource } from '../../../../../functions/domain/report/report.ts';
import type { Block, ReportTable } from '../../../../../functions/domain/report/document.ts';
import { figuresLeftOut, summarise } from '../../../../../functions/domain/summary.ts';
import type { Audience } from '../../../../../functions/domain/summary.ts';
import { Tally } from '../../../../../functions/domain/tally.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import type { Directory } from '../../../../../schemas/directory.ts';
import type { Form } from '../../../../../schemas/form.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { fixture, round } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';

const asOf = { seq: 7, at: '2024-12-19T15:00:00.000Z' };

export type Returns = readonly (readonly [Form, Readonly<Record<string, Answers>>])[];

const saitamaReturns: Returns = [
  [municipalSurvey2024, fixture('saitama-r6/municipal-survey.json')],
  [councilReport2024, fixture('saitama-r6/council-report.json')],
];

/** What the report of given returns is made of; every return is accepted. */
export function sourceOf(
  audience: Audience,
  given: Returns = saitamaReturns,
  directory: Directory = saitama,
  rest: Partial<ReportSource> = {},
): ReportSource {
  const forms = Object.fromEntries(given.map(([{ id, version }]) => [id, version]));
  const facts = new ReportFacts(audience, {
    round: { ...round, forms },
    directory,
    forms: given.map(([form]) => form),
  });
  const tallies = given.map(([form, returns]) => {
    const tally = new Tally(form);
    for (const unit of reportingUnits(directory, form.units)) {
      const answers = returns[unit.code];
      if (answers === undefined) continue;
      tally.add(answers, unit);
      facts.add(form, unit, audience === 'public' ? publicAnswers(form, answers) : answers);
    }
    return tally;
  });
  return {
    round: { ...round, forms },
    directory,
    audience,
    asOf,
    forms: tallies.map(({ form, returns }) => ({
      form,
      counts: {
        expected: reportingUnits(directory, form.units).length,
        submitted: 0,
        accepted: returns,
        correcting: 0,
      },
    })),
    summary: summarise(tallies, asOf, { round, directory, audience }),
    leftOut: figuresLeftOut(tallies, { round, directory, audience }),
    comparisons: [],
    facts,
    settings: {},
    ...rest,
  };
}

export function saitamaReport(audience: Audience, rest: Partial<ReportSource> = {}): Report {
  return reportOf(sourceOf(audience, saitamaReturns, saitama, rest));
}

/** Both as they are, made once for all that look at them. */
export const internal = saitamaReport('internal');
export const open = saitamaReport('public');

/** Every line of text of blocks, tables row by row. */
export function textsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block): string[] => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        return [block.text];
      case 'lines':
        return block.lines.map(({ text }) => text);
      case 'table':
        return [block.caption, ...[...block.rows].map((cells) => cells.join('|'))];
      case 'bars':
      case 'structure':
        return [block.title];
      case 'pagesEnd':
        return [];
    }
  });
}

/** The rows of the table whose caption begins so. */
export function rowsOf(blocks: readonly Block[], caption: string): string[][] {
  const table = blocks.find(
    (block): block is ReportTable => block.kind === 'table' && block.caption.startsWith(caption),
  );
  if (table === undefined) throw new Error(`no table ${caption}`);
  return [...table.rows].map((cells) => [...cells]);
}
