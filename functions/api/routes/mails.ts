/** Mails of a round to municipalities. */

import * as z from 'zod';
import { mail, mailEvent, mailRequest, mailSettings } from '../../../schemas/mail.ts';
import { mailDesk, mailSettingsEtag, plannedMails } from '../../service/mails.ts';
import { jsonResponse, respond } from './json-response.ts';
import { roundRoute } from './route.ts';
import type { Route } from './route.ts';

const path = '/api/rounds/{round}/mails';
const settingsPath = '/api/rounds/{round}/mail-settings';

const due = z.object({
  event: mailEvent,
  unit: z.string(),
  key: z.string(),
  returns: z.array(z.object({ form: z.string(), unit: z.string() })),
  to: z.array(z.string()),
});

const readMails = roundRoute({
  method: 'get',
  path,
  action: 'mails.read',
  summary:
    'Every mail recorded with what became of it, and what is due now and not recorded: what has nobody to go to waits for a contact for three days.',
  answers: [
    {
      status: 200,
      description: 'The mails, without their bodies.',
      schema: z.object({ mails: z.array(mail.omit({ body: true })), due: z.array(due) }),
    },
  ],
  problems: [],
  handle: async ({ service }, round) => {
    const [desk, mails] = await Promise.all([mailDesk(service.mailSources, round), service.store.mails(round.id)]);
    return jsonResponse({
      mails: mails.map(({ body: _body, ...rest }) => rest),
      due: plannedMails(desk, mails, service.now()).map(({ event, municipality, key, returns, to }) => ({
        event,
        unit: municipality,
        key,
        returns: returns.map(({ form, unit }) => ({ form, unit })),
        to,
      })),
    });
  },
});

const sendMails = roundRoute({
  method: 'post',
  path,
  action: 'mails.send',
  summary:
    'Puts mails in the queue, to be sent within minutes: those of an event, or with `notice` a text of one’s own, to the municipalities that `units`, `states` and `overdue` leave, and of whose returns the event’s mails say what is true; or `again`, some that failed, came back, or of which it is not known. The same `id` once more sends nothing twice.',
  body: { schema: mailRequest, problem: 'invalid-mail' },
  answers: [
    {
      status: 202,
      description: 'How many are in the queue, and who has no contact.',
      schema: z.object({ queued: z.int(), skipped: z.int(), withoutAddress: z.array(z.string()) }),
    },
  ],
  problems: ['not-open'],
  handle: async ({ service, person, body }, round) =>
    respond(await service.requestMails(round, body, person.name), (queued) => jsonResponse(queued, 202)),
});

const readSettings = roundRoute({
  method: 'get',
  path: settingsPath,
  action: 'mails.read',
  summary: 'Whether mails are sent by themselves, of which events none is, and the words of this round, under an ETag.',
  answers: [{ status: 200, description: 'What is not said is as for every round.', schema: mailSettings }],
  problems: [],
  handle: async ({ service }, round) => {
    const kept = await service.store.mailSettings(round.id);
    return jsonResponse(kept.settings, 200, { etag: mailSettingsEtag(kept) });
  },
});

const writeSettings = roundRoute({
  method: 'put',
  path: settingsPath,
  action: 'mails.send',
  summary: 'Replaces them.',
  headers: [
    { name: 'If-Match', description: 'The ETag last seen.', required: false },
    { name: 'If-None-Match', description: '`*`: only where there are none yet.', required: false },
  ],
  body: { schema: mailSettings, problem: 'invalid-mail' },
  answers: [{ status: 200, description: 'The settings.', schema: mailSettings }],
  problems: ['precondition-required', 'precondition-failed'],
  handle: async ({ service, person, body, header }, round) => {
    const precondition = { ifMatch: header('if-match'), ifNoneMatch: header('if-none-match') };
    const saved = await service.saveMailSettings(round.id, body, precondition, person.name);
    return respond(saved, (kept) => jsonResponse(kept.settings, 200, { etag: mailSettingsEtag(kept) }));
  },
});

export const mailRoutes: readonly Route[] = [readMails, sendMails, readSettings, writeSettings];
