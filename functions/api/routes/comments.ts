/** Comments (コメント) inside a municipality on the questions of a return. */

import * as z from 'zod';
import { comment, commentToWrite } from '../../../schemas/comment.ts';
import type { FoundReturn } from '../../service/access.ts';
import type { Service } from '../../service/service.ts';
import { jsonResponse, respond } from './json-response.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Route } from './route.ts';

const path = `${returnPath}/comments` as const;

const listed = {
  status: 200,
  description: 'The comments, the newest first.',
  schema: z.object({ comments: z.array(comment) }),
};

async function listing({ comments }: Service, found: FoundReturn): Promise<Response> {
  return jsonResponse({ comments: await comments.comments(found) });
}

const list = returnRoute({
  method: 'get',
  path,
  action: 'comment.write',
  summary: 'What is said inside the municipality about the questions of this return.',
  answers: [listed],
  problems: [],
  handle: ({ service }, found) => listing(service, found),
});

const write = returnRoute({
  method: 'post',
  path,
  action: 'comment.write',
  summary: 'Comments on a question of the form (`path`), or on the whole of it. The prefecture does not see it.',
  body: { schema: commentToWrite, problem: 'invalid-message' },
  answers: [{ status: 201, description: 'The comment.', schema: comment }],
  problems: ['too-many-messages'],
  handle: async ({ service, person, body }, found) =>
    respond(await service.comments.comment(found, body, person.name), (written) => jsonResponse(written, 201)),
});

const remove = returnRoute({
  method: 'delete',
  path: `${path}/{id}`,
  action: 'comment.remove',
  summary: 'Removes a comment.',
  answers: [listed],
  problems: [],
  handle: async ({ service, params }, found) => {
    await service.comments.removeComment(found.key, params.id);
    return listing(service, found);
  },
});

export const commentsRoutes: readonly Route[] = [list, write, remove];
