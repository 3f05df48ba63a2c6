/** A form is defined once: one more question is found everywhere, with no other edit. */

import { describe, expect, it } from 'vitest';
import { routes } from '../../functions/api/routes/routes.ts';
import { openApi } from '../../functions/api/openapi.ts';
import { codebook, questionCodebook } from '../../functions/domain/codebook.ts';
import { diff } from '../../functions/domain/diff.ts';
import { examine } from '../../functions/domain/examination.ts';
import { publicAnswers } from '../../functions/domain/public-answers.ts';
import { talliedFigures } from '../../functions/domain/summary.ts';
import { headerOf, tableOf, withDescendants } from '../../functions/domain/tables.ts';
import { Tally } from '../../functions/domain/tally.ts';
import { drift } from '../../schemas/drift.ts';
import { extend } from '../../schemas/extend.ts';
import { catalogue, form } from '../../schemas/form.ts';
import type { Form } from '../../schemas/form.ts';
import { municipalSurvey2024 } from '../../schemas/forms/municipal-survey/v2024.ts';
import { jsonSchema } from '../../schemas/json-schema.ts';
import { choice, count, list, section, text } from '../../schemas/kinds/question.ts';
import type { Fields } from '../../schemas/kinds/question.ts';
import type { Answers } from '../../schemas/values/json.ts';
import { fixture, round } from './schemas/forms/returns.ts';
import { saitama, saitamaCodes } from './support/real-forms.ts';

const unit = { code: '111007', name: 'さいたま市', kind: null, members: ['111007'], editor: '111007' };

function scratch<const F extends Fields>(more: F) {
  const status = choice('状況', { yes: 'あり', no: 'なし' }).required();
  return form(
    'scratch',
    2024,
    { title: '試験票', units: 'municipality', help: '' },
    {
      main: section('主', { status, ...more }),
      rooms: list('部屋', 5, { name: text('名称', 20).open().required() }),
    },
  );
}

const before = scratch({});
/** The one edit. */
const after = scratch({ drills: count('訓練の回数', '回').when({ status: 'yes' }).overPeriod().required() });

function errorsOf(of: Form, answers: Answers): string[] {
  const about = { unit: unit.code, round, municipalities: new Set(saitamaCodes) };
  return examine(of, answers, {}, about).errors.map(({ path, code }) => `${path} ${code}`);
}

function rowsOf(of: Form, answers: Answers) {
  const tally = new Tally(of);
  tally.add(answers, unit);
  return talliedFigures(tally, { round, directory: saitama, audience: 'public' }).rows;
}

describe('one more question is found in', () => {
  const answers: Answers = { main: { status: 'yes', drills: 3 } };

  it('validation: its type, whether it is asked, and that it is required', () => {
    expect(errorsOf(before, answers)).toEqual(['main.drills unknown-question']);
    expect(errorsOf(after, answers)).toEqual([]);
    expect(errorsOf(after, { main: { status: 'yes' } })).toEqual(['main.drills required']);
    expect(errorsOf(after, { main: { status: 'yes', drills: -3 } })).toEqual(['main.drills negative']);
    expect(errorsOf(after, { main: { status: 'no', drills: 3 } })).toEqual(['main.drills not-asked']);
  });

  it('the JSON Schema', () => {
    expect(JSON.stringify(jsonSchema(before))).not.toContain('drills');
    expect(jsonSchema(after)).toMatchObject({
      properties: { main: { properties: { drills: { type: 'integer', minimum: 0, title: '訓練の回数' } } } },
    });
  });

  it('the OpenAPI document', () => {
    const documentOf = (each: Form) => openApi(routes, catalogue([each]));
    expect(JSON.stringify(documentOf(before))).not.toContain('drills');
    expect(documentOf(after)).toMatchObject({
      components: {
        schemas: {
          Scratch2024: { properties: { main: { properties: { drills: { type: 'integer' } } } } },
          Scratch2024Draft: { properties: { main: { properties: { drills: { type: 'number' } } } } },
        },
      },
    });
  });

  it('the columns', () => {
    const added = headerOf(tableOf(after, saitama, 'public')).filter(
      (name) => !headerOf(tableOf(before, saitama, 'public')).includes(name),
    );
    expect(added).toEqual(['main.drills']);
  });

  it('the codebook, and the catalogue’s', () => {
    const entries = codebook(after, tableOf(after, saitama, 'internal'), round);
    expect(entries.find(({ column }) => column === 'main.drills')).toMatchObject({
      label: '訓練の回数',
      type: 'integer',
      unit: '回',
      asOf: '2023-04/2024-09',
      visibility: 'open',
    });
    expect(questionCodebook(after).map(({ id }) => id)).toContain('main.drills');
  });

  it('the tally', () => {
    expect(rowsOf(before, { main: { status: 'yes' } }).some(({ question }) => question === 'main.drills')).toBe(false);
    expect(
      rowsOf(after, answers).find(({ question, measure }) => question === 'main.drills' && measure === 'sum'),
    ).toMatchObject({
      label: '訓練の回数',
      value: 3,
      base: 1,
      unit: '回',
    });
  });

  it('differences and the public projection', () => {
    expect(diff(after, { main: { status: 'yes', drills: 2 } }, answers).map(({ path }) => path)).toEqual([
      'main.drills',
    ]);
    expect(publicAnswers(after, answers)).toEqual(answers);
  });
});

