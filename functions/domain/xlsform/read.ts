/**
 * An XLSForm (ODK, KoboToolbox: the sheets `survey`, `choices` and `settings`) → a document, as far as it maps. What
 * does not is listed cell by cell, questions that are left out first; what nobody can make sense of is refused.
 */

import { readDocument } from '../../../schemas/document/form-document.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import type { GivenSheet } from '../given-sheet.ts';
import { Findings } from '../questionnaire/findings.ts';
import type { ReadQuestionnaire } from '../questionnaire/read.ts';
import type { Address } from '../questionnaire/read-parts.ts';
import { Sources } from '../questionnaire/sources.ts';
import { ChoiceLists } from './choices.ts';
import { withConditions, withFormulas } from './expressions.ts';
import { Keys } from './keys.ts';
import { oneLine, RowTexts } from './labels.ts';
import { readSurvey, written } from './questions.ts';
import { surveyTree } from './rows.ts';
import { rowsIn, sheetNames, sheetOf } from './sheets.ts';
import type { Column, XlsRow } from './sheets.ts';

/** Where it goes to, or what the file is called where it says no id. */
export type About = { readonly address: Address } | { readonly fileName: string };

type Settings = XlsRow<Column<'settings'>> | undefined;

export function isXlsForm(sheets: readonly GivenSheet[]): boolean {
  return sheetOf('survey', sheets) !== undefined;
}

const mostTitle = 200;

function idFrom(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}

/** Of `2025`, and of `2025040101` as ODK counts versions. */
function versionFrom(text: string): number | undefined {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  const year = /^(20\d{2})(?:0[1-9]|1[0-2])/.exec(text)?.[1];
  return year === undefined ? undefined : Number(year);
}

function addressFrom(settings: Settings, about: About, findings: Findings): Address {
  if ('address' in about) return about.address;
  const given = settings?.text('form_id') ?? '';
  const named = idFrom(given) || idFrom(about.fileName.replace(/\.xlsx$/i, ''));
  const form = named || 'xlsform';
  const at = (column: Column<'settings'>): string => settings?.at(column) ?? 'survey!A1';
  if (form !== given)
    findings.notice(
      at('form_id'),
      'changed',
      `調査票の識別子を「${form}」としました（「form_id」は「${given}」です）。`,
    );
  const version = settings?.text('version') ?? '';
  const year = versionFrom(version);
  if (String(year) !== version)
    findings.notice(at('version'), 'changed', `版を「${year ?? 1}」としました（「version」は「${version}」です）。`);
  return { form, version: year ?? 1 };
}

/** More than people would look through. */
const mostLost = 200;

export function readXlsForm(sheets: readonly GivenSheet[], about: About): ReadQuestionnaire {
  const findings = new Findings(sheetNames);
  const lost = new Findings(sheetNames);
  const renamed = new Findings(sheetNames);
  for (const sheet of sheets)
    if (!sheetNames.some((name) => sheetOf(name, sheets) === sheet))
      findings.notice(`${sheet.name}!A1`, 'sheet-not-read', `シート「${sheet.name}」は読み取りません。`);
  const [settings] = rowsIn('settings', sheets, findings);
  const language = settings?.text('default_language') ?? '';
  const survey = rowsIn('survey', sheets, findings, language);
  const choices = rowsIn('choices', sheets, findings, language);
  const nodes = surveyTree(survey, findings);
  if (findings.hasErrors) return { errors: findings.errors };

  const lists = new ChoiceLists(choices, findings, renamed);
  const texts = new RowTexts(survey, findings);
  const reading = { lists, keys: new Keys('q'), texts, findings, lost, renamed };
  const { asked, notes } = readSurvey(nodes, reading);
  if (findings.hasErrors) return { errors: findings.errors };
  const sources = new Sources('survey!A1');
  const formulated = withFormulas(asked, reading);
  const { asked: complete, rules } = withConditions(formulated, sources, reading);
  const { form: id, version } = addressFrom(settings, about, findings);
  if (settings !== undefined)
    for (const [member, column] of [
      ['id', 'form_id'],
      ['version', 'version'],
      ['title', 'form_title'],
    ] as const)
      sources.put(member, settings.at(column));
  const document: JsonObject = {
    id,
    version,
    title: oneLine(settings?.text('form_title') ?? '').slice(0, mostTitle) || id,
    units: 'municipality',
    help: notes.join('\n'),
    sections: written(complete, 'sections', sources),
    rules: [...rules],
  };
  const wrong = lost.notices.length > mostLost ? '取り込めない設問が多すぎます。' : '';
  if (wrong !== '' || complete.length === 0)
    findings.refuse(
      'survey!A1',
      'no-questions',
      `${wrong || '取り込める設問がありません。'}シート「survey」の「type」を確認してください。`,
    );
  const read = readDocument(document);
  if ('errors' in read)
    for (const { path, code, message } of read.errors) findings.refuse(sources.of(path).cell, code, message, path);
  if (findings.hasErrors || 'errors' in read) return { errors: findings.errors };
  return {
    document: read.document,
    notices: [...lost.notices, ...findings.notices, ...renamed.notices],
    cellOf: (path) => sources.of(path).cell,
    isConverted: true,
  };
}
