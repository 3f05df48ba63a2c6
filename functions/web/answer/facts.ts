/** What a page's script has to know of the return, besides what stands in the fields, to judge it as the server does. */

import type { Answers, Reasons } from '../../../schemas/return.ts';
import type { Round } from '../../../schemas/round.ts';
import type { PageAddress } from './where.ts';

/** Sent as JSON; the script asks for it when the officer begins to type. */
export interface Facts {
  readonly unit: string;
  readonly round: Round;
  /** Codes of the municipalities that may be chosen. */
  readonly municipalities: readonly string[];
  readonly reasons: Reasons;
  /** The stored answers of the whole return: checks and conditions read other pages too. */
  readonly answers: Answers;
  /** The last accepted return of the unit. */
  readonly previous?: Answers | undefined;
}

/** What a page says of itself to its script, in an attribute of its form. */
export interface JudgedPage {
  /** URL of the facts. */
  readonly facts: string;
  readonly address: PageAddress;
  /** Also what is missing yet is said. */
  readonly withMissing: boolean;
}
