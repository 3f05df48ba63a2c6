import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createPaths } from '../../functions/web/shared/paths.ts';
import { Identity } from '../../infra/constructs/identity.ts';
import type { IdentitySettings, SignInWay } from '../../infra/prefectures/identity.ts';
import { directoryForFile } from './directories.ts';

const domainPrefix = 'yoriai-saitama';
const pool = { domainPrefix, generation: 1 };
const settings: readonly IdentitySettings[] = [
  { kind: 'own', ...pool },
  {
    kind: 'openid',
    ...pool,
    issuer: 'https://login.pref.example/tenant',
    clientId: 'yoriai',
    clientSecretName: 'yoriai/provider',
    clientSecretVersionId: '00000000-0000-4000-8000-000000000000',
  },
  { kind: 'saml', ...pool, metadataUrl: 'https://login.pref.example/metadata.xml' },
];

const resource = z.object({ Properties: z.record(z.string(), z.unknown()), DependsOn: z.array(z.string()).optional() });

interface Synthesized {
  readonly kind: IdentitySettings['kind'];
  readonly text: string;
  readonly signOutUrl: string;
  /** The ids and properties of a type. */
  readonly all: (type: string) => {
    readonly id: string;
    readonly Properties: Record<string, unknown>;
    readonly DependsOn?: string[] | undefined;
  }[];
}

