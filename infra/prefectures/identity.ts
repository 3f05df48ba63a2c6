/** Who vouches for the people who sign in. */

import * as z from 'zod';
import type { Edge } from './edge.ts';

const text = z.string({ error: '文字列で指定してください。' }).min(1, { error: '1文字以上で指定してください。' });

/** Of the sign-in page's address, `https://<prefix>.auth.ap-northeast-1.amazoncognito.com`; unique in the region. */
const domainPrefix = z
  .string({ error: '文字列で指定してください。' })
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: '英小文字、数字、ハイフンで63文字以内の名前を指定してください。',
  })
  .refine((prefix) => !/aws|amazon|cognito/.test(prefix), { error: 'aws、amazon、cognito を含む名前は使えません。' });

/**
 * Which user pool of the deployment: another number makes a new one, empty, beside the one that was, which stays. For the
 * day on which a pool is lost. It needs another `domainPrefix` as long as the old pool holds its own.
 */
const generation = z
  .int({ error: '整数で指定してください。' })
  .min(1, { error: '1以上で指定してください。' })
  .default(1);

/** Where people sign in: on the site's own pages, or on a page of Cognito's or the prefecture's provider. */
export type SignInWay = 'own' | 'hosted';

const pool = { domainPrefix, generation };

/** A provider has its own page. */
const hosted = z.literal('hosted', { error: '県の認証基盤を使う場合は hosted を指定してください。' }).optional();

const address = z.url({ protocol: /^https$/, error: 'https:// で始まるアドレスを指定してください。' });

/**
 * `own`: accounts with password and second factor in a pool of this deployment. `openid`, `saml`: the prefecture's
 * provider signs people in, and the pool keeps their groups.
 */
export const identity = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('own'),
      generation,
      /** Only of Cognito's own page: a pool that has none can also be reached from a VPC. */
      domainPrefix: domainPrefix.optional(),
      /** Without it, `own` in a closed network, to which Cognito's page does not reach, and `hosted` elsewhere. */
      signIn: z.enum(['own', 'hosted'], { error: 'own、hosted のいずれかを指定してください。' }).optional(),
    }),
    z.strictObject({
      kind: z.literal('openid'),
      ...pool,
      signIn: hosted,
      issuer: address,
      clientId: text,
      /** Name in Secrets Manager of the secret that the provider gave; it is in no file and no template. */
      clientSecretName: text,
      /** Of that secret: a new one is deployed by naming its version, and not by chance at some later deployment. */
      clientSecretVersionId: z.uuid({ error: 'Secrets Manager のバージョン ID を指定してください。' }),
    }),
    z.strictObject({ kind: z.literal('saml'), ...pool, signIn: hosted, metadataUrl: address }),
  ],
  { error: 'kind に own、openid、saml のいずれかを指定してください。' },
);

export type IdentitySettings = z.output<typeof identity>;

/** Where the people of a deployment sign in. */
export function signInWayOf(
  { kind, signIn }: Pick<IdentitySettings, 'kind' | 'signIn'>,
  edge: Pick<Edge, 'kind'>,
): SignInWay {
  if (kind !== 'own') return 'hosted';
  return signIn ?? (edge.kind === 'private' ? 'own' : 'hosted');
}
