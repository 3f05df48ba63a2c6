import { Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * What is of this stack alone, unlike its name, which a stack made anew has again: for resources that demand a name and
 * may have stayed when an earlier stack went, or when its first deployment failed.
 */
export function ownIdOf(scope: Construct): string {
  return Fn.select(2, Fn.split('/', Stack.of(scope).stackId));
}
