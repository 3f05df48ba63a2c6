/** A system in the middle of a round: returns in every state, last year's answers, an export; and all its pages. */

import { readFile } from 'node:fs/promises';
import type { Answers } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import {
  answer,
  directoryFixture,
  exportRound,
  ok,
  openRound,
  returnsFixture,
} from '../../integration/support/fixtures.ts';
import { clientAt, startTestSystem } from '../../integration/support/system.ts';
import type { Client, TestSystem } from '../../integration/support/system.ts';

const forms = { 'municipal-survey': 2024, 'council-report': 2024, 'coordination-meeting': 2024 };

/** 久喜市 is filling in, 熊谷市 has its return back, 川口市 has submitted, 川越市 is accepted, 所沢市 has not begun. */
const units = {
  drafting: '112321',
  returned: '112020',
  submitted: '112038',
  accepted: '112011',
  empty: '112089',
} as const;
const council = 'c112321';

/** As an invitation leaves an account that nobody has used. */
export const invited = { password: 'Kari-no-pass-1', isTemporary: true } as const;

export type Role = 'prefecture' | 'town';

export interface FilledSystem {
  readonly system: TestSystem;
  readonly exportId: string;
}

const survey = (unit: string): string => `/rounds/R6/returns/municipal-survey/${unit}`;
const councilReport = `/rounds/H30/returns/council-report/${council}`;

export const places = {
  drafting: survey(units.drafting),
  returned: survey(units.returned),
  submitted: survey(units.submitted),
  accepted: survey(units.accepted),
  empty: survey(units.empty),
  council: councilReport,
} as const;

/** This year one number has fallen to nothing, which asks for a reason. */
function changed(answers: Answers): Answers {
  const consultation = answers['consultation'];
  return { ...answers, consultation: { ...(isObject(consultation) ? consultation : {}), specific: 0 } };
}

/** A questionnaire of the prefecture's own: adopted, and the next year's as a draft that differs. */
async function storeQuestionnaire({ prefecture }: TestSystem): Promise<void> {
  const place = '/api/forms/soudan-jisshi';
  const file = new URL('../../fixtures/questionnaires/soudan-jisshi.json', import.meta.url);
  const document: { title: string; sections: { label: string }[] } = JSON.parse(await readFile(file, 'utf8'));
  ok(await prefecture.put(`${place}/2025`, document));
  ok(await prefecture.post(`${place}/2025/adoption`));
  const [first, ...others] = document.sections;
  const sections = [{ ...first, label: '実施体制の状況' }, ...others.slice(0, -1)];
  ok(
    await prefecture.put(`${place}/2026`, {
      ...document,
      version: 2026,
      sections,
      rules: [],
      measures: [],
      report: undefined,
    }),
  );
}

interface FillOptions {
  /** How many more surveys are submitted: pictures of numbers need some. */
  readonly moreSurveys?: number;
}

