/** How the emulators of a laptop are reached, and what calls of the SDK are spared. */

import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** The settings of a client of an emulator at `endpoint`. */
export function emulatorAt(endpoint: string) {
  return {
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    signer: {
      // Emulators want a header of this form and verify no signature; computing one took a third of a call's time.
      sign: async (request, { signingService = 'dynamodb' } = {}) => {
        const scope = `local/20000101/ap-northeast-1/${signingService}/aws4_request`;
        request.headers['x-amz-date'] = '20000101T000000Z';
        request.headers['authorization'] = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
        return request;
      },
    },
  } satisfies DynamoDBClientConfig;
}

/**
 * Leaves out steps of a client's calls that nobody reads: copies of all that is sent and received, made for a logger that
 * no client here has, and to an emulator the names of what calls it.
 */
export function leaveOutUnread(
  client: { middlewareStack: { remove(name: string): boolean } },
  endpoint?: string,
): void {
  client.middlewareStack.remove('loggerMiddleware');
  if (endpoint !== undefined) client.middlewareStack.remove('getUserAgentMiddleware');
}
