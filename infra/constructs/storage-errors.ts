import type { Construct } from 'constructs';
import type { OperatorService } from '../../functions/platform/metrics.ts';
import type { Alarms } from './alarms.ts';
import { ownMetric } from './own-metric.ts';

interface Watched {
  readonly scope: Construct;
  readonly namespace: string;
  readonly service: OperatorService;
  /** What the function reads and writes for: 出力. */
  readonly purpose: string;
}

export function watchStorageErrors(alarms: Alarms, { scope, namespace, service, purpose }: Watched): void {
  alarms.add(scope, 'StorageErrors', {
    metric: ownMetric(namespace, service, 'StorageErrors'),
    threshold: 5,
    happened: `${purpose}のための表又はファイルの読み書きが、5分間に5回以上失敗しました。`,
    first: '鍵（KMS）が無効になっていないか、DynamoDB と S3 の障害情報を確認してください。',
    runbook: '保存先に読み書きできない',
  });
}
