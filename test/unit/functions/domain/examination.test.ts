import { describe, expect, it } from 'vitest';
import { examine } from '../../../../functions/domain/examination.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import type { Reasons } from '../../../../schemas/return.ts';
import { formIn } from '../../../../schemas/round-forms.ts';
import { form } from '../../../../schemas/form.ts';
import { count, counts, list, section, text } from '../../../../schemas/kinds/question.ts';
import { fixture, round } from '../../schemas/forms/returns.ts';
import { saitamaCodes } from '../../support/real-forms.ts';

const unit = '111007';
const about = { unit, round, municipalities: new Set(saitamaCodes) };
const survey: Answers = {
  ...fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json')[unit],
  consultation: { commissioned: 2, generalTransition: 0, generalSettlement: 4, specific: 8, children: 6 },
};
const asks = 'consultation.generalTransition.one-of-pair-zero';

function examined(answers: Answers, reasons: Reasons = {}, previous?: Answers) {
  return examine(formIn(municipalSurvey2024, round), answers, reasons, { ...about, previous });
}

describe('an examination', () => {
  it('asks for a reason where a check strikes, under the key to put it', () => {
    const { errors, asked, reasons } = examined(survey);
    expect(errors).toEqual([
      {
        path: 'consultation.generalTransition',
        code: 'reason-required',
        check: asks,
        message: expect.stringContaining('理由を記入してください'),
      },
    ]);
    expect(asked.map(({ key }) => key)).toEqual([asks]);
    expect(reasons).toEqual({});
  });

  it('is content once the reason is given, and keeps it as it was typed', () => {
    const { errors, asked, reasons } = examined(survey, { [asks]: ' 指定が一方のみ\n' });
    expect(errors).toEqual([]);
    expect(asked.map(({ key }) => key)).toEqual([asks]);
    expect(reasons).toEqual({ [asks]: ' 指定が一方のみ\n' });
  });

  it('takes no blank reason', () => {
    for (const blank of ['', ' ', '　\n']) expect(examined(survey, { [asks]: blank }).errors).toHaveLength(1);
  });

  it('keeps replies to why it was sent back, and only where it was', () => {
    const sentBack = {
      version: 1,
      decision: 'return' as const,
      comment: '確認してください。',
      questions: [{ path: 'establishment.form', reason: '要綱を確認してください。' }],
    };
    const replies = { 'return.sent-back-reply': '直しました。', 'establishment.form.sent-back-reply': ' ' };
    const given = { ...replies, 'activity.agenda.sent-back-reply': '不要' };
    const form = formIn(municipalSurvey2024, round);
    expect(examine(form, survey, given, { ...about, sentBack }).reasons).toEqual({
      'return.sent-back-reply': '直しました。',
    });
    expect(examine(form, survey, given, about).reasons).toEqual({});
  });

  it('leaves reasons out that nobody asked for', () => {
    expect(examined(survey, { [asks]: 'はい', 'consultation.specific.gone': 'x' }).reasons).toEqual({ [asks]: 'はい' });
  });

  it('is not fooled by what objects inherit', () => {
    const reasons: Reasons = Object.create({ [asks]: 'inherited' });
    expect(examined(survey, reasons).errors).toHaveLength(1);
  });

  it('refuses contradictions, whatever reason is given', () => {
    const { errors } = examined(
      { ...survey, coreCentre: { status: 'established' } },
      { [asks]: 'x', 'coreCentre.centres.no-centre': 'x' },
    );
    expect(errors.map(({ path, code, check }) => [path, code, check])).toEqual([
      ['coreCentre.centres', 'no-centre', undefined],
    ]);
  });

  it('names a question as the page does, the year included', () => {
    const unanswered: Answers = { ...survey, revitalisation: {} };
    const missing = examined(unanswered, { [asks]: 'はい' }).errors.filter(({ code }) => code === 'required');
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.filter(({ message }) => message.includes('{'))).toEqual([]);
    expect(missing.some(({ message }) => message.includes('令和4年度との比較'))).toBe(true);
  });

  it('lists errors of content, of completeness and of checks in one go', () => {
    const { bases: _bases, ...rest } = survey;
    const { errors } = examined({
      ...rest,
      issues: { raised: 'no', captureMethods: [] },
      contact: { email: 'x' },
    });
    expect(errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'contact.email invalid-email',
      'issues.captureMethods not-asked',
      'bases.status required',
      'consultation.generalTransition reason-required',
    ]);
  });

  it('does not let checks read what is not asked', () => {
    const coreCentre = {
      status: 'considering',
      centres: [{ id: 'a', name: 'x', arrangement: 'joint', operation: 'direct', partners: [] }],
    };
    const codes = examined({ ...survey, coreCentre }, { [asks]: 'x' }).errors.map(
      ({ path, code }) => `${path} ${code}`,
    );
    expect(codes).toEqual(['coreCentre.centres not-asked']);
  });

  it('compares with the last accepted return', () => {
    const { errors } = examined(survey, { [asks]: 'x' }, survey);
    expect(errors.map(({ path, code, check }) => [path, code, check])).toEqual([
      ['', 'reason-required', 'return.same-as-last-time'],
    ]);
    expect(examined(survey, { [asks]: 'x', 'return.same-as-last-time': '変更なし' }, survey).errors).toEqual([]);
  });
});

describe('a required question that may be left blank', () => {
  const asked = form(
    'blank',
    2025,
    { title: '様式', units: 'municipality', help: '' },
    {
      s: section('体制', {
        staff: count('職員数', '人').numbered('問5').reasonIfBlank(),
        users: counts('利用者', { adults: '成人', children: '児童' }, '人').reasonIfBlank(),
      }),
      offices: list('事業所', 3, { name: text('名称', 10), opened: count('開所日数', '日').reasonIfBlank() }),
    },
  );
  const answers = { s: { users: { adults: 1 } }, offices: [{ id: 'a', name: '本部' }] };

  it('is asked for, or for a reason, a table as a whole', () => {
    const { errors, asked: findings } = examine(asked, answers, {}, about);
    expect(errors.map(({ path, code, check }) => [path, code, check])).toEqual([
      ['s.staff', 'required', 's.staff.blank'],
      ['s.users', 'required', 's.users.blank'],
      ['offices.a.opened', 'required', 'offices.a.opened.blank'],
    ]);
    expect(errors[0]?.message).toBe('「問5　職員数」が未回答です。回答するか、回答できない理由を記入してください。');
    expect(findings.map(({ key, name }) => [key, name])).toEqual(errors.map(({ check }) => [check, 'blank']));
  });

  it('may be submitted with the reasons, and is asked for none once it is answered', () => {
    const reasons = {
      's.staff.blank': '不明',
      's.users.blank': '集計していないため',
      'offices.a.opened.blank': '不明',
    };
    expect(examine(asked, answers, reasons, about)).toMatchObject({ errors: [], reasons });
    const answered = { s: { staff: 0, users: { adults: 1, children: 0 } } };
    expect(examine(asked, answered, reasons, about)).toMatchObject({ errors: [], asked: [], reasons: {} });
  });
});
