/** The AWS CLI and SDKs, as commands of operators use them: on the stack's region, and with its refusals in words. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { stackRegion } from '../../prefectures/regions.ts';

/** Runs the AWS CLI and reads its answer. @throws Error with what it printed */
export type Aws = (args: readonly string[]) => Promise<unknown>;

export const aws: Aws = async (args) => {
  const region = args.includes('--region') ? [] : ['--region', stackRegion];
  const { stdout } = await promisify(execFile)('aws', [...args, ...region, '--output', 'json']);
  return stdout === '' ? {} : JSON.parse(stdout);
};

const explanations: Readonly<Record<string, string>> = {
  CredentialsProviderError: 'AWSの認証情報がありません。この県のアカウントにサインインしてから実行してください。',
  ExpiredTokenException: 'AWSの認証情報の期限が過ぎています。サインインし直してください。',
  AccessDeniedException: 'この操作をする権限がありません。',
};

/** What went wrong with a file or on the way to AWS, in words; anything else as it is. @param own by code or name */
export function explained(error: unknown, own: Readonly<Record<string, string>>): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = 'code' in error ? String(error.code) : error.name;
  const explanation = own[code] ?? explanations[code];
  return explanation === undefined ? error : new Error(`${explanation}（${error.message}）`, { cause: error });
}
