/** Credentials of a prefecture's account for a workflow of GitHub Actions, which has none of its own. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { stackRegion } from '../../prefectures/regions.ts';
import type { Aws } from '../aws/aws.ts';

/** Where GitHub Actions gives out who the workflow is. */
const github = z.object({ ACTIONS_ID_TOKEN_REQUEST_URL: z.url(), ACTIONS_ID_TOKEN_REQUEST_TOKEN: z.string() });

/** In seconds, as long as the role allows: the token itself is over before a deployment is. */
export const sessionSeconds = 7200;

const issued = z.object({
  Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() }),
});

interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  readonly aws: Aws;
}

/**
 * Exchanges the workflow's token for credentials in the role that `infra/account/account.template.json` makes, at once:
 * programs that did it themselves, one after the other, would come with a token that is over.
 *
 * @returns the environment for the AWS SDKs and the CLI
 */
export async function credentialsIn(
  account: string,
  prefecture: string,
  { environment, fetch, aws }: Surroundings,
): Promise<Record<string, string>> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = github.parse(environment);
  const answer = await fetch(`${url}&audience=sts.amazonaws.com`, { headers: { authorization: `bearer ${secret}` } });
  const { value } = z.object({ value: z.string() }).parse(await answer.json());
  const folder = await mkdtemp(join(tmpdir(), 'yoriai-roll-out-'));
  try {
    // In a file: everybody on the machine may read what a program is called with.
    const file = join(folder, 'token');
    await writeFile(file, value, { mode: 0o600 });
    const role = ['--role-arn', `arn:aws:iam::${account}:role/YoriaiDeployment`];
    const session = ['--role-session-name', `roll-out-${prefecture}`, '--duration-seconds', String(sessionSeconds)];
    const token = ['--web-identity-token', `file://${file}`];
    const { Credentials } = issued.parse(
      await aws(['sts', 'assume-role-with-web-identity', ...role, ...session, ...token]),
    );
    return {
      AWS_REGION: stackRegion,
      AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials.SessionToken,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
