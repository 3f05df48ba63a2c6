/** The transitions that write no version: withdrawal by the municipality, decision by the prefecture. */

import { isDeepStrictEqual } from 'node:util';
import type { Form } from '../../schemas/form.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { Absence, Decision, Extension, ProxyEntry, ReturnKey } from '../../schemas/return.ts';
import { phaseOfReturn } from '../domain/due-date.ts';
import {
  beginProxy,
  decide,
  endAbsence,
  endExtension,
  endProxy,
  extend,
  markAbsent,
  undoAcceptance,
  withdraw,
} from '../domain/life.ts';
import type { Standing, Transition } from '../domain/life.ts';
import { returnName } from '../domain/log.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { isQuestionPath } from '../domain/question-path.ts';
import type { StoredReturn } from '../storage/returns.ts';
import type { Store } from '../storage/store.ts';
import type { ReturnsAndVersions, ClockAndIds } from './drafts.ts';

interface Decisions {
  /** Takes a submission back before review. Refuses `not-submitted`, `closed`, `not-found`, `busy`. */
  withdraw(key: ReturnKey, actor: string): Promise<Outcome<Standing>>;
  /**
   * Accepts a submission, sends it back, or undoes an acceptance. Refuses `not-submitted`, `not-current-version`,
   * `already-accepted`, `acceptance-stands` (published since, or brought in from earlier files), `invalid-decision` (questions that do not exist, more text than can be kept), `not-found`, `busy`.
   *
   * @param at when the button was pressed that decides on several: they are told of together
   */
  decide(key: ReturnKey, decision: Decision, actor: string, at?: Date): Promise<Outcome<Standing>>;
  /** Gives a return its own due date. Refuses `invalid-exception` (no later than the round's), `not-found`, `busy`. */
  extend(key: ReturnKey, extension: Extension, actor: string): Promise<Outcome<Standing>>;
  /** Without one nothing changes. Refuses `not-found`, `busy`. */
  endExtension(key: ReturnKey, actor: string): Promise<Outcome<Standing>>;
  /** Notes that a return will not come. Refuses `already-submitted`, `not-found`, `busy`. */
  markAbsent(key: ReturnKey, absence: Absence, actor: string): Promise<Outcome<Standing>>;
  /** Without one nothing changes. Refuses `not-found`, `busy`. */
  endAbsence(key: ReturnKey, actor: string): Promise<Outcome<Standing>>;
  /** The prefecture begins to enter the answers. Refuses `not-editable`, `not-open`, `not-found`, `busy`. */
  beginProxy(key: ReturnKey, proxy: ProxyEntry, actor: string): Promise<Outcome<Standing>>;
  /** Without one nothing changes. Refuses `not-found`, `busy`. */
  endProxy(key: ReturnKey, actor: string): Promise<Outcome<Standing>>;
}

/** What is sent back stands twice in a log entry, before and after, and an item holds 400 KB. */
const maxBytes = 150_000;

function unknownQuestions({ sections }: Form, decision: Decision): FieldError[] {
  const questions = decision.decision === 'return' ? decision.questions : [];
  return questions.flatMap(({ path }, index) =>
    isQuestionPath(sections, path)
      ? []
      : [
          {
            path: `questions.${index}.path`,
            code: 'unknown-question',
            message: `${path} は、この調査票にない項目です。`,
          },
        ],
  );
}

export function createDecisions(
  store: ReturnsAndVersions & Pick<Store, 'roundState'>,
  { now }: ClockAndIds,
): Decisions {
  function change(
    key: ReturnKey,
    actor: string,
    transitionOf: (read: StoredReturn, instant: Date) => Outcome<Transition>,
    at?: Date,
  ): Promise<Outcome<Standing>> {
    return store.changeReturn<Standing>(key, (read) => {
      const instant = at ?? now();
      const transition = transitionOf(read, instant);
      if (!transition.ok) return transition;
      const { before, after } = transition.value;
      // The second press of a button finds what the first one noted.
      if (isDeepStrictEqual(before, after)) return done({ kind: 'settled', value: after });
      const changed = { actor, at: instant.toISOString(), transition: transition.value };
      return done({ kind: 'change', change: changed, value: after });
    });
  }

  return {
    withdraw: (key, actor) =>
      change(key, actor, ({ standing, round }, instant) => withdraw(standing, phaseOfReturn(round, standing, instant))),
    extend: (key, extension, actor) => change(key, actor, ({ standing, round }) => extend(standing, extension, round)),
    endExtension: (key, actor) => change(key, actor, ({ standing }) => endExtension(standing)),
    markAbsent: (key, absence, actor) => change(key, actor, ({ standing }) => markAbsent(standing, absence)),
    endAbsence: (key, actor) => change(key, actor, ({ standing }) => endAbsence(standing)),
    beginProxy: (key, proxy, actor) =>
      change(key, actor, ({ standing, round }) => (round.draft ? refused('not-open') : beginProxy(standing, proxy))),
    endProxy: (key, actor) => change(key, actor, ({ standing }) => endProxy(standing)),
    decide: async (key, decision, actor, at) => {
      if (decision.decision === 'undo') {
        const state = await store.roundState(key.round);
        const before = state?.undoable.get(returnName(key.form, key.unit));
        return change(key, actor, ({ standing }) => undoAcceptance(standing, decision, before));
      }
      if (Buffer.byteLength(JSON.stringify(decision)) > maxBytes)
        return refused('invalid-decision', { detail: '差戻しの内容が長すぎます。理由を短くしてください。' });
      return change(
        key,
        actor,
        ({ standing, form }) => {
          const errors = unknownQuestions(form, decision);
          return errors.length > 0 ? refused('invalid-decision', { errors }) : decide(standing, decision);
        },
        at,
      );
    },
  };
}
