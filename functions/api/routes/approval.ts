/** The approval (承認) of a return by a second person of the municipality, where the municipality wants one. */

import * as z from 'zod';
import { approval } from '../../../schemas/approval.ts';
import type { ReturnKey } from '../../../schemas/return.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import type { Service } from '../../service/service.ts';
import { jsonResponse, respond } from './json-response.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Route } from './route.ts';

const path = `${returnPath}/approval` as const;

const state = {
  status: 200,
  description: 'Whether an approval is demanded, and the one of the draft as it stands, or of what was submitted.',
  schema: z.object({ demanded: z.boolean(), approval: approval.optional() }),
};

async function stateResponse({ approvals }: Service, key: ReturnKey): Promise<Response> {
  return respond(await approvals.approvalOf(key), ({ isDemanded, approval: given }) =>
    jsonResponse({ demanded: isDemanded, approval: given }),
  );
}

const read = returnRoute({
  method: 'get',
  path,
  action: 'return.approve',
  summary: 'How the approval of this return stands.',
  answers: [state],
  problems: [],
  handle: ({ service }, { key }) => stateResponse(service, key),
});

const approve = returnRoute({
  method: 'post',
  path,
  action: 'return.approve',
  summary: 'Approves the draft that was seen; by another person than saved it last. Any save ends the approval.',
  headers: [{ name: 'If-Match', description: 'The ETag of the return last seen.', required: true }],
  answers: [state],
  problems: ['approval-by-saver', 'not-editable', 'nothing-to-submit', 'precondition-required', 'precondition-failed'],
  handle: async ({ service, person, header }, { key }) => {
    const seen = { ifMatch: header('if-match'), ifNoneMatch: undefined };
    const approved = await service.approvals.approve(key, seen, person);
    return approved.ok ? stateResponse(service, key) : problemResponse(approved.problem);
  },
});

const demand = returnRoute({
  method: 'put',
  path,
  action: 'return.approve',
  summary: 'Whether the unit wants an approval before any of its returns is submitted.',
  body: { schema: z.strictObject({ demanded: z.boolean() }), problem: 'malformed-request' },
  answers: [state],
  problems: [],
  handle: async ({ service, person, body }, { key }) => {
    const settled = await service.approvals.demandApproval(key, body.demanded, person.name);
    if (!settled.ok) return problemResponse(settled.problem);
    return stateResponse(service, key);
  },
});

export const approvalRoutes: readonly Route[] = [read, approve, demand];
