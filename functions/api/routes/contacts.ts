/** Whom the prefecture writes to in a municipality (連絡先). */

import { keptContact, unitContact } from '../../../schemas/unit-contact.ts';
import type { KeptContact } from '../../../schemas/unit-contact.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { contactEtag } from '../../service/contacts.ts';
import { jsonResponse, respond } from './json-response.ts';
import { municipalityRoute } from './route.ts';
import type { Route } from './route.ts';

const path = '/api/contacts/{unit}';
const stored = keptContact.omit({ revision: true });

function answered(kept: KeptContact | undefined): Response {
  if (kept === undefined) return problemResponse({ code: 'not-found' });
  const { revision, ...contact } = kept;
  return jsonResponse(contact, 200, { etag: contactEtag({ revision }) });
}

const readContact = municipalityRoute({
  method: 'get',
  path,
  action: 'contacts.read',
  summary:
    'Whom the prefecture writes to and telephones in a municipality: `main` (主) and `deputy` (副), kept from year to year. A council has that of who leads it.',
  answers: [{ status: 200, description: 'The contact.', schema: stored }],
  problems: ['not-found'],
  handle: async ({ service }, { code }) => answered(await service.store.contact(code)),
});

const writeContact = municipalityRoute({
  method: 'put',
  path,
  action: 'contacts.write',
  summary: 'Replaces it. With `If-Match` only where it is still as it was seen.',
  headers: [{ name: 'If-Match', description: 'The ETag last seen.', required: false }],
  body: { schema: unitContact, problem: 'invalid-contact', maxBytes: 8 * 1024 },
  answers: [{ status: 200, description: 'The contact.', schema: stored }],
  problems: ['precondition-failed'],
  handle: async ({ service, person, body, header }, { code }) => {
    const precondition = { ifMatch: header('if-match'), ifNoneMatch: header('if-none-match') };
    return respond(await service.saveContact(code, body, precondition, person.name), answered);
  },
});

export const contactRoutes: readonly Route[] = [readContact, writeContact];
