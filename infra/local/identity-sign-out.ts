import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where Cognito signs people out; it has nothing here of the standard's end-session endpoint. */
export const SIGN_OUT_PATH = '/logout';

/** Sends the browser back where the application asked for, if it may. Nobody stays signed in here, so nothing is ended. */
export function signOut(
  { issuer, clientId, allowed }: { issuer: string; clientId: string; allowed: readonly string[] },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { searchParams } = new URL(request.url ?? '', issuer);
  const back = searchParams.get('logout_uri');
  const isKnown = searchParams.get('client_id') === clientId && back !== null && allowed.includes(back);
  response.writeHead(isKnown ? 302 : 400, { 'cache-control': 'no-store', ...(isKnown ? { location: back } : {}) });
  response.end();
}
