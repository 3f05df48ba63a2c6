/** People: who has an account, as what; for who manages them. */

import * as z from 'zod';
import { textsOf } from '../../domain/accounts/account.ts';
import type { StoredAccount, roleNames } from '../../domain/accounts/account.ts';
import { usernameOf } from '../../domain/accounts/plan.ts';
import type { FileChange, Proposal } from '../../service/accounts/proposal.ts';
import { jsonResponse, respond } from './json-response.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

const role = z.enum(['admin', 'prefecture', 'reader', 'municipality', 'none'] satisfies (keyof typeof roleNames)[]);
const texts = {
  name: z.string().max(200),
  email: z.string().max(320),
  role,
  units: z.array(z.string().max(80)).max(200),
};

const account = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  units: z.array(z.string()),
  state: z.enum(['invited', 'active', 'stopped', 'interrupted']),
});

function unitsIn(text: string): string[] {
  return text === '' ? [] : text.split(';');
}

function shown(stored: StoredAccount): z.infer<typeof account> {
  const { id, username, isEnabled, isInvited, isBarred } = stored;
  const { units, ...rest } = textsOf(stored);
  const state = isEnabled ? (isBarred ? 'interrupted' : isInvited ? 'invited' : 'active') : 'stopped';
  return { id, username, ...rest, units: unitsIn(units), state };
}

const accounts = z.object({ accounts: z.array(account), next: z.string().optional() });
const listed = { status: 200, description: 'The accounts.', schema: accounts };
const nothing = { status: 204, description: 'Done.' };

const listAccounts = route({
  method: 'get',
  path: '/api/accounts',
  action: 'accounts.manage',
  summary:
    'Everybody who has an account, also those whose use was stopped, some dozens at a time: `next` is the `cursor` of those that follow. `interrupted`: a change broke off, and nobody acts by it.',
  query: z.object({ cursor: z.string().min(1).max(4000).optional() }),
  answers: [listed],
  problems: [],
  handle: async ({ service, query: { cursor } }) =>
    respond(await service.accounts.page(cursor), ({ accounts: some, next }) =>
      jsonResponse({ accounts: some.map(shown), next }),
    ),
});

const inviteAccount = route({
  method: 'post',
  path: '/api/accounts',
  action: 'accounts.manage',
  summary:
    'Makes an account and mails its temporary password. `units`: codes of municipalities, with `-` and a form for a division.',
  body: {
    schema: z.strictObject({
      username: z.string().max(128),
      ...texts,
      name: texts.name.default(''),
      units: texts.units.default([]),
    }),
    problem: 'invalid-accounts',
  },
  answers: [nothing],
  problems: ['held-by-provider', 'mail-limit'],
  handle: async ({ service, person, body: { units, ...given } }) =>
    respond(await service.accounts.invite(person, { ...given, units: units.join(';') }), done204),
});

const changeAccount = route({
  method: 'patch',
  path: '/api/accounts/{id}',
  action: 'accounts.manage',
  summary:
    'Changes what is given; a change of the role or the units ends what the person holds. `active: false` stops the account at once. `renewPassword` mails a temporary password, `removeAuthenticator` lets the owner set up another; each stands alone.',
  body: {
    schema: z.union([
      z.strictObject({ ...texts, active: z.boolean() }).partial(),
      z.strictObject({ renewPassword: z.literal(true) }),
      z.strictObject({ removeAuthenticator: z.literal(true) }),
    ]),
    problem: 'invalid-accounts',
  },
  answers: [nothing],
  problems: ['not-found', 'held-by-provider', 'mail-limit'],
  handle: async ({ service: { accounts }, person, params: { id }, body }) => {
    if ('renewPassword' in body) return respond(await accounts.renewPassword(person, id), done204);
    if ('removeAuthenticator' in body) return respond(await accounts.removeAuthenticator(person, id), done204);
    const { units, ...given } = body;
    const change = { ...given, ...(units === undefined ? {} : { units: units.join(';') }) };
    return respond(await accounts.change(person, id, change), done204);
  },
});

function done204(): Response {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}

const change = z.object({
  row: z.int().optional(),
  username: z.string(),
  what: z.enum(['create', 'change', 'enable', 'retire']),
  result: z.enum(['done', 'failed', 'left']).optional(),
});

function shownChange({ row, action, result }: FileChange): z.infer<typeof change> {
  const known = { ...(row === undefined ? {} : { row }), ...(result === undefined ? {} : { result }) };
  return { ...known, username: usernameOf(action), what: action.kind };
}

function shownProposal({ changes, unchanged, unnamed, seen, next }: Proposal) {
  return { proposal: seen, changes: changes.map(shownChange), unchanged, unnamed, next };
}

const importAccounts = route({
  method: 'post',
  path: '/api/accounts/import',
  action: 'accounts.manage',
  summary:
    'What a CSV as `npm run accounts` reads it would change. With the `proposal` of that answer it is carried out, as far as some seconds go: `left` is done by the same call after another proposal. Done again it changes nothing. A long file is gone through in parts: `next` is the `from` of the one that follows.',
  body: {
    schema: z.strictObject({
      csv: z.string(),
      /** Stops whom the file does not name. */
      retireMissing: z.boolean().default(false),
      proposal: z.string().max(64).optional(),
      /** With which of its accounts the part begins, from 0. */
      from: z.int().min(0).default(0),
    }),
    problem: 'malformed-request',
  },
  answers: [
    {
      status: 200,
      description: 'What would change, or what became of it.',
      schema: z.object({
        changes: z.array(change),
        proposal: z.string().optional(),
        unchanged: z.int().optional(),
        unnamed: z.array(z.string()).optional(),
        next: z.int().optional(),
      }),
    },
  ],
  problems: ['invalid-accounts', 'precondition-failed', 'held-by-provider'],
  handle: async ({ service, person, body: { csv, retireMissing, proposal, from } }) => {
    const bytes = new TextEncoder().encode(csv);
    if (proposal === undefined)
      return respond(await service.accounts.propose(person, bytes, { retireMissing, from }), (value) =>
        jsonResponse(shownProposal(value)),
      );
    return respond(
      await service.accounts.apply(person, bytes, { retireMissing, from, seen: proposal }),
      ({ changes, next }) => jsonResponse({ changes: changes.map(shownChange), next }),
    );
  },
});

export const accountRoutes: readonly Route[] = [listAccounts, inviteAccount, changeAccount, importAccounts];
