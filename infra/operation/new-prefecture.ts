/** `npm run new-prefecture -- --id tochigi …`: writes the settings of one more prefecture. */

import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand, say } from '../local/command.ts';
import { prefectureIds, prefectureNamed } from '../prefectures/catalogue.ts';
import { addPrefecture } from './new-prefecture/add.ts';
import { options, settingsIn, usage } from './new-prefecture/options.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

await runCommand(usage, async () => {
  const { values } = parseArgs({ options });
  const folder = fileURLToPath(new URL('../prefectures', import.meta.url));
  const added = settingsIn(values);
  const path = await addPrefecture(folder, added, prefectureIds.map(prefectureNamed));
  say(`${relative(root, path)} を作成しました。`);
  say('次のことを確認し、必要に応じて書き換えてください。');
  say('  edge: 接続できる範囲（internet、allowlist、private）。指定がない場合は internet です。');
  say('  identity: 利用者の認証（own、openid、saml）。指定がない場合は own です。');
  say(
    '  identity.signIn: サインインの画面（own、hosted）。指定がない場合、private では own、それ以外では hosted です。',
  );
  if (added.settings.purpose === 'demo')
    say('  purpose: 本番とするときは production とし、domain（名前と証明書の ARN）を加えてください。');
  say('  retention、mailSender、encryptionKeyArn: 保存年数、通知メールの送信元、県が管理する鍵。');
  say(`書き換えたら、npx cdk synth --quiet -c prefecture=${added.id} で誤りがないことを確認してください。`);
  return true;
});
