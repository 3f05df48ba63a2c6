import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Construct } from 'constructs';
import { tls } from './tls.ts';

interface SiteDomainProps {
  readonly name: string;
  /** Of a validated certificate in this region. */
  readonly certificateArn: string;
  readonly api: apigateway.RestApi;
}

/** The prefecture's own address, the application at its root. Its record in the prefecture's DNS is made by hand. */
export class SiteDomain extends Construct {
  /** What the record points to. */
  readonly target: string;

  constructor(scope: Construct, id: string, { name, certificateArn, api }: SiteDomainProps) {
    super(scope, id);
    const domain = new apigateway.DomainName(this, 'Name', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      endpointType: apigateway.EndpointType.REGIONAL,
      ...tls,
      mapping: api,
    });
    this.target = domain.domainNameAliasDomainName;
  }
}
