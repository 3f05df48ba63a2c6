/**
 * The checks and measures of the shipped forms, written in the language of rules: on generated returns and on every
 * fixture they find and count exactly what the functions do. `RULE_RUNS=100000` makes it as many returns.
 */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editChecks } from '../../../../functions/domain/edit-checks.ts';
import type { Finding } from '../../../../functions/domain/edit-checks.ts';
import { isObject } from '../../../../schemas/json.ts';
import type { FormRule } from '../../../../schemas/form-rule.ts';
import { formWith } from '../../../../schemas/form.ts';
import type { Form } from '../../../../schemas/form.ts';
import { meetingRules } from '../../../../schemas/forms/coordination-meeting/rules.ts';
import { coordinationMeeting2024 } from '../../../../schemas/forms/coordination-meeting/v2024.ts';
import { councilMeasures } from '../../../../schemas/forms/council-report/measures.ts';
import { councilRules } from '../../../../schemas/forms/council-report/rules.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { surveyRules } from '../../../../schemas/forms/municipal-survey/rules.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Definition } from '../../../../schemas/kinds/kinds.ts';
import type { ExpressedMeasure } from '../../../../schemas/measure.ts';
import { question } from '../../../../schemas/question.ts';
import type { Fields } from '../../../../schemas/question.ts';
import type { Answers, Json } from '../../../../schemas/return.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { fixture, round } from './returns.ts';

/** Without what is a function. */
function plain(definition: Definition): Definition {
  if (definition.kind === 'date') return { ...definition, past: undefined };
  if (definition.kind === 'list')
    return { ...definition, fields: plainFields(definition.fields), checks: [], entryChecks: [] };
  if (definition.kind === 'group') return { ...definition, fields: plainFields(definition.fields), checks: [] };
  return definition;
}

function plainFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, { definition }]) => [key, question(plain(definition))]));
}

function inRules(form: Form, rules: readonly FormRule[], measures: readonly ExpressedMeasure[] = []): Form {
  const { id, version, title, units, help, fields } = form;
  return formWith<Answers>(id, version, { title, units, help }, plainFields(fields), { checks: [], rules, measures });
}

interface Pair {
  readonly name: string;
  readonly functions: Form;
  readonly ruled: Form;
  readonly fixtures: readonly Answers[];
}

const pairs: readonly Pair[] = [
  {
    name: '市町村調査票',
    functions: municipalSurvey2024,
    ruled: inRules(municipalSurvey2024, surveyRules),
    fixtures: Object.values(fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json')),
  },
  {
    name: '協議会活動報告書',
    functions: councilReport2024,
    ruled: inRules(councilReport2024, councilRules, councilMeasures),
    fixtures: [
      ...Object.values(fixture<Record<string, Answers>>('saitama-r6/council-report.json')),
      ...Object.values(fixture<Record<string, Answers>>('gunma-h30/council-report.json')),
      fixture<Answers>('councils/kisarazu.json'),
      fixture<Answers>('councils/yokohama-ward.json'),
    ],
  },
  {
    name: '支援調整会議実施状況票',
    functions: coordinationMeeting2024,
    ruled: inRules(coordinationMeeting2024, meetingRules),
    fixtures: [
      ...Object.values(fixture<Record<string, Answers>>('saitama-r6/coordination-meeting.json')),
      ...Object.values(fixture<Record<string, Answers>>('coordination-meeting.json')),
    ],
  },
];

const unit = '112020';
const municipalities = [unit, '112038', '112046'];

/** Around the period of the round and its fiscal year. */
const days = ['2023', '2023-03', '2023-04', '2023-04-01', '2024-09', '2024-09-30', '2024-10-01', '2025-03', '2025-04'];

/** Of an answer one near by, so that checks strike: few numbers, dates about the round. */
function near(value: Json): Json {
  if (typeof value === 'number') return value > 1800 && value < 3000 ? 2020 + (value % 6) : value % 9;
  if (typeof value === 'string')
    return /^\d{4}(?:-\d{2})*$/.test(value) ? (days[Number(value.slice(0, 4)) % days.length] ?? value) : value;
  if (Array.isArray(value)) return value.map(near);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, each === undefined ? each : near(each)]));
}

function returnsOf(form: Form): fc.Arbitrary<Answers> {
  const any = answersOf(form, { municipalities, maxEntries: 4 });
  const close = any.map((answers): Answers => {
    const value = near(answers);
    return isObject(value) ? value : {};
  });
  return fc.oneof(any, close);
}

function sorted(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** What both find, which is the same. */
function found({ functions, ruled }: Pair, answers: Answers, previous: Answers | undefined): Finding[] {
  const about = { unit, round, previous };
  const byRules = sorted(editChecks(ruled, answers, about));
  expect(byRules).toEqual(sorted(editChecks(functions, answers, about)));
  return byRules;
}

function counted({ measures }: Form, answers: Answers): unknown[] {
  const council = { code: 'c1', name: '', editor: unit };
  return [[unit], municipalities].map((members) =>
    measures.map(({ measure }) => measure.of(answers, { ...council, members })),
  );
}

/** Of each form; in the suite as many as take a moment. */
const runs = Number(process.env['RULE_RUNS'] ?? 150);

describe.each(pairs)('$name in rules', (pair) => {
  const { functions, ruled, fixtures } = pair;

  it('finds in the fixtures what the functions find, after whatever return', () => {
    for (const [index, answers] of fixtures.entries())
      for (const previous of [undefined, answers, fixtures[index + 1], fixtures.at(-1)]) found(pair, answers, previous);
  });

  it('finds in generated returns what the functions find', { timeout: 3_600_000 }, () => {
    const generated = returnsOf(functions);
    const previous = fc.option(generated, { freq: 3, nil: undefined });
    fc.assert(
      fc.property(generated, previous, fc.boolean(), (answers, before, isSame) => {
        found(pair, answers, isSame ? answers : before);
      }),
      { numRuns: runs },
    );
  });

  it('has no rule that never strikes', () => {
    const names = new Set<string>();
    const generated = fc.sample(fc.tuple(returnsOf(functions), returnsOf(functions)), { numRuns: 400, seed: 41 });
    for (const [answers, before] of generated)
      for (const previous of [before, answers]) for (const { name } of found(pair, answers, previous)) names.add(name);
    expect(names).toEqual(new Set(ruled.rules.map(({ rule }) => rule.name)));
  });

  it('counts what the functions count', { timeout: 3_600_000 }, () => {
    const identities = ({ measures }: Form) => measures.map(({ measure, visibility }) => [measure.id, visibility]);
    expect(identities(ruled)).toEqual(identities(functions));
    for (const answers of fixtures) expect(counted(ruled, answers)).toEqual(counted(functions, answers));
    fc.assert(
      fc.property(returnsOf(functions), (answers) => {
        expect(counted(ruled, answers)).toEqual(counted(functions, answers));
      }),
      { numRuns: functions.measures.length === 0 ? 1 : runs },
    );
  });
});
