import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AssetHashType, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { sumOver } from './alarms.ts';
import type { Alarms } from './alarms.ts';
import type { DeadLetters } from './dead-letters.ts';

interface NodeFunctionProps {
  /** In Japanese, as alarms call it. */
  readonly title: string;
  /** The module that exports `handler`, from the root of the repository. */
  readonly entry: string;
  readonly timeout: Duration;
  /** In MB; CPU grows with it. */
  readonly memorySize: number;
  readonly environment: Record<string, string>;
  /** A script, from the root of the repository, that puts further files into the folder it is given: that of the bundle. */
  readonly filesBeside?: string;
  /** For a function that nobody waits for: where what it could not do is left, after the retries. */
  readonly deadLetters?: DeadLetters;
  readonly alarms: Alarms;
}

const runtime = lambda.Runtime.NODEJS_24_X;

/** Of its time-out, from which on a run counts as nearly too long. */
const nearTimeout = 0.8;

function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** A module and all that it needs, bundled; further files may lie beside it. */
function bundleOf(entry: string, filesBeside: string | undefined): lambda.Code {
  return lambda.Code.fromAsset(fromRoot(''), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: runtime.bundlingImage,
      // Nothing runs it, but bundles are told from each other by it.
      command: [entry],
      local: {
        tryBundle: (folder) => {
          execFileSync(process.execPath, [fromRoot('infra/write-bundle.ts'), entry, folder]);
          if (filesBeside !== undefined) execFileSync(process.execPath, [fromRoot(filesBeside), folder]);
          return true;
        },
      },
    },
  });
}

/**
 * A Lambda of this repository: bundled the one way, with a role and a log of its own and no other right.
 *
 * No concurrency is reserved: the firewall and the stage's throttle bound what reaches it, and a reservation would only
 * take from what the account has for the due date.
 */
export class NodeFunction extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const { entry, timeout, memorySize, environment, filesBeside, deadLetters, alarms } = props;
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR });
    logGroup.grantWrite(role);
    this.function = new lambda.Function(this, 'Function', {
      code: bundleOf(entry, filesBeside),
      handler: 'index.handler',
      runtime,
      architecture: lambda.Architecture.ARM_64,
      role,
      logGroup,
      // Lines that can be searched by request; of the platform's own only what went wrong.
      loggingFormat: lambda.LoggingFormat.JSON,
      applicationLogLevelV2: lambda.ApplicationLogLevel.INFO,
      systemLogLevelV2: lambda.SystemLogLevel.WARN,
      timeout,
      memorySize,
      environment,
    });
    if (deadLetters !== undefined) this.#retry(deadLetters);
    this.#watch(props.title, timeout, alarms);
  }

  /**
   * Lambda tries again after one minute and after two more: together as long as a run that was cut off still holds its
   * export, so that the last one takes it over.
   */
  #retry(deadLetters: DeadLetters): void {
    deadLetters.grantLeaving(this.function);
    this.function.configureAsyncInvoke({
      retryAttempts: 2,
      // Three runs of a quarter of an hour each and the minutes between.
      maxEventAge: Duration.hours(1),
      onFailure: { bind: () => ({ destination: deadLetters.arn }) },
    });
  }

  #watch(title: string, timeout: Duration, alarms: Alarms): void {
    const fiveMinutes = sumOver(Duration.minutes(5));
    const runbook = '関数が失敗する';
    alarms.add(this, 'Errors', {
      metric: this.function.metricErrors(fiveMinutes),
      threshold: 1,
      happened: `${title}の関数が、途中で止まったか、時間切れになりました。`,
      first: '関数のログで、同じ時刻のエラーと要求番号（requestId）を確認してください。',
      runbook,
    });
    alarms.add(this, 'Throttles', {
      metric: this.function.metricThrottles(fiveMinutes),
      threshold: 1,
      happened: `${title}の関数が、同時実行数の上限に達して呼び出せませんでした。`,
      first: 'アカウントの Lambda の同時実行数と、要求の数を確認してください。',
      runbook,
    });
    alarms.add(this, 'NearTimeout', {
      metric: this.function.metricDuration({ statistic: 'Maximum', period: Duration.minutes(5) }),
      threshold: timeout.toMilliseconds() * nearTimeout,
      happened: `${title}の関数の実行時間が、制限時間の${nearTimeout * 100}％を超えました。`,
      first: 'ダッシュボードで実行時間の推移を確認してください。続く場合は上限の変更を検討します。',
      runbook,
    });
  }
}
