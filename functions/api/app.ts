/** The HTTP API: every route behind the same steps (identify, authorise, parse), every refusal a problem. */

import { Hono } from 'hono';
import * as z from 'zod';
import { isObject } from '../../schemas/values/json.ts';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { TrieRouter } from 'hono/router/trie-router';
import { isAllowed, mayEnter, standingOf } from '../domain/authorisation.ts';
import type { Action, Person } from '../domain/authorisation.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Identify } from '../platform/identity.ts';
import { speakJapanese } from '../platform/japanese-messages.ts';
import type { OperatorLog } from '../platform/logger.ts';
import { problemResponse } from '../platform/problem-response.ts';
import { loadedOnce } from '../../schemas/once.ts';
import type { OpenTo } from '../../schemas/open-to.ts';
import { lastingJson } from './routes/json-response.ts';
import { maxJsonBytes, parseBody, parseWith } from './routes/request-body.ts';
import type { SentBody } from './routes/request-body.ts';
import type { Route, Subject } from './routes/route.ts';
import { parts } from './routes/parts.ts';
import { findMunicipality, findReturn, findRound, nameReturn, recordRefusal } from '../service/access.ts';
import { problemOfFailure } from '../service/failures.ts';
import type { Service } from '../service/service.ts';

export interface ApiOptions {
  readonly service: Service;
  readonly identify: Identify;
  readonly openTo: OpenTo;
  readonly log: OperatorLog;
  /** The site's own address as browsers see it, of a request to it. */
  readonly siteOf: (request: Request) => string;
}

/** A parameter that a call does not have is refused, not passed over: `next` of a list without pages would repeat it. */
const noQuery = z.strictObject({});

const onBehalf: Action = 'return.onBehalf';

const nobody: Person = { id: '', name: '', role: 'municipality', units: [] };

/** Refuses a signed-in caller; the log of the round that the path names tells of it. */
async function forbid(actor: string, action: Action, context: Context, service: Service): Promise<Response> {
  const round = context.req.param('round');
  if (round !== undefined && (await service.store.round(round)) !== undefined)
    await recordRefusal(service, round, actor, action);
  return problemResponse({ code: 'forbidden' });
}

/** Whoever may not do this with anything at all is refused before the path is looked at; returns and municipalities are judged each. */
async function admit(
  { action, subject }: Route,
  context: Context,
  { service, identify, openTo }: ApiOptions,
  onKnown: () => void,
): Promise<Person | Response> {
  if (action === undefined) return nobody;
  const identification = await identify(context.req.header('authorization'), onKnown);
  if (identification.kind === 'unauthenticated') return problemResponse({ code: 'unauthenticated' });
  if (identification.kind === 'noRole') return forbid(identification.id, action, context, service);
  const { person } = identification;
  if (!mayEnter(openTo, person)) return problemResponse({ code: 'site-closed' });
  if (subject === 'return' || subject === 'municipality' || isAllowed(standingOf(person), action)) return person;
  return forbid(person.name, action, context, service);
}

/** Read once, however often it is asked for. */
function sentBody({ req }: Context): SentBody {
  return { headers: req.raw.headers, text: () => req.text(), arrayBuffer: () => req.arrayBuffer() };
}

/** Whether somebody says that they act for the unit. It is looked at before anything else of the body, which stays to be read. */
async function saysOnBehalf(body: SentBody): Promise<boolean> {
  const text = await body.text();
  if (!text.includes('"onBehalf"')) return false;
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) && body['onBehalf'] !== undefined;
  } catch {
    return false;
  }
}

async function findSubject(
  { subject, action }: Pick<Route, 'subject' | 'action'>,
  person: Person,
  params: Readonly<Record<string, string>>,
  service: Service,
  named: ReturnType<typeof nameReturn> | undefined,
): Promise<Outcome<Subject>> {
  if (subject === 'round') {
    const found = await findRound(service, person, params['round'] ?? '');
    return found.ok ? done({ round: found.value }) : found;
  }
  if (subject === 'return' && action !== undefined) {
    const found = await findReturn(service, person, action, params, { named });
    return found.ok ? done({ return: found.value }) : found;
  }
  if (subject === 'municipality' && action !== undefined) {
    const found = await findMunicipality(service, person, action, params['unit'] ?? '');
    return found.ok ? done({ municipality: found.value }) : found;
  }
  return done({});
}

