import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { refusalBody, refusals } from './refusals.ts';

const stageName = 'main';

interface GatewayProps {
  readonly handler: IFunction;
}

/** The one way in: every path goes to the application, and what the gateway itself refuses, it refuses in our words. */
export class Gateway extends Construct {
  /** The path that the stage puts in front of the application's own. */
  static readonly basePath = `/${stageName}`;

  readonly url: string;

  constructor(scope: Construct, id: string, { handler }: GatewayProps) {
    super(scope, id);
    const api = new apigateway.RestApi(this, 'Api', {
      restApiName: Stack.of(this).stackName,
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      // Bodies reach the application as the bytes that were sent.
      binaryMediaTypes: ['*/*'],
      deployOptions: { stageName },
    });
    // Its output of the address; the stack has one, under a name that stays.
    api.node.tryRemoveChild('Endpoint');
    // One permission for the whole API instead of one for each method and its test in the console.
    const application = new apigateway.LambdaIntegration(handler, { scopePermissionToMethod: false });
    api.root.addMethod('ANY', application);
    api.root.addProxy({ defaultIntegration: application });
    for (const { type, code, status } of refusals) {
      api.addGatewayResponse(`Refusal${type.responseType}`, {
        type,
        statusCode: String(status),
        // The gateway picks a template by what the caller accepts and falls back on JSON; the header says what it is.
        templates: { 'application/json': refusalBody(code) },
        responseHeaders: { 'Content-Type': "'application/problem+json'", 'Cache-Control': "'no-store'" },
      });
    }
    this.url = api.url;
  }
}
