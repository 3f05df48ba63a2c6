import { describe, expect, it } from 'vitest';
import {
  heldOf,
  heldTexts,
  laidOver,
  mayHold,
  readHeldRow,
} from '../../../../../functions/domain/fill-in/prefilled-values.ts';
import { form } from '../../../../../schemas/form.ts';
import { question, section } from '../../../../../schemas/kinds/question.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';

const names = { municipalities: new Map([['112011', '川越市']]), entries: new Map<string, string>() };
const read = (question: string, text: string) => readHeldRow(municipalSurvey2024, { question, text }, names);

describe('a value that the prefecture holds', () => {
  it.each([
    ['consultation.commissioned', '１２か所', 12],
    ['委託相談支援事業所', '12事業所', 12],
    ['establishment.status', '設置済', 'established'],
    ['bases.plannedFor', '令和8年4月', '2026-04'],
    ['bases.partners', '川越市', ['112011']],
    // Labels of options may hold what stands between options.
    [
      '問2',
      '地域生活支援拠点等の整備、機能充実に関すること、人材の確保・養成に関すること\n その他',
      ['workforce', 'communityLifeBases', 'other'],
    ],
    ['activity.agenda', 'individualCases', ['individualCases']],
    ['activity.agenda', '該当するものはない', []],
    ['coreCentre.centres.c1.name', '基幹相談支援センター', '基幹相談支援センター'],
    [
      'coreCentre.centres.c1.functions',
      '専門的職員の配置、定期的な事例検討・意見交換',
      ['specialistStaff', 'caseReviews'],
    ],
  ])('is read as it would be typed: %s %s', (question, text, value) => {
    expect(read(question, text)).toMatchObject({ ok: true, value });
  });

  it.each([
    ['基地', '1', 'question', 'ありません'],
    ['activity.agenda', '就労支援', 'value', '「就労支援」という選択肢はありません'],
    ['coreCentre.centres.name', '名称', 'question', 'ありません'],
    ['coreCentre.centres.c1', '名称', 'question', 'ありません'],
    ['coreCentre.centres', '1', 'question', 'ありません'],
    ['consultation.commissioned', '多い', 'value', '数'],
    ['consultation.commissioned', ' ', 'value', '空欄'],
    ['establishment.status', '未定', 'value', '選'],
  ])('is refused where it can be none, saying what to do: %s %s', (question, text, column, message) => {
    const row = read(question, text);
    expect(row).toMatchObject({ ok: false, column });
    expect(row.ok ? '' : row.message).toContain(message);
  });

  it('fits its question as an answer would', () => {
    expect(mayHold(municipalSurvey2024, 'activity.agenda', ['individualCases'])).toBe('fits');
    expect(mayHold(municipalSurvey2024, 'activity.agenda', ['x'])).toBe('wrong-value');
    expect(mayHold(municipalSurvey2024, 'coreCentre.centres.c.name', 'センター')).toBe('fits');
    for (const path of ['activity', 'coreCentre.centres', 'coreCentre.centres.c', 'coreCentre.centres.name', '', 'x'])
      expect(mayHold(municipalSurvey2024, path, 'x')).toBe('unknown-question');
  });

  it('is that of one return alone, and lies over what was answered last', () => {
    const at = { form: 'municipal-survey', path: 'consultation.commissioned' };
    const values = [
      { ...at, unit: '112011', value: 3 },
      { ...at, unit: '112020', value: 4 },
    ];
    expect(heldOf(municipalSurvey2024, 'municipal-survey', '112011', values, {})).toEqual({
      consultation: { commissioned: 3 },
    });
    expect(heldOf(municipalSurvey2024, 'council-report', '112011', values, {})).toEqual({});
    expect(laidOver({ commissioned: 1, specific: 2 }, { commissioned: 3 })).toEqual({ commissioned: 3, specific: 2 });
    expect(laidOver(undefined, undefined)).toBeUndefined();
  });

  it('in a list is that of an entry that is there, and is printed at it', () => {
    const at = { form: 'municipal-survey', unit: '112011' };
    const values = ['c1', 'c2'].map((id) => ({ ...at, path: `coreCentre.centres.${id}.operation`, value: 'direct' }));
    const answers = { coreCentre: { centres: [{ id: 'c0' }, { id: 'c1', name: 'センター' }] } };
    const held = heldOf(municipalSurvey2024, 'municipal-survey', '112011', values, answers);
    expect(held).toEqual({ coreCentre: { centres: [{ id: 'c1', operation: 'direct' }] } });
    expect([...heldTexts(municipalSurvey2024, held, names)]).toEqual([['coreCentre.centres.c1.operation', '直営']]);
    expect(laidOver(answers, held)).toEqual({
      coreCentre: { centres: [{ id: 'c0' }, { id: 'c1', name: 'センター', operation: 'direct' }] },
    });
  });

  it('of a ranking is in the order in which the options are named, as many as it has places', () => {
    const ranked = form(
      'r',
      2025,
      { title: 'r', units: 'municipality', help: '' },
      {
        s: section('s', {
          order: question<string[]>({
            kind: 'ranking',
            label: '重点',
            options: { a: '相談、支援', b: '居住', c: '就労' },
            places: 2,
            required: false,
            nullable: false,
            visibility: 'open',
          }),
        }),
      },
    );
    const order = (text: string) => readHeldRow(ranked, { question: '重点', text }, names);
    expect(order('就労＞相談、支援')).toMatchObject({ ok: true, value: ['c', 'a'] });
    expect(order('就労、居住、相談、支援')).toMatchObject({ ok: false, column: 'value' });
    expect(order('就労、就労')).toMatchObject({ ok: false, column: 'value' });
  });
});
