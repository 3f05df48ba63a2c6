import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { describe, expect, it } from 'vitest';
import { requests } from '../../../../functions/http/requests.ts';
import type { OperatorMetric } from '../../../../functions/platform/metrics.ts';
import { currentRequest } from '../../../../functions/platform/request-context.ts';

function application(): { app: Hono; counted: OperatorMetric[] } {
  const counted: OperatorMetric[] = [];
  const app = new Hono()
    .use(requests({ count: (metric) => counted.push(metric) }))
    .get('/ids', (c) => c.json(currentRequest()))
    .get('/ids/streamed', (c) => c.body(new ReadableStream({ start: (controller) => controller.close() })))
    .get('/sign-in/callback', (c) => c.text('', 400))
    .get('/sign-in', (c) => c.text('', 401))
    .get('/sign-in/code', (c) => c.text('', 429))
    .get('/answer/:status', (c) => c.text('', statuses[c.req.param('status')]));
  return { app, counted };
}

const statuses: Readonly<Record<string, ContentfulStatusCode>> = {
  200: 200,
  400: 400,
  401: 401,
  403: 403,
  404: 404,
  409: 409,
  412: 412,
  422: 422,
  500: 500,
};

const bearer = { headers: { authorization: 'Bearer a.b.c' } };

describe('a request', () => {
  it('has the ids that the gateway and Lambda gave it', async () => {
    const lambda = { requestContext: { requestId: 'of-gateway' }, lambdaContext: { awsRequestId: 'of-lambda' } };
    const answer = await application().app.request('/ids', {}, lambda);
    expect(await answer.json()).toEqual({ requestId: 'of-gateway', functionRequestId: 'of-lambda' });
  });

  it('has one made up on a laptop, another for each', async () => {
    const { app } = application();
    const ids = await Promise.all([1, 2].map(async () => (await app.request('/ids')).text()));
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^\{"requestId":"[0-9a-f-]{36}"\}$/);
  });
});

describe('an answer counts', () => {
  it.each([
    ['/answer/403', {}, ['Refusals']],
    ['/answer/409', {}, ['Conflicts']],
    ['/answer/412', {}, ['Conflicts']],
    ['/answer/401', bearer, ['RefusedTokens']],
    ['/sign-in/callback', {}, ['RefusedTokens']],
    ['/sign-in', {}, ['RefusedTokens']],
    ['/sign-in/code', {}, ['RefusedTokens']],
  ])('%s as refused or in conflict', async (path, init, expected) => {
    const { app, counted } = application();
    await app.request(path, init);
    expect(counted).toEqual(expected);
  });

  it.each(['200', '400', '401', '404', '422', '500'])(
    '%s not: nobody was refused who only has to correct or to sign in',
    async (status) => {
      const { app, counted } = application();
      await app.request(`/answer/${status}`);
      expect(counted).toEqual([]);
    },
  );
});
