/** What a reporting unit has settled for all its returns, of every round. */

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { unitSettings as schema } from '../../schemas/approval.ts';
import type { UnitSettings } from '../../schemas/approval.ts';
import type { StorageContext } from './context.ts';
import { unitSettingsKey } from './keys.ts';
import type { StoredItem } from './reads.ts';

export interface UnitSettingsStore {
  saveUnitSettings(unit: string, settings: UnitSettings): Promise<void>;
}

export function settingsOf(item: StoredItem | undefined): UnitSettings {
  return item === undefined ? { approval: false } : schema.parse(item);
}

export function createUnitSettings({ client, table }: StorageContext): UnitSettingsStore {
  return {
    saveUnitSettings: async (unit, settings) => {
      await client.send(new PutCommand({ TableName: table, Item: { ...unitSettingsKey(unit), ...settings } }));
    },
  };
}
