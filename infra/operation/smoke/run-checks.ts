import type { Check } from './checks.ts';
import type { Site } from './site.ts';

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `（${error.cause.message}）` : '';
  return `接続できませんでした: ${error.message}${cause}`;
}

/** Runs every check, also after one that failed, and tells of each as it ends. Gives whether all is well. */
export async function runChecks(site: Site, checks: readonly Check[], say: (line: string) => void): Promise<boolean> {
  let failed = 0;
  for (const check of checks) {
    const findings = await check.run(site).catch((error: unknown) => [reasonOf(error)]);
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
