/** A request as the REST API of API Gateway hands it over, read into a request of the platform. */

import * as z from 'zod';

const listsByName = z.record(z.string(), z.array(z.string()).nullish());

export const gatewayEvent = z.object({
  httpMethod: z.string(),
  /** Without the stage. */
  path: z.string().startsWith('/'),
  multiValueHeaders: listsByName.nullish(),
  /** Decoded. */
  multiValueQueryStringParameters: listsByName.nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({
    requestId: z.string(),
    domainName: z.string(),
    identity: z.object({ sourceIp: z.string() }).optional(),
  }),
});

type GatewayEvent = z.output<typeof gatewayEvent>;

/** A request with one of these has no body, even where a caller sends one. */
const bodyless = new Set(['GET', 'HEAD']);

function pairsOf(lists: GatewayEvent['multiValueHeaders']): [string, string][] {
  return Object.entries(lists ?? {}).flatMap(([name, values]) =>
    (values ?? []).map((value): [string, string] => [name, value]),
  );
}

/** Headers are Latin letters on the way; one that is not cannot be told to the application as it is. */
function headerValue(value: string): string {
  return /[^\t -~]/.test(value) ? encodeURIComponent(value) : value;
}

/**
 * @throws TypeError when the parts make no request: an address, a method or a header that is none
 */
export function requestOf(event: GatewayEvent): Request {
  const { httpMethod, path, body, isBase64Encoded, requestContext } = event;
  const query = new URLSearchParams(pairsOf(event.multiValueQueryStringParameters)).toString();
  const headers = new Headers(pairsOf(event.multiValueHeaders).map(([name, value]) => [name, headerValue(value)]));
  const bytes =
    typeof body !== 'string' || bodyless.has(httpMethod)
      ? undefined
      : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes === undefined) headers.delete('content-length');
  else headers.set('content-length', String(bytes.byteLength));
  return new Request(`https://${requestContext.domainName}${path}${query === '' ? '' : `?${query}`}`, {
    method: httpMethod,
    headers,
    ...(bytes === undefined ? {} : { body: bytes }),
  });
}
