import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { errors, type Provider } from 'oidc-provider';
import { accountPicker, errorPage } from './identity-pages.ts';
import type { DemoAccount, HtmlPage } from './identity-pages.ts';

/** Where the provider sends a browser to sign in; the id of the sign-in follows. */
export const INTERACTION_PATH = '/interaction/';

/** The account picker: GET shows it, POST goes back to the application as the account picked. */
export async function signIn(
  provider: Provider,
  accounts: readonly DemoAccount[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { uid } = await provider.interactionDetails(request, response);
    if (request.method !== 'POST') {
      await sendPage(response, 200, accountPicker(`${INTERACTION_PATH}${uid}`, accounts));
      return;
    }
    const picked = new URLSearchParams(await text(request)).get('account');
    const account = accounts.find((candidate) => candidate.id === picked);
    if (account === undefined) {
      await sendPage(response, 400, errorPage('unknown-account'));
      return;
    }
    await provider.interactionFinished(request, response, { login: { accountId: account.id, remember: false } });
  } catch (error) {
    const expired = error instanceof errors.SessionNotFound;
    await sendPage(response, expired ? 400 : 500, errorPage(expired ? 'sign-in-expired' : 'sign-in-failed'));
  }
}

async function sendPage(response: ServerResponse, status: number, page: HtmlPage): Promise<void> {
  // hono's html gives a String object, which node does not write.
  const body = (await page).toString();
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  });
  response.end(body);
}

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
