/** Links for colleagues (共有) of one return: made, listed and ended by who edits it. */

import * as z from 'zod';
import type { ReturnKey } from '../../../schemas/return.ts';
import { share, shareWanted } from '../../../schemas/share.ts';
import { sharedPath } from '../../domain/sharing.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import type { Service } from '../../service/service.ts';
import { jsonResponse, respond } from './json-response.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Route } from './route.ts';

const path = `${returnPath}/shares` as const;

/** Without who edited the return then, which everybody who may ask knows, and without identifiers of people. */
const sharesView = share.omit({ editor: true, createdById: true });

const makeShare = returnRoute({
  method: 'post',
  path,
  action: 'return.share',
  summary:
    'A link by which a colleague without an account may save answers of this return, or of `sections` of it, and not submit. It is told this once.',
  body: { schema: shareWanted, problem: 'invalid-share' },
  answers: [
    { status: 201, description: 'The link, and what names it.', schema: z.object({ url: z.url(), id: z.string() }) },
  ],
  problems: ['not-editable', 'closed', 'too-many-shares'],
  handle: async ({ service, person, body, site }, { key }) =>
    respond(await service.shares.createShare(key, body, person), ({ secret, share: { id } }) =>
      jsonResponse({ url: `${site}${sharedPath(key, secret)}`, id }, 201),
    ),
});

const listed = {
  status: 200,
  description: 'The links. `open`: it can be used now.',
  schema: z.object({ shares: z.array(sharesView.extend({ open: z.boolean() })) }),
};

async function listing({ shares }: Service, key: ReturnKey): Promise<Response> {
  const all = await shares.shares(key);
  return jsonResponse({
    shares: all.map(({ share: { editor: _editor, createdById: _maker, ...shown }, isOpen }) => ({
      ...shown,
      open: isOpen,
    })),
  });
}

const listShares = returnRoute({
  method: 'get',
  path,
  action: 'return.share',
  summary: 'The links of this return, newest first, also those that are over.',
  answers: [listed],
  problems: [],
  handle: ({ service }, { key }) => listing(service, key),
});

const endShares = returnRoute({
  method: 'delete',
  path,
  action: 'return.share',
  summary: 'Ends a link at once, or without `id` every link of this return.',
  query: z.strictObject({ id: z.string().optional() }),
  answers: [listed],
  problems: [],
  handle: async ({ service, person, query }, { key }) => {
    const ended = await service.shares.endShares(key, query.id, person.name);
    return ended.ok ? listing(service, key) : problemResponse(ended.problem);
  },
});

export const sharesRoutes: readonly Route[] = [makeShare, listShares, endShares];