export async function startFilledSystem({ moreSurveys = 0 }: FillOptions = {}): Promise<FilledSystem> {
  const system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'town', name: '市町村担当', groups: Object.values(units).map((unit) => `unit-${unit}`) },
      { id: 'newcomer', name: '久喜市新任', groups: [`unit-${units.drafting}`], ...invited },
      { id: 'drafting', name: '久喜市担当', groups: [`unit-${units.drafting}`] },
      { id: 'colleague', name: '久喜市係長', groups: [`unit-${units.drafting}`] },
      { id: 'returned', name: '熊谷市担当', groups: [`unit-${units.returned}`] },
      { id: 'submitted', name: '川口市担当', groups: [`unit-${units.submitted}`] },
    ],
  });
  const directory = await directoryFixture('saitama-r6');
  const names = new Map(directory.municipalities.map(({ code, name }) => [code, `${name}担当`]));
  const officerOf = (unit: string): Client =>
    clientAt(
      system.url,
      async () =>
        `Bearer ${await system.token({ sub: unit, username: names.get(unit) ?? unit, groups: [`unit-${unit}`] })}`,
    );
  const surveys = await returnsFixture('saitama-r6/municipal-survey.json');
  const reports = await returnsFixture('gunma-h30/council-report.json');
  ok(await system.prefecture.put('/api/directory', directory));
  ok(
    await system.prefecture.put(
      '/api/rounds/R5',
      openRound(forms, { name: '令和5年度調査', fiscalYear: 2023, referenceDate: '2023-09-30' }),
    ),
  );
  ok(await system.prefecture.put('/api/rounds/R6', openRound(forms)));
  await storeQuestionnaire(system);
  const texts = {
    request: '各市町村　御担当者様\n\n御回答をお願いします。',
    instructions: '9月末現在で回答してください。',
  };
  ok(await system.prefecture.put('/api/rounds/R6/texts', texts, { 'if-none-match': '*' }));
  const period = {
    fiscalYear: 2018,
    referenceDate: '2019-03-31',
    period: { from: '2018-04', to: '2019-03' },
    asOf: {},
  };
  ok(await system.prefecture.put('/api/rounds/H30', openRound(forms, { name: '平成30年度活動報告', ...period })));
  const submit = async (round: string, unit: string, answers: Answers): Promise<void> => {
    await answer(officerOf(unit), `/api/rounds/${round}/returns/municipal-survey/${unit}`, answers);
  };
  const decide = async (place: string, decision: unknown): Promise<void> => {
    ok(await system.prefecture.post(`/api${place}/decision`, decision));
  };
  for (const unit of [units.drafting, units.submitted]) {
    await submit('R5', unit, surveys[unit] ?? {});
    await decide(`/rounds/R5/returns/municipal-survey/${unit}`, { version: 1, decision: 'accept' });
  }
  for (const unit of [units.returned, units.accepted]) await submit('R6', unit, surveys[unit] ?? {});
  await submit('R6', units.submitted, changed(surveys[units.submitted] ?? {}));
  const others = Object.keys(surveys).filter((unit) => !Object.values<string>(units).includes(unit));
  for (const unit of others.slice(0, moreSurveys)) await submit('R6', unit, surveys[unit] ?? {});
  await decide(places.accepted, { version: 1, decision: 'accept' });
  const questions = [
    { path: 'activity.agenda', reason: '協議した事項を全て選んでください。' },
    { path: 'establishment.form', reason: '要綱を確認してください。' },
  ];
  await decide(places.returned, { version: 1, decision: 'return', comment: '次の項目を確認してください。', questions });
  const draft = officerOf(units.drafting);
  const { bases: _, ...unfinished } = surveys[units.drafting] ?? {};
  ok(await draft.put(`/api${places.drafting}`, { answers: unfinished }, { 'if-none-match': '*' }));
  ok(await draft.put(`/api${councilReport}`, { answers: reports['isesaki'] }, { 'if-none-match': '*' }));
  ok(await draft.post(`/api${places.drafting}/questions`, { path: 'activity', text: '書面による開催も数えますか。' }));
  const { exportId } = await exportRound(system, 'R6');
  return { system, exportId };
}

export interface PlainPage {
  readonly role: Role;
  readonly address: string;
}

