import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Construct } from 'constructs';
import { shortestPassword } from '../../functions/domain/password.ts';
import { createPaths } from '../../functions/web/shared/paths.ts';
import type { IdentitySettings, SignInWay } from '../prefectures/identity.ts';
import { invitation, verification } from './identity-mails.ts';
import { addProvider } from './identity-provider.ts';

interface IdentityProps {
  readonly settings: IdentitySettings;
  /** On the site's own pages, or on Cognito's. */
  readonly signIn: SignInWay;
  readonly prefectureName: string;
  /** `https://…`, as browsers see it. */
  readonly publicOrigin: string;
  /** The path in front of every link. */
  readonly basePath: string;
  /** An address of a domain that SES has verified; without it Cognito itself sends, fifty mails a day. */
  readonly mailSender: string | undefined;
  /** Makes the stream that takes who signed in. */
  readonly signInLog: () => CfnDeliveryStream;
}

/**
 * A client of our own pages: names and passwords are given with a right of AWS, never by a browser, and what is issued is
 * ended at once. Without a page of Cognito's there is no way to a token but through ours.
 */
const ownPages: cognito.UserPoolClientOptions = {
  authFlows: { adminUserPassword: true },
  disableOAuth: true,
  supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
  // The address of whoever asks for a code of a new password counts, and not that of the function.
  enablePropagateAdditionalUserContextData: true,
  // To read the page, get an authenticator and set it up.
  authSessionValidity: Duration.minutes(15),
  // The least that Cognito takes.
  accessTokenValidity: Duration.minutes(5),
  idTokenValidity: Duration.minutes(5),
  refreshTokenValidity: Duration.hours(1),
};

/**
 * Who may sign in. Accounts are made by the prefecture, and what they may do follows from their groups, which no
 * user can write: `prefecture`, and `unit-<code>`, created together with the accounts of that unit. The sign-in pages,
 * Cognito's or ours, are the only way to a token, and ask for a second factor.
 */
export class Identity extends Construct {
  readonly userPoolId: string;
  /** For a firewall in front of it. */
  readonly userPoolArn: string;
  /** As in the `iss` of the tokens. */
  readonly issuer: string;
  readonly clientId: string;
  /** A reference that CloudFormation follows when it deploys: the secret itself is in no template. */
  readonly clientSecret: string;
  readonly signOutUrl: string | undefined;
  /** Whose the names, passwords and second factors of people are. */
  readonly heldBy: 'pool' | 'provider';

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    const { settings } = props;
    const pool = this.#pool(props);
    pool.addGroup('PrefectureGroup', { groupName: 'prefecture' });
    const page = props.signIn === 'own' ? undefined : this.#page(pool, settings);
    const provider = settings.kind === 'own' ? undefined : addProvider(this, 'Provider', pool, settings);
    const client = pool.addClient('Client', {
      generateSecret: true,
      ...(props.signIn === 'own' ? ownPages : this.#hostedPages(props, provider)),
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      readAttributes: new cognito.ClientAttributes().withStandardAttributes({ fullname: true }),
      // Cognito demands that what every account has can be written, also what a provider fills in.
      writeAttributes: new cognito.ClientAttributes().withStandardAttributes({ email: true }),
    });
    if (provider !== undefined) client.node.addDependency(provider);
    if (page !== undefined) this.#branding({ userPoolId: pool.userPoolId, clientId: client.userPoolClientId });
    this.signOutUrl = page === undefined ? undefined : `${page.baseUrl()}/logout`;
    this.heldBy = settings.kind === 'own' ? 'pool' : 'provider';
    this.userPoolId = pool.userPoolId;
    this.userPoolArn = pool.userPoolArn;
    this.issuer = pool.userPoolProviderUrl;
    this.clientId = client.userPoolClientId;
    this.clientSecret = secretOf(client);
  }

  /** Lets a function sign people in, step by step, and end what they were issued: in this pool, and nothing else. */
  grantSigningIn(grantee: IGrantable): void {
    this.#allow(grantee, ['AdminInitiateAuth', 'AdminRespondToAuthChallenge', 'AdminUserGlobalSignOut']);
  }

  /** Lets a function list people and change their groups, and, where they are the pool's, all else that the pages do with them. */
  grantManagingPeople(grantee: IGrantable): void {
    this.#allow(grantee, [...peopleInGroups, ...(this.heldBy === 'pool' ? peopleOfPool : [])], 'ManagingPeople');
  }

