import { EndpointAccessMode, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';

/**
 * TLS 1.2 or newer, with forward secrecy only; older browsers and proxies are refused. `BASIC`, because proxies of
 * municipal networks do not always name the host twice alike, which `STRICT` demands.
 */
export const tls = {
  securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
  endpointAccessMode: EndpointAccessMode.BASIC,
} as const;