describe('a 2026 version of a real form', () => {
  const municipalSurvey2026 = extend(municipalSurvey2024, 2026, {
    add: {
      bases: { drills: count('緊急時訓練の実施回数', '回').when({ status: 'established' }).overPeriod() },
      'coreCentre.centres': { staff: count('職員数', '人') },
    },
    retire: ['bases.coordinators'],
    options: { 'activity.roles': { add: { evaluation: '取組の評価' } } },
  });
  const returns = Object.values(fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json'));

  it('is a few lines, and says what changed', () => {
    expect(drift(municipalSurvey2024, municipalSurvey2026)).toMatchObject({
      added: ['bases.drills', 'coreCentre.centres.staff'],
      retired: ['bases.coordinators'],
      moved: [],
      incompatible: [],
    });
  });

  it('takes the new answers and no longer the retired one, everywhere', () => {
    const columns = withDescendants(tableOf(municipalSurvey2026, saitama, 'internal')).flatMap(headerOf);
    expect(columns).toEqual(
      expect.arrayContaining(['bases.drills', 'coreCentre.centres.staff', 'activity.roles.evaluation']),
    );
    expect(columns).not.toContain('bases.coordinators');
    const schema = JSON.stringify(jsonSchema(municipalSurvey2026));
    for (const key of ['"drills"', '"staff"', '"evaluation"']) expect(schema).toContain(key);
    expect(schema).not.toContain('"coordinators"');
    const bases = { status: 'established', coordinators: 1, drills: 2 };
    expect(errorsOf(municipalSurvey2026, { bases })).toContain('bases.coordinators unknown-question');
    expect(errorsOf(municipalSurvey2024, { bases })).toContain('bases.drills unknown-question');
  });

  it('tallies what it has in common with 2024 to the same figures', () => {
    const [old, now] = [municipalSurvey2024, municipalSurvey2026].map((each: Form) => {
      const tally = new Tally(each);
      for (const answers of returns) tally.add(answers, unit);
      return talliedFigures(tally, { round, directory: saitama, audience: 'internal' }).rows.filter(
        ({ question, option }) =>
          question !== 'bases.coordinators' &&
          question !== 'bases.drills' &&
          question !== 'coreCentre.centres.staff' &&
          option !== 'evaluation',
      );
    });
    expect(now).toEqual(old);
    expect(now?.length).toBeGreaterThan(100);
  });

  it('lives beside 2024 in the catalogue and in one OpenAPI document', () => {
    const both = catalogue([municipalSurvey2024, municipalSurvey2026]);
    expect([...(both.get('municipal-survey')?.keys() ?? [])]).toEqual([2024, 2026]);
    expect(openApi(routes, both)).toMatchObject({
      components: { schemas: { MunicipalSurvey2024: {}, MunicipalSurvey2026: {} } },
    });
  });
});