  /** @param sid keeps a statement apart from others about the pool, so that each says what it is for */
  #allow(grantee: IGrantable, names: readonly string[], sid?: string): void {
    const actions = names.map((name) => `cognito-idp:${name}`);
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions, resources: [this.userPoolArn], ...(sid === undefined ? {} : { sid }) }),
    );
  }

  /** A client of Cognito's page, which brings people back with a code. */
  #hostedPages(
    { settings, publicOrigin, basePath }: IdentityProps,
    provider: cognito.IUserPoolIdentityProvider | undefined,
  ): cognito.UserPoolClientOptions {
    const paths = createPaths(basePath);
    return {
      // The sign-in page shows its form only to a client that may do this itself; with the secret, which our function
      // alone has, no browser can: none but the page gets a token.
      authFlows: settings.kind === 'own' ? { user: true, userSrp: true } : { userSrp: false },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [cognito.OAuthScope.OPENID],
        callbackUrls: [publicOrigin + paths.signedIn],
        logoutUrls: [publicOrigin + paths.signOut],
      },
      supportedIdentityProviders: [
        provider === undefined
          ? cognito.UserPoolClientIdentityProvider.COGNITO
          : cognito.UserPoolClientIdentityProvider.custom(provider.providerName),
      ],
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
    };
  }

  /** Cognito's page, at an address of its own. */
  #page(pool: cognito.UserPool, { domainPrefix }: IdentitySettings): cognito.UserPoolDomain {
    if (domainPrefix === undefined) throw new Error('a page of Cognito has a domain');
    return pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
  }

  /** Its sign-in names and attributes are those of the first release: others would make it another pool. */
  #pool({ settings, prefectureName, publicOrigin, basePath, mailSender, signInLog }: IdentityProps): cognito.UserPool {
    const site = { prefectureName, url: publicOrigin + createPaths(basePath).home };
    const hasPasswords = settings.kind === 'own';
    const { generation } = settings;
    const pool = new cognito.UserPool(this, generation === 1 ? 'UserPool' : `UserPool${generation}`, {
      selfSignUpEnabled: false,
      // Not by mail address: staff of a section often share one, and accounts are personal.
      signInAliases: { username: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: {
        minLength: shortestPassword,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      mfa: cognito.Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      // For two cents a month for each person who signs in, passwords known to be stolen are refused, and Cognito keeps
      // what happened to an account. Where there are no passwords here, that would be paid for nothing.
      featurePlan: hasPasswords ? cognito.FeaturePlan.PLUS : cognito.FeaturePlan.ESSENTIALS,
      ...(hasPasswords
        ? {
            standardThreatProtectionMode: cognito.StandardThreatProtectionMode.FULL_FUNCTION,
            // An address that somebody types in counts once the code sent to it is given.
            keepOriginal: { email: true },
          }
        : {}),
      userInvitation: invitation(site),
      userVerification: verification(site),
      ...(mailSender === undefined
        ? {}
        : {
            email: cognito.UserPoolEmail.withSES({
              fromEmail: mailSender,
              sesVerifiedDomain: mailSender.slice(mailSender.indexOf('@') + 1),
            }),
          }),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (hasPasswords) {
      this.#refuseStolenPasswords(pool);
      this.#keepSignIns(pool, signInLog());
    }
    return pool;
  }

  /** The newer pages, which speak Japanese, are shown to a client that has a style; Cognito's own will do. */
  #branding(client: { readonly userPoolId: string; readonly clientId: string }): cognito.CfnManagedLoginBranding {
    return new cognito.CfnManagedLoginBranding(this, 'Branding', { ...client, useCognitoProvidedValues: true });
  }

  /** Who signed in, tried to, changed a password: only a pool whose plan watches its accounts tells. */
  #keepSignIns({ userPoolId }: cognito.UserPool, { attrArn }: CfnDeliveryStream): cognito.CfnLogDeliveryConfiguration {
    return new cognito.CfnLogDeliveryConfiguration(this, 'SignInLog', {
      userPoolId,
      logConfigurations: [
        { eventSource: 'userAuthEvents', logLevel: 'INFO', firehoseConfiguration: { streamArn: attrArn } },
      ],
    });
  }

  /** Nobody is refused for where they sign in from: the staff of a municipality share an address. */
  #refuseStolenPasswords({ userPoolId }: cognito.UserPool): cognito.CfnUserPoolRiskConfigurationAttachment {
    return new cognito.CfnUserPoolRiskConfigurationAttachment(this, 'StolenPasswords', {
      userPoolId,
      clientId: 'ALL',
      compromisedCredentialsRiskConfiguration: { actions: { eventAction: 'BLOCK' } },
    });
  }
}

/** A change of groups ends what was issued before. */
const peopleInGroups = [
  'AdminListGroupsForUser',
  'ListUsers',
  'ListUsersInGroup',
  'CreateGroup',
  'AdminAddUserToGroup',
  'AdminRemoveUserFromGroup',
  'AdminUserGlobalSignOut',
];

const peopleOfPool = [
  'AdminCreateUser',
  'AdminDeleteSoftwareToken',
  'AdminDisableUser',
  'AdminEnableUser',
  'AdminSetUserPassword',
  'AdminUpdateUserAttributes',
];

/** Not the CDK's `userPoolClientSecret`, which brings a function that asks for it. */
function secretOf({ node: { defaultChild } }: cognito.UserPoolClient): string {
  if (!(defaultChild instanceof cognito.CfnUserPoolClient)) throw new Error('a client of a pool is one resource');
  return defaultChild.attrClientSecret;
}
