/**
 * What a deployment must show to anybody, right after it was made. No check signs in; some begin to, which leaves
 * records that expire by themselves.
 */

import * as z from 'zod';
import type { Edge } from '../../prefectures/edge.ts';
import { headerIs, statusIs } from './findings.ts';
import type { Check, Finding } from './findings.ts';
import { signInChecks } from './sign-in-checks.ts';
import type { Answer, Site } from './site.ts';

/** The challenge of a 401: API Gateway hands it on under a name of its own, so that no browser opens its dialogue. */
function challenges({ headers }: Answer): Finding {
  const challenge = headers.get('www-authenticate') ?? headers.get('x-amzn-remapped-www-authenticate');
  if (challenge === null) return 'ヘッダー www-authenticate がありません。';
  return challenge.startsWith('Bearer') ? undefined : `ヘッダー www-authenticate の値が「${challenge}」です。`;
}

const problem = z.looseObject({ type: z.string(), title: z.string(), status: z.number(), code: z.string() });

function problemIs(answer: Answer, status: number, code: string): readonly Finding[] {
  const parsed = problem.safeParse(jsonOf(answer));
  return [
    statusIs(answer, status),
    headerIs(answer, 'content-type', /^application\/problem\+json/),
    parsed.success && parsed.data.code === code && parsed.data.status === status
      ? undefined
      : `本文に code "${code}" がありません。`,
  ];
}

function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Addresses of what a page loads and links to. */
function addressesIn({ text }: Answer): { loaded: string[]; linked: string[] } {
  const tags = [...text.matchAll(/<(?<tag>link|script|a)\b[^>]*?\s(?:href|src)="(?<address>[^"]*)"/g)];
  const ofTags = (wanted: readonly string[]): string[] =>
    tags
      .flatMap(({ groups }) => (wanted.includes(groups?.['tag'] ?? '') ? [groups?.['address'] ?? ''] : []))
      // An icon that is empty, so that none is asked for.
      .filter((address) => !address.startsWith('data:'));
  return { loaded: ofTags(['link', 'script']), linked: ofTags(['a']) };
}

async function loads(site: Site, address: string): Promise<Finding> {
  if (!address.startsWith(`${site.basePath}/assets/`)) return `「${address}」はこのサイトの部品ではありません。`;
  const answer = await site.ask(address.slice(site.basePath.length));
  const expected = address.endsWith('.css') ? /^text\/css/ : /^text\/javascript/;
  const wrong =
    statusIs(answer, 200) ??
    headerIs(answer, 'content-type', expected) ??
    headerIs(answer, 'cache-control', /immutable/);
  return wrong === undefined ? undefined : `「${address}」: ${wrong}`;
}

function contentSecurityPolicy(answer: Answer): readonly Finding[] {
  const unsafe = /unsafe-|\*/.test(answer.headers.get('content-security-policy') ?? '');
  return [
    ...[/default-src 'none'/, /script-src 'self'(?:;|$)/, /frame-ancestors 'none'/, /base-uri 'none'/].map(
      (directive) => headerIs(answer, 'content-security-policy', directive),
    ),
    unsafe ? 'ヘッダー content-security-policy に、許してはならない指定があります。' : undefined,
  ];
}

