import { html } from 'hono/html';
import { describe, expect, it } from 'vitest';
import { lightPage, textsOn } from '../../../../../functions/web/answer/light-texts.ts';
import type { Light, PageText } from '../../../../../functions/web/answer/light-texts.ts';
import { written } from '../../../../../functions/web/fields/write.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';

const itemsOf = (form: typeof councilReport2024 | typeof municipalSurvey2024, id: string) =>
  form.items.get(id)?.children ?? [];

describe('the texts on a page', () => {
  it('are those that would weigh less in brief, also in entries among others', () => {
    const items = itemsOf(councilReport2024, 'profile');
    const value = {
      purpose: '目'.repeat(2000),
      operationNote: '注'.repeat(200),
      goals: Array.from({ length: 21 }, () => '標'),
      partners: [{ id: 'p', name: '機', role: '役'.repeat(1000) }],
    };
    const texts = textsOn(items, written(items, value, 'profile'), 'profile');
    expect(texts.map(({ path, isOver }) => [path, isOver])).toEqual([
      ['profile.purpose', false],
      ['profile.goals', true],
      ['profile.partners.p.role', true],
    ]);
  });

  it('are also what was typed where a number belongs', () => {
    const post = new Map([['consultation.specific', ['十'.repeat(1000)]]]);
    expect(textsOn(itemsOf(municipalSurvey2024, 'consultation'), post, 'consultation')).toEqual([
      { path: 'consultation.specific', bytes: 3300, isOver: true },
    ]);
  });
});

describe('a page', () => {
  const text = (path: string, bytes: number, isOver = true): PageText => ({ path, bytes, isOver });

  /** Weighs its texts, earlier answers and what else there is. */
  function weighing(texts: readonly PageText[], around: number, earlier = 0) {
    return ({ briefs, cutsEarlier }: Light) => {
      const shown = texts.map(({ path, bytes }) => (briefs.has(path) ? 2_000 : bytes));
      const bytes = shown.reduce((sum, each) => sum + each, around) + (cutsEarlier ? 0 : earlier);
      return { element: html``, bytes };
    };
  }

  const lightOf = (texts: readonly PageText[], around: number, earlier?: number) => {
    const { light, bytes } = lightPage(texts, weighing(texts, around, earlier), 60_000);
    return { briefs: [...light.briefs], cutsEarlier: light.cutsEarlier, bytes };
  };

  it('shows everything where there is room', () => {
    expect(lightOf([text('a', 40_000)], 20_000)).toEqual({ briefs: [], cutsEarlier: false, bytes: 60_000 });
  });

  it('shows no more in brief than it must, the heaviest that are too long first', () => {
    expect(lightOf([text('a', 10_000), text('b', 90_000), text('c', 70_000, false)], 1_000).briefs).toEqual([
      'b',
      'a',
      'c',
    ]);
    expect(lightOf([text('a', 10_000), text('b', 90_000)], 20_000)).toEqual({
      briefs: ['b'],
      cutsEarlier: false,
      bytes: 32_000,
    });
  });

  it('cuts what was answered earlier before texts that are as long as they may be', () => {
    expect(lightOf([text('a', 30_000, false)], 20_000, 20_000)).toEqual({
      briefs: [],
      cutsEarlier: true,
      bytes: 50_000,
    });
    expect(lightOf([text('a', 30_000, false)], 40_000, 20_000)).toEqual({
      briefs: ['a'],
      cutsEarlier: true,
      bytes: 42_000,
    });
  });

  it('divides its lists, and then shows little of each text, where everything is in brief', () => {
    const texts = Array.from({ length: 40 }, (_, index) => text(`t${index}`, 3_000));
    const lightAt = (fits: (light: Light) => boolean) =>
      lightPage(texts, (light) => ({ element: html``, bytes: fits(light) ? 50_000 : 80_000 }), 60_000).light;
    const briefs = new Set(texts.map(({ path }) => path));
    expect(lightAt(({ dividesEntries }) => dividesEntries)).toEqual({
      briefs,
      cutsEarlier: true,
      dividesEntries: true,
      isTerse: false,
    });
    expect(lightAt(({ isTerse }) => isTerse)).toEqual({
      briefs,
      cutsEarlier: true,
      dividesEntries: true,
      isTerse: true,
    });
  });

  it('stays too heavy when nothing is left to be shown in brief', () => {
    expect(lightOf([text('a', 30_000)], 70_000)).toEqual({ briefs: ['a'], cutsEarlier: true, bytes: 72_000 });
  });
});
