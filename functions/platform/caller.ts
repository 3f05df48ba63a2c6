/** Where a request comes from, as the gateway saw it, or the server on a laptop: never what the request says of itself. */

import * as z from 'zod';

const fromGateway = z.object({ requestContext: z.object({ address: z.string() }) });
const fromServer = z.object({ incoming: z.object({ socket: z.object({ remoteAddress: z.string() }) }) });

/** @param environment what is passed beside a request */
export function addressOf(environment: unknown): string | undefined {
  return (
    fromGateway.safeParse(environment).data?.requestContext.address ??
    fromServer.safeParse(environment).data?.incoming.socket.remoteAddress
  );
}
