/**
 * A call of the API: its path, who may make it, what it takes and gives, and its handler. The routes, the
 * authorisation, the parsing and the OpenAPI document all follow from this one description.
 */

import type * as z from 'zod';
import type { Action, Person } from '../../domain/authorisation.ts';
import type { FoundReturn } from '../../service/access.ts';
import type { Service } from '../../service/service.ts';
import type { AnsweringUnit } from '../../../schemas/directory.ts';
import type { Round } from '../../../schemas/round.ts';
import type { ProblemCode } from '../../../schemas/problem.ts';
import type { RequestBody } from './request-body.ts';

type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** The names in braces of a path: `/rounds/{round}` → `round`; any name where the path is not known to the types. */
type PathNames<P extends string> = string extends P
  ? string
  : P extends `${string}{${infer Name}}${infer Rest}`
    ? Name | PathNames<Rest>
    : never;

export interface Call<P extends string, Q, B> {
  readonly params: Readonly<Record<PathNames<P>, string>>;
  readonly query: Q;
  readonly body: B;
  readonly person: Person;
  /** As sent: a route of `GET` answers `HEAD` too. */
  readonly method: string;
  /** Request headers by lower-case name. */
  readonly header: (name: string) => string | undefined;
  readonly text: () => Promise<string>;
  /** As it was sent, for bodies that are no JSON. */
  readonly request: Request;
  /** The site's own address as browsers see it, without a slash at its end. */
  readonly site: string;
  readonly service: Service;
}

interface Answer {
  readonly status: number;
  readonly description: string;
  /** The schema of a JSON answer; absent for streams and empty answers. */
  readonly schema?: z.ZodType;
  readonly contentType?: string;
}

interface RouteText {
  readonly summary: string;
  /** A body that is a file, by itself or as a form has it, with the bytes that it may have. */
  readonly upload?: { readonly maxBytes: number };
  readonly headers?: readonly { readonly name: string; readonly description: string; readonly required: boolean }[];
  readonly answers: readonly Answer[];
  readonly problems: readonly ProblemCode[];
}

/** What a path names, found and allowed before anything else of the request is looked at. */
export interface Subject {
  readonly round?: Round;
  readonly return?: FoundReturn;
  readonly municipality?: AnsweringUnit;
}

export interface Route extends RouteText {
  readonly method: Method;
  readonly path: string;
  /** The row of the authorisation table; absent for what anyone may call. */
  readonly action?: Action;
  readonly subject?: keyof Subject;
  readonly query?: z.ZodType;
  readonly body?: RequestBody;
  /** The body with which the prefecture makes the call for a unit: one that says `onBehalf` is this, and `return.onBehalf` its row. */
  readonly onBehalf?: RequestBody;
  handle(call: Call<string, unknown, unknown>, subject: Subject): Promise<Response>;
}

interface Description<P extends string, Q, B> extends RouteText {
  readonly method: Method;
  readonly path: P;
  readonly action?: Action;
  readonly query?: z.ZodType<Q>;
  readonly body?: RequestBody<z.ZodType<B>>;
  readonly onBehalf?: RequestBody<z.ZodType<B>>;
}

export function route<const P extends string, Q = undefined, B = undefined>(
  options: Description<P, Q, B> & { handle(call: Call<P, Q, B>): Promise<Response> },
): Route {
  return options;
}

export function roundRoute<const P extends string, Q = undefined, B = undefined>(
  options: Description<P, Q, B> & { handle(call: Call<P, Q, B>, round: Round): Promise<Response> },
): Route {
  const handle = async (call: Call<P, Q, B>, { round }: Subject): Promise<Response> => {
    if (round === undefined) throw new TypeError(`${options.path}: no round was looked for`);
    return options.handle(call, round);
  };
  return { ...options, subject: 'round', handle };
}

export function returnRoute<const P extends string, Q = undefined, B = undefined>(
  options: Description<P, Q, B> & { handle(call: Call<P, Q, B>, found: FoundReturn): Promise<Response> },
): Route {
  const handle = async (call: Call<P, Q, B>, { return: found }: Subject): Promise<Response> => {
    if (found === undefined) throw new TypeError(`${options.path}: no return was looked for`);
    return options.handle(call, found);
  };
  return { ...options, subject: 'return', handle };
}

export function municipalityRoute<const P extends string, Q = undefined, B = undefined>(
  options: Description<P, Q, B> & { handle(call: Call<P, Q, B>, municipality: AnsweringUnit): Promise<Response> },
): Route {
  const handle = async (call: Call<P, Q, B>, { municipality }: Subject): Promise<Response> => {
    if (municipality === undefined) throw new TypeError(`${options.path}: no municipality was looked for`);
    return options.handle(call, municipality);
  };
  return { ...options, subject: 'municipality', handle };
}

/** Where a return stands in the API; its parts, versions and decisions stand below. */
export const returnPath = '/api/rounds/{round}/returns/{form}/{unit}';