/** Every page that an address leads to, in the states that the system is in. */
export function everyPage(exportId: string): PlainPage[] {
  const sections = [
    'establishment',
    'activity',
    'issues',
    'revitalisation',
    'consultation',
    'bases',
    'coreCentre',
    'contact',
  ];
  const town = [
    '/',
    '/no-such-page',
    '/rounds/R6/guide',
    places.drafting,
    ...sections.map((section) => `${places.drafting}/sections/${section}?check=1`),
    ...[
      '/takeover',
      '/shares',
      '/questions',
      '/comments',
      '/approval',
      '/check',
      '/print',
      '/print/empty',
      '/help',
      '/history',
      '/workbook',
    ].map((page) => `${places.drafting}${page}`),
    ...['', '/sections/establishment', '/check', '/history'].map((page) => `${places.empty}${page}`),
    ...['', '/sections/activity', '/sections/establishment', '/history', '/history/1', '/check', '/results'].map(
      (page) => `${places.returned}${page}`,
    ),
    ...['', '/receipt', '/print', '/sections/activity'].map((page) => `${places.submitted}${page}`),
    ...[
      '',
      '/sections/profile',
      '/sections/bodies?check=1',
      '/sections/bodies/entries/regular',
      '/sections/bodies/entries/regular?at=sessions.s1',
      '/check',
      '/print',
      '/print/empty',
    ].map((page) => `${councilReport}${page}`),
    ...['', '/sections/programs', '/sections/holding'].map(
      (page) => `/rounds/R6/returns/coordination-meeting/${units.empty}${page}`,
    ),
  ];
  const prefecture = [
    '/',
    '/rounds/R6',
    '/rounds/R6?state=submitted&sort=code',
    `${places.submitted}/review`,
    `${places.submitted}/review?only=changed`,
    `${places.returned}/review`,
    `${places.empty}/review`,
    `${places.submitted}/decision?version=1&question=activity.agenda`,
    `${places.submitted}/exceptions`,
    `${places.empty}/on-behalf`,
    `${places.submitted}/correction`,
    '/rounds/R6/summary',
    '/rounds/R6/analysis',
    '/rounds/R6/analysis?kind=cross&form=municipal-survey&question=establishment.status&with=class:kind',
    '/rounds/R6/analysis?kind=ranking&form=municipal-survey&question=consultation.specific',
    '/rounds/R6/analysis?kind=changes&form=municipal-survey&question=consultation.specific',
    '/rounds/R6/analysis?kind=series&form=municipal-survey&question=consultation.specific',
    '/rounds/R6/summary?form=municipal-survey&section=activity',
    '/rounds/R6/summary?form=municipal-survey&section=consultation',
    '/rounds/R6/summary?form=municipal-survey&section=establishment&question=establishment.status&option=established',
    '/rounds/R6/exports',
    `/rounds/R6/exports/${exportId}`,
    `/rounds/R6/exports/${exportId}/publication`,
    '/rounds/R6/publications',
    '/rounds/R6/questions',
    '/rounds/R6/log',
    '/rounds/R6/queue',
    '/guide',
    '/calendar',
    '/notes',
    '/rounds/R6/log?what=signedIn',
    '/rounds/R6/settings',
    '/rounds/R6/texts',
    '/rounds/R6/handout',
    '/rounds/R6/prefilled',
    '/rounds/R6/removal',
    '/rounds/R6/closing',
    '/rounds/R6/units',
    '/rounds/R6/guide',
    '/rounds/new',
    '/contacts',
    '/rounds/R6/mails',
    '/rounds/R6/mails/new',
    '/rounds/R6/mails/texts/week',
    '/contacts/112011',
    '/directory',
    '/directory/import',
    '/directory/classes',
    '/directory/kinds',
    '/directory/reorganisation',
    '/directory/reorganisation?what=division',
    '/directory/reorganisation?what=city',
    '/forms',
    '/forms/import',
    '/forms/guide',
    '/forms/municipal-survey/2024',
    '/forms/municipal-survey/2024/trial',
    '/forms/soudan-jisshi/2025',
    '/forms/soudan-jisshi/2025/trial',
    '/forms/soudan-jisshi/2026',
    '/forms/soudan-jisshi/2026/comparison?with=2025',
    '/rounds/new?form=soudan-jisshi&version=2025',
    '/inquiries/new',
  ];
  return [
    ...town.map((address): PlainPage => ({ role: 'town', address })),
    ...prefecture.map((address): PlainPage => ({ role: 'prefecture', address })),
  ];
}
