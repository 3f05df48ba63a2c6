import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** Lets somebody call a function as it stands. Not grantInvoke, which also allows every version and alias. */
export function grantCalling(grantee: IGrantable, { functionArn }: Pick<IFunction, 'functionArn'>): void {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }),
  );
}
