import { Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { Edge } from '../prefectures/edge.ts';
import type { SignInWay } from '../prefectures/identity.ts';
import type { Prefecture } from '../prefectures/schema.ts';
import { accessLogFormat } from './access-log.ts';
import { sumOver } from './alarms.ts';
import type { Alarms } from './alarms.ts';
import { EdgeLogs } from './edge-logs.ts';
import { endpointOf } from './endpoint.ts';
import { Firewall } from './firewall.ts';
import { requestLimit } from './firewall-rules.ts';
import type { HttpFunction } from './http-function.ts';
import type { Opening } from './opening.ts';
import { addRefusals } from './refusals.ts';
import { SiteDomain } from './site-domain.ts';
import { tls } from './tls.ts';

const stageName = 'main';

interface GatewayProps {
  readonly edge: Edge;
  readonly signIn: SignInWay;
  readonly domain: Prefecture['domain'];
  readonly opening: Opening;
  readonly prefectureNetworks?: Prefecture['prefectureNetworks'];
  readonly alarms: Alarms;
}

/** Requests a second that the stage takes from everybody together: above what the firewall lets one address make. */
const throttle = { throttlingRateLimit: 300, throttlingBurstLimit: 600 };

/**
 * The one way in: every path goes to the application, behind the firewall and beside the access log, and what the
 * gateway itself refuses, it refuses in our words.
 */
export class Gateway extends Construct {
  /** `https://…`, as browsers see it. */
  readonly publicOrigin: string;
  /** The path in front of every link: that of the stage, or nothing at the root of a domain. */
  readonly basePath: string;
  readonly url: string;
  /** Where the domain's record must point; none without a domain. */
  readonly domainTarget: string | undefined;
  readonly api: apigateway.RestApi;
  readonly logs: EdgeLogs;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    const { edge, domain, alarms } = props;
    this.logs = new EdgeLogs(this, 'Logs', { alarms });
    const endpoint = endpointOf(this, edge);
    this.api = new apigateway.RestApi(this, 'Api', {
      restApiName: Stack.of(this).stackName,
      ...endpoint.api,
      // At its own address the domain's firewall would not differ, but links and cookies would.
      disableExecuteApiEndpoint: domain !== undefined,
      // Bodies reach the application as the bytes that were sent.
      binaryMediaTypes: ['*/*'],
      // The account's role for logs is not this stack's to set.
      cloudWatchRole: false,
      deployOptions: {
        stageName,
        ...throttle,
        accessLogDestination: new apigateway.FirehoseLogDestination(this.logs.access),
        accessLogFormat,
      },
    });
    // Its output of the address; the stack has one, under a name that stays.
    this.api.node.tryRemoveChild('Endpoint');
    const { defaultChild } = this.api.node;
    if (defaultChild instanceof apigateway.CfnRestApi) {
      defaultChild.securityPolicy = tls.securityPolicy;
      defaultChild.endpointAccessMode = tls.endpointAccessMode;
    }
    addRefusals(this.api);
    // oxlint-disable-next-line no-new -- a construct joins the tree by being made
    new Firewall(this, 'Firewall', {
      ...props,
      what: 'site',
      resourceArn: this.api.deploymentStage.stageArn,
      log: this.logs.firewall,
    });
    this.domainTarget =
      domain === undefined ? undefined : new SiteDomain(this, 'Domain', { ...domain, api: this.api }).target;
    // Not the API's own `url`: that waits for the stage, which waits for the function, which is told this address.
    this.publicOrigin = domain === undefined ? endpoint.originOf(this.api) : `https://${domain.name}`;
    this.basePath = domain === undefined ? `/${stageName}` : '';
    this.url = `${this.publicOrigin}${this.basePath}/`;
    this.#watch(alarms);
  }

  /** Hands every request to the application, and its answer on as it comes: files are larger than a gateway keeps. */
  serve({ handler, timeout }: Pick<HttpFunction, 'handler' | 'timeout'>): void {
    const application = new apigateway.LambdaIntegration(handler, {
      responseTransferMode: apigateway.ResponseTransferMode.STREAM,
      timeout,
      // One permission for the whole API instead of one for each method and its test in the console.
      scopePermissionToMethod: false,
    });
    this.api.root.addMethod('ANY', application);
    this.api.root.addProxy({ defaultIntegration: application });
  }

  #watch(alarms: Alarms): void {
    const period = Duration.minutes(5);
    alarms.add(this, 'ServerErrors', {
      metric: this.api.metricServerError(sumOver(period)),
      threshold: 5,
      happened: '5分間に5件以上の要求がエラー（5xx）になりました。',
      first: 'ダッシュボードで、エラーが続いているかと、応答する関数のエラーを確認してください。',
      runbook: '画面がエラーになる',
    });
    alarms.add(this, 'Crowded', {
      metric: this.api.metricCount(sumOver(period)),
      // Half of what one shared address may make: the due date is busier than was thought.
      threshold: requestLimit / 2,
      happened: '5分間の要求が想定の半分を超えました。',
      first: '締切前の集中か、特定の接続元からの攻撃かを、アクセスログの接続元で確認してください。',
      runbook: '市町村から「利用できない」と連絡があった',
    });
  }
}
