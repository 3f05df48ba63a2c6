import { Duration } from 'aws-cdk-lib';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { HttpVariables } from '../../functions/platform/environment.ts';
import type { Alarms } from './alarms.ts';
import { NodeFunction } from './node-function.ts';
import { ownMetric } from './own-metric.ts';
import { watchStorageErrors } from './storage-errors.ts';

interface HttpFunctionProps {
  readonly environment: HttpVariables;
  readonly alarms: Alarms;
}

export class HttpFunction extends Construct implements IGrantable {
  readonly grantPrincipal: IPrincipal;
  readonly handler: IFunction;
  /** For whoever checks that it runs. */
  readonly name: string;
  /** How long an answer may take, a file over a slow line included. Pages take a fraction of a second. */
  readonly timeout = Duration.minutes(5);

  constructor(scope: Construct, id: string, { environment, alarms }: HttpFunctionProps) {
    super(scope, id);
    this.handler = new NodeFunction(this, 'Node', {
      title: '画面とAPI',
      entry: 'functions/http/handler.ts',
      timeout: this.timeout,
      memorySize: 1024,
      environment: { ...environment },
      filesBeside: 'infra/write-assets.ts',
      alarms,
    }).function;
    this.name = this.handler.functionName;
    this.grantPrincipal = this.handler.grantPrincipal;
    this.#watch(environment.METRICS_NAMESPACE, alarms);
    if (environment.USER_POOL_ID !== undefined) this.#watchSignIn(environment.METRICS_NAMESPACE, alarms);
    watchStorageErrors(alarms, {
      scope: this,
      namespace: environment.METRICS_NAMESPACE,
      service: 'http',
      purpose: '画面又はAPI',
    });
  }

  #watchSignIn(namespace: string, alarms: Alarms): void {
    alarms.add(this, 'SignInErrors', {
      metric: ownMetric(namespace, 'http', 'SignInErrors'),
      threshold: 5,
      happened: 'サインインの画面からのユーザープールの呼出しが、5分間に5回以上失敗しました。',
      first: 'Cognito の障害情報と、画面とAPIのログの sign-in の行を確認してください。',
      runbook: 'サインインの処理が失敗する',
    });
  }

  #watch(namespace: string, alarms: Alarms): void {
    alarms.add(this, 'RefusedTokens', {
      metric: ownMetric(namespace, 'http', 'RefusedTokens', Duration.minutes(15)),
      // A person who comes back late makes one or two; a script that goes on with an old token makes hundreds.
      threshold: 50,
      happened: '15分間に50件以上、認証の失敗がありました。',
      first:
        'アクセスログで 401 と 400 の接続元を確かめてください。システム連携の設定切れか、不正な試行かを見分けます。',
      runbook: '認証の失敗が続く',
    });
  }
}
