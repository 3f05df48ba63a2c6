/** The report of an export, through the whole system: what the prefecture downloads says what the source says. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shortened } from '../../../functions/export/files/report-word-text.ts';
import { createReturns, noUploads } from '../../../functions/service/returns.ts';
import { exportFileKey } from '../../../functions/storage/bucket-keys.ts';
import { createStore } from '../../../functions/storage/store.ts';
import { bring } from '../../../infra/local/demo.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import published from '../../fixtures/saitama-r6/published.json' with { type: 'json' };
import { linesOfHtml, linesOfWord } from '../../support/markup.ts';
import { packageProblems } from '../../support/package.ts';
import { means, sourceLines } from '../../support/saitama-lines.ts';
import { gridProblems } from '../../support/word-grid.ts';
import { unzip } from '../../../functions/platform/unzip.ts';
import {
  answer,
  answersFixture,
  directoryFixture,
  exportRound,
  ok,
  openRound,
  openSystem,
  returnsFixture,
} from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

interface Reports {
  readonly html: string;
  readonly word: string;
  readonly parts: ReadonlyMap<string, Buffer>;
}

async function bytesOf(system: TestSystem, exportId: string, path: string): Promise<Buffer> {
  const stream = await system.bucket.readStream(exportFileKey('R6', exportId, path));
  return Buffer.from(await new Response(stream).arrayBuffer());
}

/** Exports the round and reads both formats of the report of an audience. */
async function reportsOf(system: TestSystem, exportId: string, audience: 'internal' | 'public'): Promise<Reports> {
  const html = (await bytesOf(system, exportId, `${audience}/report.html`)).toString('utf8');
  const parts = unzip(await bytesOf(system, exportId, `${audience}/report.docx`));
  return { html, word: parts.get('word/document.xml')?.toString('utf8') ?? '', parts };
}

/** The tables that are drawings: only these describe themselves. */
function drawings(word: string): string {
  const tables = word.match(/<w:tbl>.*?<\/w:tbl>/gsu) ?? [];
  return tables.filter((table) => table.includes('<w:tblDescription ')).join('');
}

describe('the report of 埼玉県', () => {
  let system: TestSystem;
  let internal: Reports;
  let open: Reports;

  beforeAll(async () => {
    system = await startTestSystem();
    const directory = await directoryFixture('saitama-r6');
    await openSystem(system, directory, 'R6', openRound({ 'municipal-survey': 2024, 'council-report': 2024 }));
    const surveys = await returnsFixture('saitama-r6/municipal-survey.json');
    const returns = createReturns(createStore(system.storage), system.storage, noUploads);
    const officers = { municipality: '市', prefecture: '県' };
    const accept = (form: string, unit: string, answers: Answers): Promise<void> =>
      bring(returns, { round: 'R6', form, unit }, answers, officers, 'accepted');
    for (const [code, answers] of Object.entries(surveys)) await accept('municipal-survey', code, answers);
    const reports = await returnsFixture('saitama-r6/council-report.json');
    for (const { id } of directory.councils) await accept('council-report', id, reports[id] ?? {});
    const { exportId } = await exportRound(system, 'R6');
    internal = await reportsOf(system, exportId, 'internal');
    open = await reportsOf(system, exportId, 'public');
  }, 120_000);

  afterAll(() => system.stop());

  it('has every line of the source that its figures give, in its order, in both formats', () => {
    const wanted = new Set(sourceLines);
    for (const lines of [linesOfHtml(internal.html), linesOfWord(internal.word)]) {
      const overview = lines.slice(lines.indexOf('（３）調査結果概要'), lines.indexOf('参考資料1　設問別集計表'));
      expect(overview.filter((line) => wanted.has(line))).toEqual(sourceLines);
      for (const line of means) expect(overview).toContain(line);
    }
  });

  it('has all published figures in its tables', () => {
    const lines = linesOfHtml(internal.html);
    const short = { perMunicipality: '（１市町村当たり）', perCouncil: '（１協議会当たり）' };
    expect(published).toHaveLength(82);
    for (const figure of published) {
      const { form: id, question, measure, value } = figure;
      const form = forms.get(id)?.get(2024);
      const named = form?.measures.find((each) => each.measure.id === question)?.measure;
      const definition = form?.items.get(question)?.definition;
      const options = {
        ...(named?.kind === 'class' ? named.options : {}),
        ...(definition && 'options' in definition ? definition.options : {}),
      };
      const own = definition === undefined ? undefined : numberedLabel(definition);
      const label = 'option' in figure ? options[figure.option ?? ''] : (named?.label ?? own);
      const kinds = 'kinds' in figure ? figure.kinds : '';
      const printed = 'shown' in figure ? String(figure.shown) : `${value}${kinds}`;
      const about = measure === 'perMunicipality' || measure === 'perCouncil' ? short[measure] : '';
      const isMatrix = question.startsWith('issues.widerArea.');
      const start = isMatrix ? (definition?.label ?? '') : `${label ?? ''}${about}`;
      expect(
        lines.some((line) => line.startsWith(start) && line.includes(printed)),
        `${question} ${start} ${printed}`,
      ).toBe(true);
    }
  });

  it('says the same in both formats', () => {
    const ofWord = new Set(linesOfWord(open.word));
    const lines = linesOfHtml(open.html);
    const text = lines.slice(lines.indexOf('（３）調査結果概要'), lines.indexOf('参考資料1　設問別集計表'));
    expect(text.length).toBeGreaterThan(70);
    for (const line of text) expect(ofWord.has(line), line).toBe(true);
  });

  it('tells in public neither who chose what nor what is for the prefecture', () => {
    for (const text of [open.html, open.word]) {
      expect(text).not.toContain('該当する回答単位');
      expect(text).not.toContain('参考資料3　');
      expect(text).not.toContain('内部検討用');
      expect(text).toContain('確定値（');
    }
    for (const text of [internal.html, internal.word]) {
      expect(text).toContain('該当する回答単位');
      expect(text).toContain('参考資料3');
      expect(text).toContain('内部検討用・取扱注意');
    }
  });

  it('is a page that loads nothing and describes every picture', () => {
    expect(open.html).not.toMatch(/<script|<link|<img|@import|src=/u);
    const pictures = open.html.match(/<svg /gu) ?? [];
    expect(pictures.length).toBeGreaterThan(10);
    expect(
      open.html.match(/<svg [^>]*role="img" aria-label="[^"]+"|<svg role="img" aria-label="[^"]+"/gu),
    ).toHaveLength(pictures.length);
    const ids = [...open.html.matchAll(/ id="(?<id>[^"]+)"/gu)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is a document whose parts are well-formed, typed and reached', () => {
    for (const { parts } of [internal, open]) expect(packageProblems(parts)).toEqual([]);
  });

  it('has the charts of the page as tables of the document, with the same words for those who do not see them', () => {
    for (const { html, word } of [internal, open]) {
      const labels = [...html.matchAll(/<figure><svg role="img" aria-label="(?<label>[^"]+)"/gu)].map(
        (match) => match.groups?.['label'] ?? '',
      );
      const charts = labels.filter((label) => label.includes('のグラフ（単位：'));
      expect(charts.length).toBeGreaterThan(10);
      const described = [...word.matchAll(/<w:tblDescription w:val="(?<label>[^"]+)"/gu)].map(
        (match) => match.groups?.['label'] ?? '',
      );
      expect(described.filter((label) => label.includes('のグラフ（単位：'))).toEqual(
        charts.map((label) => shortened(label, 250)),
      );
      expect(gridProblems(drawings(word))).toEqual([]);
    }
  });
});

