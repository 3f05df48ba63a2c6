/** What changes the table in one step. */

import type { Outcome } from '../../functions/domain/outcome.ts';
import type { TestTable } from '../integration/support/storage.ts';

export interface Act {
  readonly prepare: (table: TestTable) => Promise<unknown>;
  readonly act: (table: TestTable) => Promise<Outcome<unknown>>;
  /** Its last call is its one write, without a proof: who was not answered finds it done or not, and nothing between. */
  readonly isOneWrite?: true;
}
