/**
 * The checks and measures of the shipped forms, written in the language of rules: on generated returns they find and
 * count exactly what the functions do. Parents of bodies belong to the kind `reference`.
 */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { editChecks } from '../../../../functions/domain/edit-checks.ts';
import type { FormRule } from '../../../../schemas/edit-check.ts';
import { formWith } from '../../../../schemas/form.ts';
import type { Form } from '../../../../schemas/form.ts';
import { coordinationMeeting2024 } from '../../../../schemas/forms/coordination-meeting/v2024.ts';
import { placements } from '../../../../schemas/forms/council-report/functions.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import type { ExpressedMeasure } from '../../../../schemas/measure.ts';
import type { Answers } from '../../../../schemas/return.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { round } from './returns.ts';

type Written = readonly [at: string | undefined, name: string, condition: string];

const changed = (section: string, ...keys: readonly string[]): Written[] =>
  keys.map((key) => [`${section}.${key}`, `${key}-changed`, `abrupt change(${key})`]);
const backwards = (...sections: readonly string[]): Written[] =>
  sections.map((section) => [`${section}.status`, 'status-went-back', 'went back(status)']);

const surveyRules: readonly Written[] = [
  ...backwards('establishment', 'bases', 'coreCentre'),
  ...changed('consultation', 'commissioned', 'generalTransition', 'generalSettlement', 'specific', 'children'),
  ...changed('bases', 'coordinators'),
  ['consultation.generalTransition', 'one-of-pair-zero', 'generalTransition = 0 and generalSettlement >= 3'],
  ['consultation.generalSettlement', 'one-of-pair-zero', 'generalSettlement = 0 and generalTransition >= 3'],
  ['coreCentre.centres.partners', 'no-partner', 'arrangement = "joint" and empty(partners)'],
  ['coreCentre.centres', 'no-centre', 'status = "established" and empty(centres) and empty(ledBy)'],
  ['coreCentre.ledBy', 'names-itself', 'status = "established" and (unit.code in ledBy)'],
  [
    'coreCentre.centres.partners',
    'names-itself',
    'coreCentre.status = "established" and arrangement = "joint" and (unit.code in partners)',
  ],
  [undefined, 'same-as-last-time', 'same as last time()'],
];

const councilRules: readonly Written[] = [
  ['profile.term', 'term-reversed', 'term.to < term.from'],
  ['profile.term', 'term-over', 'term.to < fiscal year(round.period.from)'],
  [
    'bodies.members',
    'composition-sum',
    'total(composition) != null and answered(members) and total(composition) != members',
  ],
  ['bodies.sessions.heldOn', 'outside-period', 'outside period(heldOn)'],
  ['bodies.sessions.heldOn', 'same-day', 'repeated(heldOn)'],
  ['bodies.meetings', 'no-meetings', 'meetings = 0'],
  ['bodies.meetings', 'fewer-than-planned', 'meetings > 0 and meetings < planned(planned) / 2'],
  [
    'bodies.sessions',
    'sessions-listed',
    'answered(sessions) and answered(meetings) and count(sessions) != (if meetings = null then 0 else meetings)',
  ],
  ['bodies.themes', 'no-theme', 'members > 0 and empty(themes)'],
  [
    'bodies.composition.personsAndFamilies',
    'no-persons-concerned',
    'total(composition) != null and (composition.personsAndFamilies = null or composition.personsAndFamilies = 0)',
  ],
  ...placements.map(({ id }): Written => [
    'bodies',
    `${id}-uncovered`,
    `(some b in bodies satisfies b.functions != null) and not(some b in bodies satisfies "${id}" in b.functions)`,
  ]),
  ...placements
    .filter(({ tiers }) => tiers.length < 3)
    .map(({ id, tiers }): Written => {
      const others = ['ward', 'block', 'city'].filter((tier) => !tiers.some((each) => each === tier));
      const elsewhere = others.map((tier) => `"${tier}"`).join(', ');
      return ['bodies.functions', `${id}-misplaced`, `list contains(functions, "${id}") and (tier in [${elsewhere}])`];
    }),
];

