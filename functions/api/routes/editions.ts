/** Published editions: their record, taking one back, and the address at which everybody may read them. */

import * as z from 'zod';
import { editionWithdrawal, publicAddress, withdrawalRequest } from '../../../schemas/edition.ts';
import { asOf, exportedFile } from '../../../schemas/export.ts';
import { newestEditionName, publicPath } from '../../domain/public-address.ts';
import { editionRecord, editionRecords } from '../../service/editions.ts';
import type { EditionRecord } from '../../service/editions.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { jsonResponse, respond } from './json-response.ts';
import { roundRoute } from './route.ts';
import type { Route } from './route.ts';

const editionsPath = '/api/rounds/{round}/publications';
const addressPath = '/api/rounds/{round}/public-address';

const edition = z.object({
  edition: z.int(),
  exportId: z.string(),
  publishedAt: z.string(),
  publishedBy: z.string(),
  asOf,
  /** Where everybody reads it while the round's address is open. */
  address: z.string(),
  /** When it could be read there. */
  spans: z.array(z.object({ from: z.string(), until: z.string().optional() })),
  withdrawal: editionWithdrawal.optional(),
  files: z.array(exportedFile),
});

const address = publicAddress.extend({
  /** Of the newest edition; absent where this deployment is not open to everybody. */
  address: z.string().optional(),
});

function told(site: string, round: string, record: EditionRecord): z.infer<typeof edition> {
  return {
    ...record,
    address: site + publicPath(round, record.edition),
    spans: [...record.spans],
    files: [...record.files],
  };
}

const listEditions = roundRoute({
  method: 'get',
  path: editionsPath,
  action: 'exports.read',
  summary:
    'The published editions of a round, oldest first, those that were taken back too: what was where, and how long.',
  answers: [{ status: 200, description: 'The editions.', schema: z.object({ publications: z.array(edition) }) }],
  problems: [],
  handle: async ({ service, site }, round) => {
    const records = await editionRecords(service, round.id);
    return jsonResponse({ publications: records.map((record) => told(site, round.id, record)) });
  },
});

const withdrawEdition = roundRoute({
  method: 'post',
  path: `${editionsPath}/{edition}/withdrawal`,
  action: 'editions.withdraw',
  summary:
    'Takes an edition back at once, with a reason: nobody is shown its files any more; its record stays, and so does its number.',
  body: { schema: withdrawalRequest, problem: 'invalid-exception' },
  answers: [{ status: 201, description: 'The record of the edition.', schema: edition }],
  problems: ['edition-withdrawn'],
  handle: async ({ service, person, params, body, site }, round) => {
    const outcome = await service.withdrawEdition(round.id, params.edition, { ...body, actor: person.name });
    if (!outcome.ok) return problemResponse(outcome.problem);
    const record = await editionRecord(service, round.id, outcome.value);
    return record === undefined
      ? problemResponse({ code: 'not-found' })
      : jsonResponse(told(site, round.id, record), 201);
  },
});

const readAddress = roundRoute({
  method: 'get',
  path: addressPath,
  action: 'exports.read',
  summary:
    'Whether everybody may read the published editions of the round at its public address, and when that was changed.',
  answers: [{ status: 200, description: 'The address.', schema: address }],
  problems: [],
  handle: async ({ service, site }, round) => {
    const { settings } = await service.store.publicAddress(round.id);
    const where = service.offersPublicAddress ? { address: site + publicPath(round.id, newestEditionName) } : {};
    return jsonResponse({ ...settings, ...where });
  },
});

const writeAddress = roundRoute({
  method: 'put',
  path: addressPath,
  action: 'publicAddress.write',
  summary:
    'Opens the public address of the round to everybody, or closes it. A deployment that not everybody may reach offers none.',
  body: { schema: publicAddress.pick({ isOpen: true }), problem: 'malformed-request' },
  answers: [{ status: 200, description: 'The address.', schema: publicAddress }],
  problems: ['address-not-offered'],
  handle: async ({ service, person, body }, round) =>
    respond(await service.savePublicAddress(round.id, body, person.name), (saved) => jsonResponse(saved)),
});

export const editionRoutes: readonly Route[] = [listEditions, withdrawEdition, readAddress, writeAddress];
