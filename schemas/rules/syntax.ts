/**
 * The tree of a text of the rules language, before its names mean anything: plain JSON.  `from` and `to` are positions in the text as it was typed.
 */

import type { FunctionName } from './function-names.ts';

export type Sign = '+' | '-' | '*' | '/' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or' | 'in';

export type SyntaxPart =
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'boolean'; readonly value: boolean }
  | { readonly is: 'null' }
  | { readonly is: 'list'; readonly items: readonly Syntax[] }
  /** A key, a 番号, a loop variable or `unit`, `round`, `previous`, `item`. */
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'step'; readonly of: Syntax; readonly name: string }
  | { readonly is: 'filter'; readonly of: Syntax; readonly by: Syntax }
  | { readonly is: 'negative'; readonly of: Syntax }
  | { readonly is: 'binary'; readonly sign: Sign; readonly left: Syntax; readonly right: Syntax }
  | { readonly is: 'if'; readonly test: Syntax; readonly yes: Syntax; readonly no: Syntax }
  | {
      readonly is: 'quantified';
      readonly word: 'some' | 'every';
      readonly variable: string;
      readonly over: Syntax;
      readonly holds: Syntax;
    }
  /** `name` is the English one, whichever was written. */
  | { readonly is: 'call'; readonly name: FunctionName; readonly args: readonly Syntax[] }
  | { readonly is: 'brackets'; readonly of: Syntax };

export type Syntax = SyntaxPart & { readonly from: number; readonly to: number };

/** What is wrong with an expression, for programs and for whoever wrote it. */
export interface RuleError {
  readonly code: string;
  readonly message: string;
  /** Where in the text, from 0, and over how many characters. */
  readonly position: number;
  readonly length: number;
}

/** Thrown and caught inside this folder; nobody else sees it. */
export class RuleFault extends Error {
  readonly error: RuleError;

  constructor(code: string, message: string, { from, to }: { readonly from: number; readonly to: number }) {
    super(message);
    this.error = { code, message, position: from, length: to - from };
  }
}

/** The number of characters an expression may have. */
export const longestRule = 2000;
/** How deep expressions may be nested in each other. */
export const deepestRule = 40;
/** How deep `some`, `every` and filters may be nested in what they look at. */
export const deepestIteration = 2;

/** Without the brackets around it. */
export function bare(syntax: Syntax): Syntax {
  return syntax.is === 'brackets' ? bare(syntax.of) : syntax;
}
