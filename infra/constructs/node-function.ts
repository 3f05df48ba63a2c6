import { fileURLToPath } from 'node:url';
import type { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Charset, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

interface NodeFunctionProps {
  /** The module that exports `handler`, from the root of the repository. */
  readonly entry: string;
  readonly timeout: Duration;
  /** In MB; CPU grows with it. */
  readonly memorySize: number;
  readonly environment: Record<string, string>;
  /** A script, from the root of the repository, that puts further files into the folder it is given: that of the bundle. */
  readonly filesBeside?: string;
}

function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** A Lambda of this repository: bundled the one way, with a role and a log of its own and no other right. */
export class NodeFunction extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const { entry, timeout, memorySize, environment, filesBeside } = props;
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR });
    logGroup.grantWrite(role);
    this.function = new NodejsFunction(this, 'Function', {
      entry: fromRoot(entry),
      handler: 'handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      role,
      logGroup,
      timeout,
      memorySize,
      environment,
      // A variable that only version 2 of the SDK reads.
      awsSdkConnectionReuse: false,
      bundling: {
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
        minify: true,
        // Japanese as it is: escaped, it takes twice the space.
        charset: Charset.UTF8,
        bundleAwsSDK: true,
        ...(filesBeside === undefined
          ? {}
          : {
              commandHooks: {
                beforeInstall: () => [],
                beforeBundling: () => [],
                afterBundling: (_from: string, folder: string) => [
                  `"${process.execPath}" "${fromRoot(filesBeside)}" "${folder}"`,
                ],
              },
            }),
      },
    });
  }
}
