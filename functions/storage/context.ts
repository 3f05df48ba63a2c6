/** What every storage function is given: the table, the forms, and time and randomness from outside. */

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Catalogue } from '../../schemas/form.ts';

export interface StorageContext {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  readonly forms: Catalogue;
  /** The prefecture of the deployment, whose directory alone is taken; on a laptop any. */
  readonly prefecture?: string;
  readonly now: () => Date;
  /** A new unguessable id, such as a UUID. */
  readonly randomId: () => string;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1, as `Math.random`; spreads retries. */
  readonly random: () => number;
}
