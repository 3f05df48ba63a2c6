import { gzipSync } from 'node:zlib';
import { html } from 'hono/html';
import { describe, expect, it } from 'vitest';
import { answerBlocks } from '../../../../../functions/domain/answer-rows.ts';
import { PagedAnswers, answersPage, answersPageWith } from '../../../../../functions/web/shared/answers-view.tsx';
import { forms } from '../../../../../schemas/forms/catalogue.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { fixture } from '../../../schemas/forms/returns.ts';

/** Compressed, as it is sent. */
const mostBytes = 60_000;
const names = { municipalities: new Map<string, string>(), entries: new Map<string, string>() };

function blocksOf(formId: string, answers: Answers) {
  const form = forms.get(formId)?.get(2024);
  if (form === undefined) throw new Error(`no form ${formId}`);
  return answerBlocks({ sections: form.sections, answers, names, compared: answers });
}

describe('the answers of ordinary returns', () => {
  it.each([
    ['saitama-r6/municipal-survey.json', 'municipal-survey'],
    ['saitama-r6/council-report.json', 'council-report'],
    ['gunma-h30/council-report.json', 'council-report'],
  ])('of %s stand on one page each, which is light', async (file, formId) => {
    const returns = Object.values(fixture<Record<string, Answers>>(file));
    expect(returns.length).toBeGreaterThan(1);
    for (const answers of returns) {
      const blocks = blocksOf(formId, answers);
      expect(answersPage(blocks, 1).pages).toBe(1);
      const view = PagedAnswers({ blocks, fileHref: undefined, page: 1, hrefOf: String, comparedWith: '前回の回答' });
      expect(gzipSync((await html`${view}`).toString()).length).toBeLessThan(mostBytes);
    }
  });
});

describe('the answers of a return of many entries', () => {
  const bodies = Array.from({ length: 300 }, (_, index) => ({ id: `b${index}`, name: `第${index}部会` }));
  const blocks = blocksOf('council-report', { bodies });

  it('go on on further pages, and none is left out', () => {
    const { pages } = answersPage(blocks, 1);
    expect(pages).toBeGreaterThan(1);
    const all = Array.from({ length: pages }, (_, index) => answersPage(blocks, index + 1).shown).flat();
    expect(all).toEqual(blocks);
  });

  it('are found on their page', () => {
    const page = answersPageWith(blocks, 'bodies.b299.name');
    expect(page).toBe(answersPage(blocks, 1).pages);
    expect(answersPage(blocks, page).shown.some(({ path }) => path === 'bodies.b299')).toBe(true);
    expect(answersPageWith(blocks, 'nowhere')).toBe(1);
  });
});