const has = (holding: string): string => `list contains(meetings.holding, "${holding}")`;
const lacks = (holding: string): string =>
  `not(some m in meetings satisfies m.holding = null or m.holding = "${holding}")`;
const meetingRules: readonly Written[] = [
  [
    'holding.pattern',
    'pattern-disagrees',
    `count(meetings) > 0 and (pattern = "regular" and (${lacks('regular')} or ${has('asNeeded')}) or pattern = "asNeeded" and (${lacks('asNeeded')} or ${has('regular')}) or pattern = "both" and (${lacks('regular')} or ${lacks('asNeeded')}))`,
  ],
];

const measures: readonly ExpressedMeasure[] = [
  { kind: 'total', id: 'councils', label: '', measure: 'count', expression: '1' },
  {
    kind: 'class',
    id: 'councils.arrangement',
    label: '',
    options: { single: '', joint: '' },
    expression: 'if count(unit.members) > 1 then "joint" else "single"',
  },
  {
    kind: 'total',
    id: 'plenaryMeetings',
    label: '',
    measure: 'sum',
    expression: 'sum(bodies[kind = "plenary" and meetings != null].meetings)',
  },
  {
    kind: 'total',
    id: 'subcommittees',
    label: '',
    measure: 'count',
    expression:
      'count(bodies[countedAsSubcommittee = "yes" or countedAsSubcommittee = null and kind = "subcommittee"])',
  },
];

function inRules(
  form: Pick<Form, 'id' | 'version' | 'fields'>,
  written: readonly Written[],
  counted: readonly ExpressedMeasure[] = [],
): Form {
  const rules = written.map(([at, name, condition]): FormRule => ({
    name,
    at,
    severity: 'note',
    if: condition,
    message: '',
    readyMade: [],
  }));
  const text = { title: '', units: 'municipality', help: '' } as const;
  return formWith<Answers>(form.id, form.version, text, form.fields, { checks: [], rules, measures: counted });
}

const unit = '112020';
const municipalities = [unit, '112038', '112046'];

const runs = 150;

test.each<[string, Form, readonly Written[]]>([
  ['市町村調査票', municipalSurvey2024, surveyRules],
  ['協議会活動報告書', councilReport2024, councilRules],
  ['支援調整会議実施状況票', coordinationMeeting2024, meetingRules],
])('%s: the rules find what the functions find', (_, form, written) => {
  const ruled = inRules(form, written);
  const names = new Set(written.map(([, name]) => name));
  const found = new Set<string>();
  const generated = answersOf(form, { municipalities, maxEntries: 4 });
  fc.assert(
    fc.property(generated, fc.option(generated), fc.boolean(), (answers, before, isSame) => {
      const previous = isSame ? answers : (before ?? undefined);
      const about = { unit, round, previous };
      const { sections, checks } = form;
      const byFunctions = editChecks({ sections, checks, rules: [] }, answers, about).filter(({ name }) =>
        names.has(name),
      );
      const byRules = editChecks({ sections: [], checks: [], rules: ruled.rules }, answers, about);
      for (const { name } of byRules) found.add(name);
      const keys = (findings: typeof byRules): string[] => findings.map(({ key }) => key).toSorted();
      expect(keys(byRules)).toEqual(keys(byFunctions));
    }),
    { numRuns: runs },
  );
  expect(found.size).toBeGreaterThan(0);
});

test('協議会活動報告書: the measures count what the functions count', () => {
  const ruled = inRules(councilReport2024, [], measures);
  const council = { code: 'c1', name: '', editor: unit };
  fc.assert(
    fc.property(answersOf(councilReport2024, { municipalities, maxEntries: 4 }), fc.boolean(), (answers, isJoint) => {
      const about = { ...council, members: isJoint ? municipalities : [unit] };
      const counted = ({ measures: all }: Form): unknown[] => all.map(({ measure }) => measure.of(answers, about));
      expect(counted(ruled)).toEqual(counted(councilReport2024));
    }),
    { numRuns: runs },
  );
});
