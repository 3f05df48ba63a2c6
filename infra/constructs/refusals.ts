import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { problems, type ProblemCode } from '../../schemas/problem.ts';

interface Refusal {
  readonly type: ResponseType;
  readonly code: ProblemCode;
  readonly status: number;
}

/** What the gateway answers before or instead of the application, as the application would have said it. */
const refusals: readonly Refusal[] = [
  refusal(ResponseType.DEFAULT_4XX, 'malformed-request'),
  refusal(ResponseType.DEFAULT_5XX, 'internal'),
  refusal(ResponseType.UNAUTHORIZED, 'unauthenticated'),
  refusal(ResponseType.EXPIRED_TOKEN, 'unauthenticated'),
  refusal(ResponseType.INVALID_SIGNATURE, 'unauthenticated'),
  refusal(ResponseType.ACCESS_DENIED, 'forbidden'),
  refusal(ResponseType.INVALID_API_KEY, 'forbidden'),
  refusal(ResponseType.WAF_FILTERED, 'blocked'),
  // What the gateway says of a path that it does not know.
  refusal(ResponseType.MISSING_AUTHENTICATION_TOKEN, 'not-found'),
  refusal(ResponseType.RESOURCE_NOT_FOUND, 'not-found'),
  refusal(ResponseType.REQUEST_TOO_LARGE, 'too-large'),
  refusal(ResponseType.UNSUPPORTED_MEDIA_TYPE, 'unsupported-media-type'),
  refusal(ResponseType.BAD_REQUEST_BODY, 'malformed-request'),
  refusal(ResponseType.BAD_REQUEST_PARAMETERS, 'malformed-request'),
  refusal(ResponseType.THROTTLED, 'busy'),
  refusal(ResponseType.QUOTA_EXCEEDED, 'busy'),
  refusal(ResponseType.INTEGRATION_TIMEOUT, 'busy'),
  refusal(ResponseType.INTEGRATION_FAILURE, 'internal'),
  refusal(ResponseType.API_CONFIGURATION_ERROR, 'internal'),
  refusal(ResponseType.AUTHORIZER_CONFIGURATION_ERROR, 'internal'),
  refusal(ResponseType.AUTHORIZER_FAILURE, 'internal'),
];

/** The document (RFC 9457) of a refusal. It holds no `$`, which the gateway would take for a variable. */
export function refusalBody(code: ProblemCode): string {
  const { status, title } = problems[code];
  return JSON.stringify({ title, status, code });
}

export function addRefusals(api: RestApi): void {
  for (const { type, code, status } of refusals)
    api.addGatewayResponse(`Refusal${type.responseType}`, {
      type,
      statusCode: String(status),
      // The gateway picks a template by what the caller accepts and falls back on JSON; the header says what it is.
      templates: { 'application/json': refusalBody(code) },
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        'Cache-Control': "'no-store'",
        'X-Content-Type-Options': "'nosniff'",
      },
    });
}

function refusal(type: ResponseType, code: ProblemCode): Refusal {
  return { type, code, status: problems[code].status };
}