export const checks: readonly Check<Site>[] = [
  {
    title: '稼働の確認（/api/health）',
    run: async (site) => {
      const answer = await site.ask('/api/health');
      const isOk = z.strictObject({ status: z.literal('ok') }).safeParse(jsonOf(answer)).success;
      return [statusIs(answer, 200), isOk ? undefined : '本文が {"status":"ok"} ではありません。'];
    },
  },
  {
    title: 'サインインしていない人は、サインインの画面に案内される',
    run: async (site) => {
      const answer = await site.ask('/');
      const location = answer.headers.get('location') ?? '';
      const isOurs = location.startsWith(`${site.basePath}/sign-in`) || location.startsWith(`${site.url}/sign-in`);
      return [statusIs(answer, 303), isOurs ? undefined : `移動先が「${location}」です。`];
    },
  },
  {
    title: '安全のためのヘッダー',
    run: async (site) => {
      const answer = await site.ask('/sign-in');
      return [
        statusIs(answer, 200),
        headerIs(answer, 'content-type', /^text\/html/),
        ...contentSecurityPolicy(answer),
        headerIs(answer, 'x-content-type-options', /^nosniff$/),
        headerIs(answer, 'x-frame-options', /^DENY$/),
        headerIs(answer, 'referrer-policy', /same-origin|no-referrer/),
        headerIs(answer, 'cache-control', /no-store/),
        site.secure ? headerIs(answer, 'strict-transport-security', /max-age=[1-9]\d{6,}/) : undefined,
      ];
    },
  },
  {
    title: '画面の部品（スタイルシート、スクリプト）とリンク',
    run: async (site) => {
      const { loaded, linked } = addressesIn(await site.ask('/sign-in'));
      const astray = linked.filter((address) => address.startsWith('/') && !address.startsWith(`${site.basePath}/`));
      return [
        loaded.length === 0 ? '画面に部品がありません。' : undefined,
        ...(await Promise.all(loaded.map((address) => loads(site, address)))),
        ...astray.map((address) => `リンク「${address}」がサイトの外を指しています。`),
      ];
    },
  },
  ...signInChecks,
  {
    title: 'ない API への応答（404、problem+json）',
    run: async (site) => problemIs(await site.ask('/api/no-such-thing'), 404, 'not-found'),
  },
  {
    title: '認証のない API への応答（401、problem+json）',
    run: async (site) => {
      const answer = await site.ask('/api/rounds');
      return [...problemIs(answer, 401, 'unauthenticated'), challenges(answer)];
    },
  },
  {
    title: '他のサイトからの送信の拒否',
    run: async (site) => {
      const headers = { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' };
      return [statusIs(await site.ask('/sign-out', { method: 'POST', headers, body: 'csrf=x' }), 403)];
    },
  },
];

/** Whoever is on no list learns from the firewall, and from nobody else, that this is why. */
async function refusesStrangers(site: Site): Promise<readonly Finding[]> {
  const answer = await site.ask('/sign-in');
  return [
    statusIs(answer, 403),
    answer.text.includes('network-not-allowed') ? undefined : '接続を許可していない接続元に、画面が応答します。',
  ];
}

async function isOutOfReach(site: Site): Promise<readonly Finding[]> {
  const answer = await site.ask('/sign-in').catch(() => undefined);
  // The gateway itself refuses who does not come through the VPC endpoint.
  return answer === undefined || answer.status === 403 ? [] : ['閉域の外から、画面に接続できます。'];
}

/** What can be seen of a site by who is in none of the networks that may reach it. */
export function checksFromOutside({ kind }: Pick<Edge, 'kind'>): readonly Check<Site>[] {
  switch (kind) {
    case 'internet':
      return checks;
    case 'allowlist':
      return [{ title: '許可していない接続元の拒否', run: refusesStrangers }];
    case 'private':
      return [{ title: '閉域の外からは接続できない', run: isOutOfReach }];
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `（${error.cause.message}）` : '';
  return `接続できませんでした: ${error.message}${cause}`;
}

export async function runChecks<Subject>(
  subject: Subject,
  checks: readonly Check<Subject>[],
  say: (line: string) => void,
): Promise<boolean> {
  let failed = 0;
  for (const check of checks) {
    const findings = await check.run(subject).catch((error: unknown) => [reasonOf(error)]);
    const wrong = findings.filter((finding) => finding !== undefined);
    say(`${wrong.length === 0 ? '正常' : '異常'}  ${check.title}`);
    for (const finding of wrong) say(`        ${finding}`);
    if (wrong.length > 0) failed += 1;
  }
  say(
    failed === 0
      ? `${checks.length} 項目すべて正常です。`
      : `${checks.length} 項目のうち ${failed} 項目に異常があります。`,
  );
  return failed === 0;
}
