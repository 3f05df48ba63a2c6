/** The expressions of a document while it is read: as they stand in cells, until the names in them are known. */

import type { Options } from '../../../schemas/question.ts';

export interface Expression {
  /** Where it stands in the document. */
  readonly path: string;
  readonly cell: string;
  readonly heading: string;
  readonly text: string;
  readonly use: 'condition' | 'withheld' | 'rule' | 'computed' | 'total' | 'class';
  /** The id of the question that it stands at; absent for the whole return. */
  readonly at?: string | undefined;
  /** Of the class that it gives. */
  readonly options?: Options;
}
