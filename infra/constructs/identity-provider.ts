import { SecretValue } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { IdentitySettings } from '../prefectures/identity.ts';
import { federatedName } from '../../functions/domain/accounts/federated.ts';

type Federated = Exclude<IdentitySettings, { readonly kind: 'own' }>;

/** What SAML calls the mail address. */
const samlEmail = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';

/**
 * The prefecture's own provider, which then signs everybody in, with the second factor that it demands. Only the mail
 * address is taken over; what people may do follows from their groups in the pool, of which the provider knows nothing.
 */
export function addProvider(
  scope: Construct,
  id: string,
  userPool: cognito.IUserPool,
  settings: Federated,
): cognito.IUserPoolIdentityProvider {
  if (settings.kind === 'saml')
    return new cognito.UserPoolIdentityProviderSaml(scope, id, {
      userPool,
      name: federatedName,
      metadata: cognito.UserPoolIdentityProviderSamlMetadata.url(settings.metadataUrl),
      attributeMapping: { email: cognito.ProviderAttribute.other(samlEmail) },
    });
  return new cognito.UserPoolIdentityProviderOidc(scope, id, {
    userPool,
    name: federatedName,
    issuerUrl: settings.issuer,
    clientId: settings.clientId,
    // A reference that CloudFormation follows when it deploys: the secret itself is in no template.
    clientSecret: SecretValue.secretsManager(settings.clientSecretName, {
      versionId: settings.clientSecretVersionId,
    }).unsafeUnwrap(),
    scopes: ['openid', 'email'],
    attributeMapping: { email: cognito.ProviderAttribute.other('email') },
  });
}
