import { describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../../../schemas/directory.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import { roundDefinition } from '../../../../../schemas/round.ts';
import { summarise } from '../../../../../functions/domain/summary.ts';
import { Tally } from '../../../../../functions/domain/tally.ts';
import { figureOf, namedFigures, sectionBlocks } from '../../../../../functions/web/publish/summary-blocks.ts';
import type { SummaryBlock } from '../../../../../functions/web/publish/summary-blocks.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import saitama from '../../../../fixtures/saitama-r6/directory.json' with { type: 'json' };

const directory = directorySchema.parse(saitama);
const round = {
  ...roundDefinition.parse({
    name: '令和6年度',
    fiscalYear: 2024,
    compareYear: 2022,
    referenceDate: '2024-09-30',
    period: { from: '2023-04', to: '2024-09' },
    forms: { 'municipal-survey': 2024, 'council-report': 2024 },
    opensAt: '2024-10-01',
    dueAt: '2024-11-29',
  }),
  id: 'R6',
  directoryVersion: 1,
};

function survey(widerArea: Record<string, string>, generalTransition: number): Answers {
  return {
    establishment: { status: 'established', form: 'single' },
    issues: { raised: 'yes', widerArea },
    consultation: { generalTransition },
  };
}

const surveys = new Tally(municipalSurvey2024);
surveys.add(survey({ employment: 'region', housing: 'prefecture' }, 2), {
  code: '111007',
  name: '',
  kind: null,
  members: ['111007'],
  editor: '',
});
surveys.add(survey({ employment: 'prefecture', housing: 'prefecture' }, 5), {
  code: '112011',
  name: '',
  kind: null,
  members: ['112011'],
  editor: '',
});
surveys.add(survey({ employment: 'region' }, 0), {
  code: '112038',
  name: '',
  kind: null,
  members: ['112038'],
  editor: '',
});
const councils = new Tally(councilReport2024);
councils.add(
  { bodies: [{ id: 'b', name: '全体会', kind: 'plenary', meetings: 4 }] },
  { code: 'c1', name: '', kind: null, members: ['111007', '112011', '112038'], editor: '' },
);
const { rows } = summarise([surveys, councils], { seq: 1, at: '' }, { round, directory, audience: 'internal' });

function blocks(key: string): SummaryBlock[] {
  const section = municipalSurvey2024.sections.find((each) => each.key === key);
  return section === undefined ? [] : sectionBlocks(municipalSurvey2024, section, rows);
}

describe('the blocks of a summary', () => {
  it('rank the rows of a matrix by their sum, equal sums alike', () => {
    const ranking = blocks('issues').find(({ kind }) => kind === 'ranking');
    const top = ranking?.kind === 'ranking' ? ranking.figures.slice(0, 3) : [];
    expect(
      top.map(({ rank, label, total, parts }) => [rank, label, total.value, parts.map(({ value }) => value)]),
    ).toEqual([
      [1, '就労支援', 3, [1, 2]],
      [2, '居住支援', 2, [2, 0]],
      [3, '相談支援の質及び量', 0, [0, 0]],
    ]);
  });

  it('name the units behind a number', () => {
    const issues = blocks('issues');
    expect(figureOf(issues, 'issues.raised', 'yes')).toMatchObject({
      value: 3,
      base: 3,
      units: ['111007', '112011', '112038'],
    });
    expect(figureOf(issues, 'issues.widerArea.employment', 'region')?.units).toEqual(['111007', '112038']);
    expect(figureOf(issues, 'issues.gone', 'yes')).toBeUndefined();
  });

  it('put a section of counts into one table', () => {
    const [table] = blocks('consultation');
    const figures = table?.kind === 'numbers' ? table.figures : [];
    expect(figures).toHaveLength(5);
    expect(figures[1]).toMatchObject({ unit: '事業所', base: 3, sum: 7, mean: '約2.3', median: 2, min: 0, max: 5 });
  });

  it('show the named figures with their working', () => {
    expect(namedFigures(councilReport2024, rows)).toContainEqual({
      key: 'plenaryMeetings  perMunicipality',
      label: '全体会の開催回数（1市町村当たり）',
      value: '約1.3回',
      working: '4回÷3市町村',
    });
  });
});