function synthesize(identity: IdentitySettings, mailSender?: string, signIn: SignInWay = 'hosted'): Synthesized {
  const stack = new Stack(new App({ outdir: directoryForFile(), builtinCloudFormationValidation: false }), 'Test', {
    env: { region: 'ap-northeast-1' },
  });
  const made = new Identity(stack, 'Identity', {
    settings: identity,
    signIn,
    prefectureName: '埼玉県',
    publicOrigin: 'https://yoriai.pref.example',
    basePath: '/main',
    mailSender,
    signInLog: () => {
      const configuration = { bucketArn: 'arn:aws:s3:::logs', roleArn: 'arn:aws:iam::123456789012:role/logs' };
      return new CfnDeliveryStream(stack, 'SignIns', { extendedS3DestinationConfiguration: configuration });
    },
  });
  const { signOutUrl } = made;
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  if (signIn === 'own') made.grantSigningIn(role);
  made.grantManagingPeople(new Role(stack, 'People', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
  const template = Template.fromStack(stack);
  const resolved: unknown = stack.resolve(signOutUrl);
  return {
    kind: identity.kind,
    text: JSON.stringify(template.toJSON()),
    signOutUrl: JSON.stringify(resolved ?? ''),
    all: (type) => Object.entries(template.findResources(type)).map(([id, each]) => ({ id, ...resource.parse(each) })),
  };
}

function one<T>(items: readonly T[]): T {
  const [first, ...others] = items;
  if (first === undefined || others.length > 0) throw new Error(`Expected exactly one, found ${items.length}`);
  return first;
}

const every = settings.map((each) => synthesize(each));
const [own] = every;
const federated = every.slice(1);
if (own === undefined) throw new Error('the first has accounts of its own');

const poolType = 'AWS::Cognito::UserPool';
const clientType = 'AWS::Cognito::UserPoolClient';
const providerType = 'AWS::Cognito::UserPoolIdentityProvider';

describe('whoever vouches for people', () => {
  it.each(every)('$kind: what somebody may do is in nothing that they or a provider can write', ({ all }) => {
    const { Properties } = one(all(clientType));
    expect(Properties['WriteAttributes']).toEqual(['email']);
    expect(Properties['ReadAttributes']).toEqual(['name']);
    for (const { Properties } of all(providerType))
      expect(Object.keys(z.object({}).loose().parse(Properties['AttributeMapping']))).toEqual(['email']);
    expect(one(all('AWS::Cognito::UserPoolGroup')).Properties['GroupName']).toBe('prefecture');
  });

  it.each(every)(
    '$kind: the sign-in page is the one way to a token, by code, back to our address and nowhere else',
    ({ kind, all }) => {
      const paths = createPaths('/main');
      expect(one(all(clientType)).Properties).toMatchObject({
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid'],
        // The page needs the first two for its form; with the secret, they are no way in for anybody else.
        ExplicitAuthFlows: [
          ...(kind === 'own' ? ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH'] : []),
          'ALLOW_REFRESH_TOKEN_AUTH',
        ],
        GenerateSecret: true,
        CallbackURLs: [`https://yoriai.pref.example${paths.signedIn}`],
        LogoutURLs: [`https://yoriai.pref.example${paths.signOut}`],
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: true,
      });
    },
  );

  it.each(every)('$kind: a token lives an hour at most, what renews it half a day', ({ all }) => {
    expect(one(all(clientType)).Properties).toMatchObject({
      AccessTokenValidity: 60,
      IdTokenValidity: 60,
      RefreshTokenValidity: 720,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
    });
  });

  it.each(every)(
    '$kind: the page is the newer one, which speaks Japanese, on the prefix domain',
    ({ all, signOutUrl }) => {
      const domain = one(all('AWS::Cognito::UserPoolDomain'));
      expect(domain.Properties).toMatchObject({ Domain: domainPrefix, ManagedLoginVersion: 2 });
      const branding = one(all('AWS::Cognito::ManagedLoginBranding'));
      expect(branding.Properties).toMatchObject({
        ClientId: { Ref: one(all(clientType)).id },
        UseCognitoProvidedValues: true,
      });
      expect(signOutUrl).toContain(domain.id);
      expect(signOutUrl).toContain('.auth.ap-northeast-1.amazoncognito.com/logout');
    },
  );

  it.each(every)(
    '$kind: nobody signs up by themselves, and a second factor is asked of whoever has a password',
    ({ all }) => {
      expect(one(all(poolType)).Properties).toMatchObject({
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        MfaConfiguration: 'ON',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
        DeletionProtection: 'ACTIVE',
      });
    },
  );
});

describe('our own pages', () => {
  const { all, text, signOutUrl } = synthesize({ kind: 'own', generation: 1 }, undefined, 'own');

  it('are the one way to a token: the pool has no page, and its client takes a password with credentials of AWS alone', () => {
    expect(all('AWS::Cognito::UserPoolDomain')).toEqual([]);
    expect(all('AWS::Cognito::ManagedLoginBranding')).toEqual([]);
    expect(text).not.toContain('amazoncognito');
    expect(signOutUrl).toBe('""');
    const { Properties } = one(all(clientType));
    expect(Properties).toMatchObject({
      AllowedOAuthFlowsUserPoolClient: false,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      GenerateSecret: true,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: true,
      SupportedIdentityProviders: ['COGNITO'],
    });
    expect(Properties).not.toHaveProperty('CallbackURLs');
    expect(Properties).not.toHaveProperty('AllowedOAuthFlows');
  });

  it('have a quarter of an hour for a step, and tokens that live as short as Cognito lets them', () => {
    expect(one(all(clientType)).Properties).toMatchObject({
      AuthSessionValidity: 15,
      AccessTokenValidity: 5,
      IdTokenValidity: 5,
      RefreshTokenValidity: 60,
    });
  });

  it('may do three things with this pool, and nothing else', () => {
    const statements = all('AWS::IAM::Policy')
      .filter(({ id }) => id.startsWith('RoleDefaultPolicy'))
      .map(({ Properties }) => Properties['PolicyDocument']);
    expect(statements).toEqual([
      expect.objectContaining({
        Statement: [
          {
            Effect: 'Allow',
            Action: [
              'cognito-idp:AdminInitiateAuth',
              'cognito-idp:AdminRespondToAuthChallenge',
              'cognito-idp:AdminUserGlobalSignOut',
            ],
            Resource: { 'Fn::GetAtt': [one(all(poolType)).id, 'Arn'] },
          },
        ],
      }),
    ]);
  });

  it('are of the same pool as Cognito’s pages: who changes between them keeps the accounts', () => {
    expect(one(all(poolType)).id).toBe(one(own.all(poolType)).id);
    expect(one(all(poolType)).Properties).toEqual(one(own.all(poolType)).Properties);
  });
});

describe('who manages people on the pages', () => {
  const actionsOf = ({ all }: Synthesized): string =>
    JSON.stringify(all('AWS::IAM::Policy').find(({ id }) => id.startsWith('PeopleDefaultPolicy'))?.Properties);

  it('may do with this pool what the pages offer, and nothing else', () => {
    const allowed = actionsOf(own);
    expect(allowed).toContain('cognito-idp:AdminCreateUser');
    expect(allowed).toContain('cognito-idp:AdminSetUserPassword');
    expect(allowed).not.toMatch(/Delete(?:User|Group|UserPool)|"cognito-idp:\*"|"Resource":"\*"/);
  });

  it.each(federated)('may change groups alone where a provider holds the people: $kind', (each) => {
    const allowed = actionsOf(each);
    expect(allowed).toContain('cognito-idp:AdminAddUserToGroup');
    expect(allowed).not.toMatch(/AdminCreateUser|AdminSetUserPassword|AdminDisableUser|AdminUpdateUserAttributes/);
  });
});

describe('accounts of the deployment itself', () => {
  it('have passwords of twelve characters or more of four kinds, none of which is known to be stolen', () => {
    expect(one(own.all(poolType)).Properties).toMatchObject({
      Policies: {
        PasswordPolicy: {
          MinimumLength: 12,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
      },
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    });
    expect(one(own.all('AWS::Cognito::UserPoolRiskConfigurationAttachment')).Properties).toMatchObject({
      ClientId: 'ALL',
      CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } },
    });
  });

  it('get a new password by an address that was verified, also when it changes', () => {
    expect(one(own.all(poolType)).Properties['UserAttributeUpdateSettings']).toEqual({
      AttributesRequireVerificationBeforeUpdate: ['email'],
    });
  });

  it('are the only ones: no provider is asked', () => {
    expect(own.all(providerType)).toEqual([]);
    expect(one(own.all(clientType)).Properties['SupportedIdentityProviders']).toEqual(['COGNITO']);
  });
});

describe('accounts of the prefecture’s provider', () => {
  it.each(federated)('$kind: are the only ones, and need it to be there first', ({ all }) => {
    const client = one(all(clientType));
    const provider = one(all(providerType));
    expect(client.Properties['SupportedIdentityProviders']).toEqual([{ Ref: provider.id }]);
    expect(client.DependsOn).toEqual([provider.id]);
  });

  it.each(federated)('$kind: are not paid for twice', ({ all }) => {
    expect(one(all(poolType)).Properties['UserPoolTier']).toBe('ESSENTIALS');
    expect(all('AWS::Cognito::UserPoolRiskConfigurationAttachment')).toEqual([]);
  });

  it('are asked of OpenID with a secret that is in no template', () => {
    const [openid] = federated;
    expect(openid?.all(providerType)[0]?.Properties).toMatchObject({
      ProviderType: 'OIDC',
      ProviderDetails: {
        oidc_issuer: 'https://login.pref.example/tenant',
        client_id: 'yoriai',
        client_secret: '{{resolve:secretsmanager:yoriai/provider:SecretString:::00000000-0000-4000-8000-000000000000}}',
        authorize_scopes: 'openid email',
      },
    });
  });

  it('are asked of SAML by its metadata', () => {
    const [, saml] = federated;
    expect(saml?.all(providerType)[0]?.Properties).toMatchObject({
      ProviderType: 'SAML',
      ProviderDetails: { MetadataURL: 'https://login.pref.example/metadata.xml' },
    });
  });
});

const template = z.object({ EmailSubject: z.string(), EmailMessage: z.string() });

describe('a mail', () => {
  it('of invitation tells the address, the user name and the temporary password, in Japanese', () => {
    const { AdminCreateUserConfig } = one(own.all(poolType)).Properties;
    const { EmailSubject, EmailMessage } = z
      .object({ InviteMessageTemplate: template })
      .parse(AdminCreateUserConfig).InviteMessageTemplate;
    expect(EmailSubject).toContain('埼玉県');
    for (const part of ['https://yoriai.pref.example/main/', '{username}', '{####}', '7日間'])
      expect(EmailMessage).toContain(part);
    expect(EmailSubject.length).toBeLessThanOrEqual(140);
  });

  it('with a code is in Japanese', () => {
    const { EmailSubject, EmailMessage } = template.parse(
      one(own.all(poolType)).Properties['VerificationMessageTemplate'],
    );
    expect(EmailSubject).toContain('埼玉県');
    expect(EmailMessage).toContain('確認コード：{####}');
  });

  it('comes from the prefecture’s address where there is one, by way of SES in the same region, else from Cognito', () => {
    expect(one(own.all(poolType)).Properties).not.toHaveProperty('EmailConfiguration');
    const named = synthesize({ kind: 'own', ...pool }, 'chousa@pref.example');
    const { EmailConfiguration } = one(named.all(poolType)).Properties;
    expect(EmailConfiguration).toMatchObject({ EmailSendingAccount: 'DEVELOPER', From: 'chousa@pref.example' });
    expect(JSON.stringify(EmailConfiguration)).toContain(':identity/pref.example"');
    expect(JSON.stringify(EmailConfiguration)).toContain(':ses:ap-northeast-1:');
  });
});

describe('what happens to accounts', () => {
  it('is written to a stream where the pool watches its own, and nowhere where a provider does', () => {
    const [stream] = own.all('AWS::KinesisFirehose::DeliveryStream');
    expect(one(own.all('AWS::Cognito::LogDeliveryConfiguration')).Properties).toMatchObject({
      LogConfigurations: [
        {
          EventSource: 'userAuthEvents',
          LogLevel: 'INFO',
          FirehoseConfiguration: { StreamArn: { 'Fn::GetAtt': [stream?.id, 'Arn'] } },
        },
      ],
    });
    for (const { all } of federated) expect(all('AWS::Cognito::LogDeliveryConfiguration')).toEqual([]);
  });
});

describe('a new generation of the pool', () => {
  const next = synthesize({ kind: 'own', domainPrefix: 'yoriai-saitama-2', generation: 2 });
  const ofPool = [poolType, clientType, 'AWS::Cognito::UserPoolGroup', 'AWS::Cognito::UserPoolDomain'];

  it('is another pool with a client, a group and a domain of its own: nothing of the lost one is waited for', () => {
    for (const type of ofPool) expect(one(next.all(type)).id).not.toBe(one(own.all(type)).id);
    for (const type of ofPool) expect(next.text).not.toContain(`"${one(own.all(type)).id}"`);
  });

  it('is made like the first, and lasts like it', () => {
    const { DeletionProtection, Schema } = one(next.all(poolType)).Properties;
    expect(DeletionProtection).toBe('ACTIVE');
    expect(Schema).toEqual(one(own.all(poolType)).Properties['Schema']);
    expect(next.text).toMatch(/"DeletionPolicy":"Retain"/);
  });
});

describe('the pool of the first release', () => {
  const released = z
    .object({
      Resources: z.record(
        z.string(),
        z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
      ),
    })
    .parse(
      JSON.parse(readFileSync(new URL('../fixtures/releases/0.1.0-saitama.template.json', import.meta.url), 'utf8')),
    ).Resources;
  const before = one(Object.entries(released).filter(([, { Type }]) => Type === poolType));

  it.each(every)('$kind: goes on being the same one: nothing differs that would make it another', ({ all }) => {
    const after = one(all(poolType));
    expect(after.id).toBe(before[0]);
    const lasting = ['Schema', 'UsernameAttributes', 'AliasAttributes', 'UsernameConfiguration'];
    const of = (properties: Record<string, unknown>): unknown => lasting.map((name) => properties[name]);
    expect(of(after.Properties)).toEqual(of(before[1].Properties));
  });
});
