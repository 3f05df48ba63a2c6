/** Sets the one parameter of a deployed stack that says who may use the site. */

import type { OpenTo } from '../../../schemas/open-to.ts';
import type { Aws } from '../aws/aws.ts';

/** A later deployment leaves it as it is. */
export const openToParameter = 'OpenTo';

interface Surroundings {
  readonly aws: Aws;
  readonly say: (line: string) => void;
}

/** What the CDK adds to every template; it stays what it was. */
const untouched = ['BootstrapVersion'];

const titles: Readonly<Record<OpenTo, string>> = {
  prefecture: '県の利用者だけが使えます',
  everyone: 'すべての利用者が使えます',
};

/**
 * The template stays the one that is deployed: nothing else can change. Done when the application and the firewalls have
 * it, in about a minute.
 */
export async function setOpenTo(stack: string, openTo: OpenTo, { aws, say }: Surroundings): Promise<void> {
  const parameters = [
    `ParameterKey=${openToParameter},ParameterValue=${openTo}`,
    ...untouched.map((name) => `ParameterKey=${name},UsePreviousValue=true`),
  ];
  const named = ['--stack-name', stack];
  try {
    await aws([
      'cloudformation',
      'update-stack',
      ...named,
      '--use-previous-template',
      '--capabilities',
      'CAPABILITY_IAM',
      '--parameters',
      ...parameters,
    ]);
  } catch (error) {
    if (!String(error).includes('No updates are to be performed')) throw error;
    say(`${stack}: すでに${titles[openTo]}。`);
    return;
  }
  say(`${stack}: 切り替えています（1分ほど）。`);
  await aws(['cloudformation', 'wait', 'stack-update-complete', ...named]);
  say(`${stack}: ${titles[openTo]}。`);
}
