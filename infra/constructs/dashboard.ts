import { Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OperatorMetric, OperatorService } from '../../functions/platform/metrics.ts';
import { ownMetric } from './own-metric.ts';

interface DashboardProps {
  /** Of what the functions count themselves. */
  readonly namespace: string;
  readonly api: RestApi;
  readonly http: IFunction;
  readonly exporter: IFunction;
  readonly tableThrottles: IMetric;
  readonly tableConflicts: cloudwatch.Metric;
  readonly deadLetters: IQueue;
}

const period = Duration.minutes(5);
/** Three in a row. */
const third = 8;

/** One page to look at when an alarm rang, or on the due date before one does. */
export class Dashboard extends Construct {
  readonly #namespace: string;

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { namespace, api, http, exporter, tableThrottles, tableConflicts, deadLetters } = props;
    this.#namespace = namespace;
    const page = new cloudwatch.Dashboard(this, 'Page', {
      defaultInterval: Duration.days(1),
      periodOverride: cloudwatch.PeriodOverride.AUTO,
    });
    page.addWidgets(
      graph('要求の数', [api.metricCount({ statistic: 'Sum', period, label: '要求' })]),
      graph('エラー', [
        api.metricServerError({ statistic: 'Sum', period, label: '5xx' }),
        api.metricClientError({ statistic: 'Sum', period, label: '4xx' }),
        http.metricErrors({ period, label: '画面とAPIの関数' }),
        exporter.metricErrors({ period, label: '出力の関数' }),
        this.#own('http', 'SignInErrors', '利用者の台帳'),
      ]),
      graph('応答時間（ミリ秒）', [
        api.metricLatency({ statistic: 'p50', period, label: '半数' }),
        api.metricLatency({ statistic: 'p99', period, label: '99％' }),
      ]),
    );
    page.addWidgets(
      graph('提出', [this.#own('http', 'Submissions', '提出')]),
      graph('競合と拒否', [
        this.#own('http', 'Conflicts', '競合'),
        this.#own('http', 'Refusals', '権限なし'),
        this.#own('http', 'RefusedTokens', '認証の失敗'),
      ]),
      graph('出力と公表', [
        this.#own('export', 'ExportsDone', '出力の完了'),
        this.#own('export', 'ExportsFailed', '出力の失敗'),
        this.#own('export', 'TablesNotRegistered', '表の登録の失敗'),
        this.#own('export', 'ScheduledRuns', '定例の実行'),
        this.#own('http', 'Publications', '公表'),
      ]),
    );
    page.addWidgets(
      graph('保存先', [
        tableThrottles,
        tableConflicts.with({ label: '取引の競合' }),
        this.#own('http', 'StorageErrors', '画面とAPIの失敗'),
        this.#own('export', 'StorageErrors', '出力の失敗'),
      ]),
      graph('残っている処理', [
        deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period, label: '件' }),
      ]),
      graph('遮断（ファイアウォール）', [this.#blocked()]),
    );
    page.addWidgets(
      graph('関数の実行時間（最大、ミリ秒）', [
        http.metricDuration({ statistic: 'Maximum', period, label: '画面とAPI' }),
        exporter.metricDuration({ statistic: 'Maximum', period, label: '出力' }),
      ]),
      graph('関数の同時実行と制限', [
        http.metric('ConcurrentExecutions', { statistic: 'Maximum', period, label: '同時実行（画面とAPI）' }),
        http.metricThrottles({ period, label: '制限（画面とAPI）' }),
        exporter.metricThrottles({ period, label: '制限（出力）' }),
      ]),
      graph('廃棄', [
        this.#own('disposal', 'Disposals', '廃棄した調査'),
        this.#own('disposal', 'DisposalsFailed', '失敗'),
      ]),
      graph('お知らせメール', [
        this.#own('mail', 'MailsFailed', '送れなかったもの'),
        this.#own('mail', 'MailsReturned', '戻ったもの'),
      ]),
    );
  }

  #own(service: OperatorService, metric: OperatorMetric, label: string): IMetric {
    return ownMetric(this.#namespace, service, metric, period).with({ label });
  }

  #blocked(): IMetric {
    const { stackName, region } = Stack.of(this);
    return new cloudwatch.Metric({
      namespace: 'AWS/WAFV2',
      metricName: 'BlockedRequests',
      dimensionsMap: { WebACL: stackName, Region: region, Rule: 'ALL' },
      statistic: 'Sum',
      period,
      label: '遮断した要求',
    });
  }
}

function graph(title: string, left: IMetric[]): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left, width: third, leftYAxis: { min: 0, showUnits: false } });
}