describe('the report of other rounds', () => {
  it('draws the structures of 群馬県 and 木更津市, and says where there are no returns', async () => {
    const system = await startTestSystem();
    try {
      const directory = await directoryFixture('gunma-h30');
      await openSystem(
        system,
        directory,
        'R6',
        openRound({ 'council-report': 2024 }, { asOf: {}, period: { from: '2018-04', to: '2019-03' } }),
      );
      const parts = ['tables', 'charts', 'list', 'units', 'findings'];
      ok(await system.prefecture.put('/api/rounds/R6/handout', { parts }, { 'if-none-match': '*' }));
      const empty = await exportRound(system, 'R6');
      const before = await reportsOf(system, empty.exportId, 'public');
      expect(linesOfHtml(before.html)).toContain('集計対象の回答はありません。');
      expect(linesOfWord(before.word)).toContain('集計対象の回答はありません。');

      const reports = await returnsFixture('gunma-h30/council-report.json');
      const kisarazu = await answersFixture('councils/kisarazu.json');
      for (const { id, lead } of directory.councils)
        await answer(system.municipality(lead), `/api/rounds/R6/returns/council-report/${id}`, reports[id] ?? kisarazu);
      const { exportId } = await exportRound(system, 'R6');
      const { html, word } = await reportsOf(system, exportId, 'internal');
      expect(html).toContain('>こども支援部会');
      expect(html).toContain('障害者就業・生活支援センター');
      const bodies = [
        ...html.matchAll(/<text x="\d+" y="\d+" font-size="12" font-weight="[a-z]+">(?<name>[^<…]+)<\/text>/gu),
      ].map((match) => match.groups?.['name'] ?? '');
      expect(bodies.length).toBeGreaterThan(15);
      const ofWord = new Set(linesOfWord(word));
      for (const body of bodies) expect(ofWord.has(body), body).toBe(true);
      expect(linesOfHtml(html).some((line) => line.startsWith('①個別事例への支援のあり方'))).toBe(
        html.includes('：問10の7　担う機能'),
      );
    } finally {
      await system.stop();
    }
  }, 60_000);
});
