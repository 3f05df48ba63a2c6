import { describe, expect, it } from 'vitest';
import { gatewayEvent, requestOf } from '../../../../functions/http/gateway-event.ts';
import { gatewayEventOf } from '../../../support/lambda-streaming.ts';

function request(parts: Parameters<typeof gatewayEventOf>[0]): Request {
  return requestOf(gatewayEvent.parse(gatewayEventOf(parts)));
}

describe('a request out of an event of the gateway', () => {
  it('has the path without the stage, at the host that was called', () => {
    expect(request({ path: '/rounds/R6' }).url).toBe(
      'https://abc123.execute-api.ap-northeast-1.amazonaws.com/rounds/R6',
    );
  });

  it('has every value of the query, which the gateway hands over decoded', () => {
    const { searchParams } = new URL(request({ query: { q: ['a&b', '協議会 1'], at: ['2'] } }).url);
    expect([...searchParams]).toEqual([
      ['q', 'a&b'],
      ['q', '協議会 1'],
      ['at', '2'],
    ]);
  });

  it('has all cookies, also where the browser sent them apart', () => {
    expect(request({ headers: { Cookie: ['a=1', 'b=2'] } }).headers.get('cookie')).toBe('a=1; b=2');
  });

  it('keeps a header that is not Latin readable instead of failing over it', () => {
    const value = request({ headers: { 'X-From': ['県庁'] } }).headers.get('x-from');
    expect(decodeURIComponent(value ?? '')).toBe('県庁');
  });

  it('has the body as the bytes that were sent, and their length', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 227]);
    const posted = request({
      httpMethod: 'POST',
      body: bytes.toString('base64'),
      isBase64Encoded: true,
      headers: { 'Content-Length': ['999'] },
    });
    expect(posted.headers.get('content-length')).toBe('5');
    expect(Buffer.from(await posted.arrayBuffer())).toEqual(bytes);
  });

  it('has a text body as it is', async () => {
    expect(await request({ httpMethod: 'PUT', body: '{"答":"はい"}' }).text()).toBe('{"答":"はい"}');
  });

  it.each(['GET', 'HEAD'])('of %s has no body, even where one was sent', async (httpMethod) => {
    const got = request({ httpMethod, body: 'x', headers: { 'content-length': ['1'] } });
    expect(got.body).toBeNull();
    expect(got.headers.has('content-length')).toBe(false);
  });
});

describe('an event that is none', () => {
  it.each([
    [{ ...Object(gatewayEventOf()), path: 'no-slash' }],
    [{ ...Object(gatewayEventOf()), requestContext: {} }],
    [{ version: '2.0', rawPath: '/' }],
    [null],
  ])('is not taken: %j', (event) => {
    expect(gatewayEvent.safeParse(event).success).toBe(false);
  });

  it.each([{ httpMethod: 'TRACE' }, { httpMethod: 'B D' }, { headers: { 'a b': ['c'] } }])(
    'makes no request: %j',
    (parts) => {
      expect(() => request(parts)).toThrow(TypeError);
    },
  );
});
