import { describe, expect, it } from 'vitest';
import { heldOf, laidOver, mayHold, readHeldRow } from '../../../../../functions/domain/fill-in/prefilled-values.ts';
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
  ])('is read as it would be typed: %s %s', (question, text, value) => {
    expect(read(question, text)).toMatchObject({ ok: true, value });
  });

  it.each([
    ['基地', '1', 'question', 'ありません'],
    ['activity.agenda', '就労支援', 'question', '複数の欄に分けて答える'],
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
    for (const path of ['activity', 'coreCentre.centres', 'coreCentre.centres.c.name', '', 'x'])
      expect(mayHold(municipalSurvey2024, path, 'x')).toBe('unknown-question');
  });

  it('is that of one return alone, and lies over what was answered last', () => {
    const at = { form: 'municipal-survey', path: 'consultation.commissioned' };
    const values = [
      { ...at, unit: '112011', value: 3 },
      { ...at, unit: '112020', value: 4 },
    ];
    expect(heldOf(municipalSurvey2024, 'municipal-survey', '112011', values)).toEqual({
      consultation: { commissioned: 3 },
    });
    expect(heldOf(municipalSurvey2024, 'council-report', '112011', values)).toEqual({});
    expect(laidOver({ commissioned: 1, specific: 2 }, { commissioned: 3 })).toEqual({ commissioned: 3, specific: 2 });
    expect(laidOver(undefined, undefined)).toBeUndefined();
  });
});
