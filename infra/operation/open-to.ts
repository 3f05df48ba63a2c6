/** `npm run open-to -- prefecture --stack Yoriai-saitama`: closes the site to all but the prefecture, or opens it again. */

import { parseArgs } from 'node:util';
import { openTo } from '../../schemas/open-to.ts';
import { runCommand, say } from '../local/command.ts';
import { aws } from './aws/aws.ts';
import { setOpenTo } from './open-to/set-open-to.ts';

const usage = `使い方: npm run open-to -- prefecture --stack Yoriai-saitama   県の利用者だけが使えるようにする
        npm run open-to -- everyone --stack Yoriai-saitama     元に戻す`;

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({ options: { stack: { type: 'string' } }, allowPositionals: true });
  const wanted = openTo.safeParse(positionals[0]);
  if (!wanted.success || positionals.length !== 1 || values.stack === undefined) throw new Error(usage);
  await setOpenTo(values.stack, wanted.data, { aws, say });
  return true;
});
