/** Four people of a prefecture and of two towns, and an administrator at the pages by which they are managed. */

import { expect } from 'vitest';
import type { SystemOptions } from '../../../infra/local/system.ts';
import { TestBrowser } from './browser.ts';
import type { Loaded } from './browser.ts';
import { directoryFixture, openRound, openSystem } from './fixtures.ts';
import { startTestSystem } from './system.ts';
import type { TestSystem } from './system.ts';

const accounts: SystemOptions['accounts'] = [
  { id: 'kanri', name: '県庁 管理', groups: ['prefecture', 'prefecture-admin'] },
  { id: 'tanto', name: '県庁 担当', groups: ['prefecture'] },
  { id: 'kawagoe', name: '川越 太郎', groups: ['unit-112011'] },
  { id: 'kawaguchi', name: '川口 花子', groups: ['unit-112038'] },
];

export interface ManagedPeople {
  readonly system: TestSystem;
  /** 県庁 管理, signed in. */
  readonly admin: TestBrowser;
  /** Presses a button of the page of an account. */
  readonly press: (browser: TestBrowser, id: string, fields: Record<string, string>) => Promise<Loaded>;
  /** Some time later: what was ended counts no more up to a second after, as seconds are all that tokens tell. */
  readonly signedIn: (account: string, browser?: TestBrowser) => Promise<TestBrowser>;
}

/** @param clock in milliseconds, of the system's clock before the machine's; it stands still at `still` */
export async function startManagedPeople(
  clock: { ahead: number; readonly still?: number | undefined },
  options: Pick<SystemOptions, 'onInvitation'> & Partial<Pick<SystemOptions, 'alter'>>,
): Promise<ManagedPeople> {
  const system = await startTestSystem({
    ...options,
    accounts,
    now: () => new Date(clock.still ?? Date.now() + clock.ahead),
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  const admin = new TestBrowser(system.url);
  await admin.signIn('kanri');
  return {
    system,
    admin,
    press: async (browser, id, fields) => {
      const page = await browser.open(`/accounts/${id}`);
      return browser.postFrom(page, `/accounts/${id}`, Object.entries(fields));
    },
    signedIn: async (account, browser = new TestBrowser(system.url)) => {
      clock.ahead += 2_000;
      expect((await browser.signIn(account)).url.pathname).toBe('/');
      return browser;
    },
  };
}
