/** The codes of errors at questions that Zod finds, and what an issue says that they are chosen by. */

/** What is read of a Zod issue. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly origin?: string;
  readonly expected?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

export type FieldErrorCode =
  | 'unknown-question'
  | 'unknown-option'
  | 'wrong-type'
  | 'unstorable-text'
  | 'empty'
  | 'blank'
  | 'too-long'
  | 'too-many'
  | 'duplicate'
  | 'negative'
  | 'fractional'
  | 'too-large'
  | 'out-of-range'
  | 'too-many-places'
  | 'invalid-date'
  | 'invalid-range'
  | 'invalid-frequency'
  | 'invalid-fiscal-years'
  | 'invalid-municipality-code'
  | 'invalid-email'
  | 'invalid-phone'
  | 'invalid-id';

export function optionIssue({ code }: Issue): FieldErrorCode {
  if (code === 'invalid_value') return 'unknown-option';
  return code === 'too_big' ? 'too-many' : 'wrong-type';
}
