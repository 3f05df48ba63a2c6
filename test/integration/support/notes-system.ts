/** A system behind the provider's sign-in, with pages of its own: one with a form that tells what it was given. */

import { html } from 'hono/html';
import { page } from '../../../functions/web/shared/layout.tsx';
import type { SystemOptions } from '../../../infra/local/system.ts';
import { directoryFixture, openRound, openSystem } from './fixtures.ts';
import { startTestSystem } from './system.ts';
import type { TestSystem } from './system.ts';

export const minute = 60_000;

/** A home page, a page with a form that shows what was kept for it, and one that fails. */
export const notePages: SystemOptions['tasks'] = [
  {
    paths: ['*'],
    load: async () => [
      (app) => {
        app.get('/', (c) => page(c, { title: 'はじめ' }, html`<p>home of ${c.get('visit').person.id}</p>`));
        app.get('/note', (c) => {
          const { recovered, csrf } = c.get('visit');
          return page(
            c,
            { title: 'メモ' },
            html`<form method="post">
              <input name="token" value="${csrf}" /><input name="text" value="${recovered?.get('text') ?? ''}" />
            </form>`,
          );
        });
        app.post('/note', async (c) => {
          const { text } = await c.req.parseBody<{ text: string }>();
          c.set('isSaved', text !== 'unreadable');
          return c.text(`saved ${text}`);
        });
        app.get('/broken', () => {
          throw new Error('様式第2号の回答');
        });
      },
    ],
  },
];

const accounts: SystemOptions['accounts'] = [
  { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
  { id: 'unit-112011', name: '川越市担当', groups: ['unit-112011'] },
  { id: 'unit-112038', name: '川口市担当', groups: ['unit-112038'] },
  { id: 'nobody', name: '権限のない人', groups: [] },
];

/**
 * @param clock what the system takes for now
 * @param logged gets what operators would read
 */
export async function startNotesSystem(clock: { readonly now: number }, logged: string[] = []): Promise<TestSystem> {
  const log = (event: string, fields: unknown): void => {
    logged.push(JSON.stringify({ event, fields }));
  };
  const system = await startTestSystem({
    tasks: notePages,
    accounts,
    signIn: 'hosted',
    log: { info: log, error: (event, _error, fields) => log(event, fields) },
    alter: (storage) => ({ ...storage, now: () => new Date(clock.now) }),
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  return system;
}
