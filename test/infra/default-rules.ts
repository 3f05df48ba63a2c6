/**
 * What CDK's default rules find in deployments that were synthesized without them. The engine that reads the rules is made
 * for the resource types of all templates at once: as a part of each synth it would be made anew for those of each, which
 * takes longer than all the rest of it.
 */

import { join } from 'node:path';
import { CloudFormationValidatePlugin, Token } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';

interface Written {
  readonly stack: Stack;
  /** Where its assembly is. */
  readonly directory: string;
}

function templateOf({ stack, directory }: Written): string {
  return join(directory, stack.templateFile);
}

/** Gives the names of the rules that are broken, by deployment. */
export function defaultFindings(written: readonly Written[]): (deployment: Written) => string[] {
  const [first] = written;
  if (first === undefined) return () => [];
  const { violations } = new CloudFormationValidatePlugin().validate({
    appConstruct: first.stack.node.root,
    templatePaths: written.map(templateOf),
    stackTemplates: written.map(({ stack, directory }) => ({
      stackConstructPath: stack.node.path,
      templatePath: templateOf({ stack, directory }),
      accountId: Token.isUnresolved(stack.account) ? undefined : stack.account,
      region: stack.region,
    })),
  });
  return (deployment) =>
    violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.some(({ templatePath }) => templatePath === templateOf(deployment)) ? [ruleName] : [],
    );
}
