import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

const fields = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  application: '$context.integration.status',
  refusal: '$context.error.responseType',
  firewall: '$context.wafResponseCode',
  tls: '$context.tlsVersion',
  cipher: '$context.cipherSuite',
};

export const accessLogFields: readonly string[] = Object.keys(fields);

/**
 * One line of the access log: who called what, how it ended, how long it took. Paths come without their query, in which
 * a sign-in carries its code; no header is written, so no cookie and no token.
 */
export const accessLogFormat = AccessLogFormat.custom(JSON.stringify(fields));
