/** `npm start`: everything on this machine, with no account anywhere. */

import { createOperatorLog } from '../../functions/platform/logger.ts';
import { demoAccounts, demoDirectory, newcomer, seedDemo } from './demo.ts';
import { filesFolder, readLocalSettings } from './environment.ts';
import { say } from './command.ts';

/** All that pages and calls load when they are first asked for: read later, it would start the bundler again, which then stays. */
async function loadApplication(): Promise<void> {
  const [{ tasks }, { parts }] = await Promise.all([
    import('../../functions/web/pages.ts'),
    import('../../functions/api/routes/parts.ts'),
    import('../../functions/web/app.tsx'),
    import('../../functions/web/sign-in/own.tsx'),
    import('../../functions/web/sign-in/hosted.tsx'),
    import('../../functions/web/answer/municipal-home.tsx'),
    import('../../functions/web/review/prefecture-home.tsx'),
    import('../../functions/web/publish/public-edition.tsx'),
    import('../../functions/web/field-labels.ts'),
    import('../../functions/api/app.ts'),
    import('../../functions/api/openapi.ts'),
    import('../../functions/api/routes/routes.ts'),
    import('../../functions/service/office.ts'),
  ]);
  await Promise.all([...tasks, ...parts].map(({ load }) => load()));
}

/** The same of exports, which is as much again: nobody waits for it at a start. */
async function loadExports(): Promise<void> {
  await Promise.all([
    import('../../functions/export/run.ts'),
    import('../../functions/export/take-down.ts'),
    import('../../functions/export/written-export.ts'),
    import('../../functions/export/files/report-chart.ts'),
    import('../../functions/export/files/report-docx.ts'),
    import('../../functions/export/xlsx/workbook-package.ts'),
  ]);
}

async function start(): Promise<void> {
  const settings = readLocalSettings(process.env);
  const { prefecture, demo } = settings;
  // The whole application: loaded only when the settings are right, so that a wrong one is told at once.
  const [{ startSystem }, { buildAssets }, { stop: stopBundler }] = await Promise.all([
    import('./system.ts'),
    import('../assets.ts'),
    import('esbuild'),
    loadApplication(),
  ]);
  const directory = await demoDirectory(prefecture);
  const accounts = demoAccounts(directory);
  const system = await startSystem({
    ...settings,
    accounts: settings.signIn === 'own' ? [...accounts, newcomer] : accounts,
    log: createOperatorLog('local'),
    assets: buildAssets(),
  });
  if (demo) await seedDemo(system.storage, prefecture, new Date());
  const [example] = directory.municipalities;
  const files = filesFolder(settings);
  say(`寄合 ${directory.prefecture.name}`);
  say(`  web       ${system.url}/`);
  say(`  API       ${system.url}/api/health   ${system.url}/api/openapi.json`);
  say(`  token     curl -s ${system.url}/local/token -H 'content-type: application/json' -d '{"role":"prefecture"}'`);
  say(`            … -d '{"role":"municipality","unit":"${example?.code ?? ''}"}'（${example?.name ?? ''}）`);
  const prefectureAccounts = accounts.filter(({ id }) => id.startsWith('prefecture'));
  const unitAccount = accounts[prefectureAccounts.length];
  say(`  accounts  ${accounts.length}（パスワードなし。サインインの画面で選びます）`);
  say(
    `            県は ${prefectureAccounts.map(({ id, name }) => `${name}（${id}）`).join('、')}、市町村は ${unitAccount?.name ?? ''}（${unitAccount?.id ?? ''}）ほか、全市町村に1つ`,
  );
  if (settings.signIn === 'own')
    say(`            初回のサインインは、利用者名 ${newcomer.id}、仮のパスワード ${newcomer.password} で試せます`);
  say(`  files     ${files === undefined ? '保存しません（DATA_DIR=:memory:）' : `${files}（内容は *.data）`}`);
  say(`  outbox    ${system.url}/local/outbox（メールは送られず、ここに溜まります）`);
  const mails = setInterval(() => void system.sendMails().catch(() => undefined), 30_000);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    clearInterval(mails);
    void system.stop();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    await loadExports();
  } finally {
    // The bundler is a process that would stay for as long as this one, with a hundred megabytes.
    await stopBundler();
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `ポート ${String(error.port)} は使用中です。環境変数 PORT に別の番号を指定してください（その次の番号も使います）。`;
  return error.message;
}

try {
  await start();
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
}
