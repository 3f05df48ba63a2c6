import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Edge } from '../prefectures/edge.ts';

interface Endpoint {
  readonly api: Pick<apigateway.RestApiProps, 'endpointConfiguration' | 'policy'>;
  /** The gateway's own address, where there is no domain. */
  originOf(api: apigateway.RestApi): string;
}

function addressOf(scope: Construct, name: string): string {
  const { region, urlSuffix } = Stack.of(scope);
  return `https://${name}.execute-api.${region}.${urlSuffix}`;
}

/** Only calls through these VPC endpoints; whatever no statement allows is refused. */
function onlyThrough(vpcEndpointIds: readonly string[]): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/*'],
        conditions: { StringEquals: { 'aws:SourceVpce': vpcEndpointIds } },
      }),
    ],
  });
}

export function endpointOf(scope: Construct, edge: Edge): Endpoint {
  if (edge.kind !== 'private')
    return {
      api: { endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] } },
      originOf: (api) => addressOf(scope, api.restApiId),
    };
  const [first = '', ...others] = edge.vpcEndpointIds;
  return {
    api: {
      endpointConfiguration: {
        types: [apigateway.EndpointType.PRIVATE],
        vpcEndpoints: [first, ...others].map((vpcEndpointId) =>
          InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(scope, vpcEndpointId, { vpcEndpointId, port: 443 }),
        ),
      },
      policy: onlyThrough([first, ...others]),
    },
    // The name that also resolves outside the VPC, so that a closed network needs no DNS of its own.
    originOf: (api) => addressOf(scope, `${api.restApiId}-${first}`),
  };
}
