/** From where a deployment can be reached. */

import * as z from 'zod';

export const networks = z
  .array(
    z
      .cidrv4({ error: 'ネットワークは 203.0.113.0/24 の形（IPv4）で指定してください。' })
      // The firewall takes no list that holds everybody.
      .refine((network) => !network.endsWith('/0'), {
        error: 'すべての接続元を許可する場合は internet を指定してください。',
      }),
    { error: '接続を許可するネットワークを一覧で指定してください。' },
  )
  .min(1, { error: '接続を許可するネットワークを1件以上指定してください。' });

const vpcEndpointIds = z
  .array(
    z.string({ error: '文字列で指定してください。' }).regex(/^vpce-[0-9a-f]{8,17}$/, {
      error: 'VPC エンドポイントの ID（vpce-…）を指定してください。',
    }),
    { error: 'VPC エンドポイントを一覧で指定してください。' },
  )
  .min(1, { error: 'VPC エンドポイントを1件以上指定してください。' });

/**
 * `internet`: anyone may come to the sign-in page. `allowlist`: only the named networks. `private`: only through VPC
 * endpoints that the prefecture's closed network reaches.
 */
export const edge = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('internet') }),
    z.strictObject({ kind: z.literal('allowlist'), networks }),
    z.strictObject({ kind: z.literal('private'), vpcEndpointIds }),
  ],
  { error: 'kind に internet、allowlist、private のいずれかを指定してください。' },
);

export type Edge = z.output<typeof edge>;
