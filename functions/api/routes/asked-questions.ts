/** Questions to the prefecture (質問): asked about a return, answered, and shown to all where the prefecture wishes. */

import * as z from 'zod';
import { answerToGive, askedQuestion, questionToAsk } from '../../../schemas/asked-question.ts';
import { publishedAnswers } from '../../domain/asked-questions.ts';
import { askedEtag } from '../../service/asked-questions.ts';
import { jsonResponse, respond } from './json-response.ts';
import { returnPath, returnRoute, roundRoute } from './route.ts';
import type { Route } from './route.ts';

const path = `${returnPath}/questions` as const;
const questions = z.object({ questions: z.array(askedQuestion) });

const ask = returnRoute({
  method: 'post',
  path,
  action: 'question.ask',
  summary: 'Asks the prefecture about a question of the form (`path`), or about the whole of it.',
  body: { schema: questionToAsk, problem: 'invalid-message' },
  answers: [{ status: 201, description: 'The question.', schema: askedQuestion }],
  problems: ['too-many-messages'],
  handle: async ({ service, person, body }, { key, form }) =>
    respond(await service.questions.ask(key, form, body, person.name), (asked) => jsonResponse(asked, 201)),
});

const listOfReturn = returnRoute({
  method: 'get',
  path,
  action: 'question.read',
  summary: 'What was asked about this return, with the answers.',
  answers: [{ status: 200, description: 'The questions.', schema: questions }],
  problems: [],
  handle: async ({ service }, { key }) => jsonResponse({ questions: await service.questions.asked(key) }),
});

const answer = returnRoute({
  method: 'put',
  path: `${path}/{id}/answer`,
  action: 'question.answer',
  summary:
    'Answers a question, or replaces its answer. With `published`, the question in other words, it is shown to everybody in the round.',
  headers: [{ name: 'If-Match', description: 'The `revision` last seen, quoted: `"0"`.', required: true }],
  body: { schema: answerToGive, problem: 'invalid-message' },
  answers: [{ status: 200, description: 'The question with its answer.', schema: askedQuestion }],
  problems: ['not-found', 'precondition-required', 'precondition-failed'],
  handle: async ({ service, person, params, body, header }, { key }) => {
    const precondition = { ifMatch: header('if-match'), ifNoneMatch: undefined };
    const answered = await service.questions.answerQuestion(key, params.id, body, precondition, person.name);
    return respond(answered, (asked) => jsonResponse(asked, 200, { etag: askedEtag(asked) }));
  },
});

const listOfRound = roundRoute({
  method: 'get',
  path: '/api/rounds/{round}/questions',
  action: 'prefecture.read',
  summary: 'What was asked about all returns of the round, with the answers.',
  answers: [{ status: 200, description: 'The questions.', schema: questions }],
  problems: [],
  handle: async ({ service }, round) => jsonResponse({ questions: await service.questions.asked({ round: round.id }) }),
});

const published = roundRoute({
  method: 'get',
  path: '/api/rounds/{round}/published-answers',
  action: 'rounds.read',
  summary: 'Questions and answers that the prefecture shows to all (よくある質問); not who asked.',
  answers: [
    {
      status: 200,
      description: 'The questions and answers, the oldest first.',
      schema: z.object({
        answers: z.array(
          z.object({
            form: z.string(),
            path: z.string(),
            question: z.string(),
            answer: z.string(),
            answeredAt: z.iso.datetime(),
          }),
        ),
      }),
    },
  ],
  problems: [],
  handle: async ({ service }, round) =>
    jsonResponse({ answers: publishedAnswers(await service.questions.asked({ round: round.id })) }),
});

export const askedQuestionsRoutes: readonly Route[] = [ask, listOfReturn, answer, listOfRound, published];
