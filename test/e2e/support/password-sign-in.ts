/** Signing in by typing: a name, a password, an authenticator. */

import type { Page } from 'playwright-core';
import { totp } from '../../../infra/local/totp.ts';
import { press } from './browser.ts';

const ownPassword = 'Jibun-no-pass-1';

async function signInWith(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('利用者名').fill(username);
  await page.getByLabel('パスワード').fill(password);
  await press(page, 'サインインする');
}

/** With the password that was mailed; gives the secret of the authenticator. */
export async function firstSignIn(page: Page, username: string, mailed: string): Promise<string> {
  await signInWith(page, username, mailed);
  await page.getByLabel('新しいパスワード', { exact: true }).fill(ownPassword);
  await page.getByLabel('新しいパスワード（確認）').fill(ownPassword);
  await press(page, '設定して次へ進む');
  await page.getByText('QRコードを読み取れない場合').first().click();
  const shown = (await page.locator('.setup-key').innerText()).replaceAll(' ', '');
  await page.getByLabel('確認コード').fill(totp(shown, Date.now()));
  await press(page, '設定を終えてサインインする');
  return shown;
}

/** With the password chosen then, and the code that the authenticator shows. */
export async function signInAgain(page: Page, username: string, secret: string): Promise<void> {
  await signInWith(page, username, ownPassword);
  await page.getByLabel('確認コード').fill(totp(secret, Date.now()));
  await press(page, 'サインインする');
}
