/** What the prefecture says about a round's report beside its numbers. */

import { reportSettings } from '../../../schemas/report-settings.ts';
import { jsonResponse, respond } from './json-response.ts';
import { roundRoute } from './route.ts';
import type { Route } from './route.ts';

const path = '/api/rounds/{round}/report-settings';

const readSettings = roundRoute({
  method: 'get',
  path,
  action: 'reportSettings.read',
  summary: 'Document number, meeting, date and division at the head of the report; what is absent is not printed.',
  answers: [{ status: 200, description: 'The settings.', schema: reportSettings }],
  problems: [],
  handle: async ({ service }, round) => jsonResponse((await service.store.reportSettings(round.id)).settings),
});

const writeSettings = roundRoute({
  method: 'put',
  path,
  action: 'reportSettings.write',
  summary: 'Replaces the settings; the exports that start from now on have them.',
  body: { schema: reportSettings, problem: 'invalid-report-settings' },
  answers: [{ status: 200, description: 'The settings.', schema: reportSettings }],
  problems: [],
  handle: async ({ service, person, body }, round) =>
    respond(await service.saveReportSettings(round.id, body, person.name), ({ settings }) => jsonResponse(settings)),
});

export const reportSettingsRoutes: readonly Route[] = [readSettings, writeSettings];
