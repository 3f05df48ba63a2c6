/**
 * Whether the newest copies in Osaka are as young as they must be. Plain JavaScript that is not bundled: the client of
 * AWS Backup is the one that Lambda brings along, since no other program needs it.
 */

import {
  BackupClient,
  DescribeBackupVaultCommand,
  ListRecoveryPointsByBackupVaultCommand,
} from '@aws-sdk/client-backup';

const day = 24 * 60 * 60 * 1000;
/** A month, and a day for the copy to arrive. */
const oldest = 32;

const { VAULT_NAME: BackupVaultName, VAULT_REGION: region, RESOURCES } = process.env;
const client = new BackupClient({ region });

/** @throws Error that names what has no copy, which the alarm about this function's errors tells */
export const handler = async () => {
  const now = Date.now();
  const { CreationDate } = await client.send(new DescribeBackupVaultCommand({ BackupVaultName }));
  // The first copy is made on the first of the month after the first deployment.
  if (now - CreationDate.getTime() <= (oldest + 1) * day) return;
  const missing = [];
  for (const ByResourceArn of JSON.parse(RESOURCES)) {
    const { RecoveryPoints = [] } = await client.send(
      new ListRecoveryPointsByBackupVaultCommand({
        BackupVaultName,
        ByResourceArn,
        ByCreatedAfter: new Date(now - oldest * day),
      }),
    );
    if (!RecoveryPoints.some(({ Status }) => Status === 'COMPLETED')) missing.push(ByResourceArn);
  }
  if (missing.length > 0)
    throw new Error(`no copy younger than ${oldest} days in ${region} of ${missing.join(' and ')}`);
};