async function answer(route: Route, context: Context, options: ApiOptions): Promise<Response> {
  const params = context.req.param();
  let named: ReturnType<typeof nameReturn> | undefined;
  const person = await admit(route, context, options, () => {
    if (route.subject === 'return') named = nameReturn(options.service, params, context.req.header('idempotency-key'));
  });
  if (person instanceof Response) return person;
  const sent = sentBody(context);
  const isOnBehalf = route.onBehalf !== undefined && (await saysOnBehalf(sent));
  const { action, body: bodyOf } = isOnBehalf ? { action: onBehalf, body: route.onBehalf } : route;
  const subject = await findSubject({ subject: route.subject, action }, person, params, options.service, named);
  if (!subject.ok) return problemResponse(subject.problem);
  const query = parseWith(route.query ?? noQuery, context.req.query(), 'malformed-request');
  if (!query.ok) return problemResponse(query.problem);
  const body = bodyOf === undefined ? undefined : await parseBody(sent, bodyOf);
  if (body?.ok === false) return problemResponse(body.problem);
  const call = {
    params,
    query: query.value,
    body: body?.value,
    person,
    method: context.req.raw.method,
    header: (name: string) => context.req.header(name),
    text: () => context.req.text(),
    request: context.req.raw,
    site: options.siteOf(context.req.raw),
    service: options.service,
  };
  return route.handle(call, subject.value);
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1').replace(':path', ':path{.+}');
}

export function createApi(options: ApiOptions): Hono {
  speakJapanese();
  const { service, log } = options;

  function withProblems(): Hono {
    // The router that Hono comes to by itself with paths like these, after it has built the other for 10 ms.
    return new Hono({ router: new TrieRouter() }).onError((error, context) => {
      log.error('request failed', error, { method: context.req.method, path: context.req.routePath });
      return problemResponse(problemOfFailure(error));
    });
  }

  function answering(routes: readonly Route[]): Hono {
    const app = withProblems();
    const tooLarge = (): Response => problemResponse({ code: 'too-large' });
    for (const route of routes) {
      const limit = bodyLimit({ maxSize: route.upload?.maxBytes ?? maxJsonBytes, onError: tooLarge });
      const method = route.method.toUpperCase();
      app.on(method, honoPath(route.path), limit, (context) => answer(route, context, options));
    }
    for (const path of new Set(routes.map((route) => route.path)))
      app.all(honoPath(path), () => problemResponse({ code: 'method-not-allowed' }));
    return app.notFound(() => problemResponse({ code: 'not-found' }));
  }

  const described = loadedOnce(async () => {
    const [{ keptOpenApi }, { routes }, { describedForms }] = await Promise.all([
      import('./openapi.ts'),
      import('./routes/routes.ts'),
      import('../service/forms.ts'),
    ]);
    return { documentOf: keptOpenApi(routes), describedForms };
  });
  const api = withProblems();
  api.get('/api/openapi.json', async (context) => {
    const identification = await options.identify(context.req.header('authorization'));
    const isKnown = identification.kind === 'person' && mayEnter(options.openTo, identification.person);
    const { documentOf, describedForms } = await described();
    const forms = isKnown ? await describedForms(service, identification.person) : service.forms;
    return lastingJson((name) => context.req.header(name), documentOf(forms));
  });
  for (const { paths, load } of parts) {
    const loaded = loadedOnce(async () => answering(await load()));
    for (const path of paths) api.all(path, async (context) => (await loaded()).fetch(context.req.raw, context.env));
  }
  return api.all('/api/*', () => problemResponse({ code: 'not-found' }));
}
