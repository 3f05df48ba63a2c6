import { Duration } from 'aws-cdk-lib';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { HttpVariables } from '../../functions/platform/environment.ts';
import { NodeFunction } from './node-function.ts';

interface HttpFunctionProps {
  readonly environment: HttpVariables;
}

/** Answers the web and the API. */
export class HttpFunction extends Construct implements IGrantable {
  readonly grantPrincipal: IPrincipal;
  /** For the gateway, which calls it. */
  readonly handler: IFunction;

  constructor(scope: Construct, id: string, { environment }: HttpFunctionProps) {
    super(scope, id);
    this.handler = new NodeFunction(this, 'Node', {
      entry: 'functions/http/handler.ts',
      // The gateway waits no longer than 29 seconds.
      timeout: Duration.seconds(29),
      memorySize: 1024,
      environment: { ...environment },
      filesBeside: 'infra/write-assets.ts',
    }).function;
    this.grantPrincipal = this.handler.grantPrincipal;
  }
}
