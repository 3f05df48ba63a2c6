/** The reasons of a version to read, and what changed in them. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Form } from '../../../schemas/form.ts';
import type { Answers, Reasons } from '../../../schemas/return.ts';
import { placeLabel } from '../reviewing/place-label.ts';

export interface Reasoned {
  readonly answers: Answers;
  readonly reasons: Reasons;
}

/** The question or entry that asked: the key of a reason without the name of the check. */
function placeOfReason(form: Pick<Form, 'sections'>, answers: Answers, key: string): string {
  const path = key.split('.').slice(0, -1).join('.');
  return placeLabel(form, answers, path === 'return' ? '' : path);
}

export function ReasonList({ form, answers, reasons }: Reasoned & { readonly form: Pick<Form, 'sections'> }): JSX.Element {
  const entries = Object.entries(reasons);
  if (entries.length === 0) return <></>;
  return (
    <>
      <h2>確認事項に対する理由</h2>
      <table>
        <tbody>
          {entries.map(([key, reason]) => (
            <tr>
              <th scope="row">{placeOfReason(form, answers, key)}</th>
              <td class="preserved">{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The keys of the reasons that one version gives and the other does not, or not so. */
export function changedReasons(before: Reasons, after: Reasons): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => before[key] !== after[key]);
}

interface ReasonChangesProps {
  readonly form: Pick<Form, 'sections'>;
  readonly before: Reasoned;
  readonly after: Reasoned;
  /** Heading of the column of `before`. */
  readonly comparedWith: string;
}

export function ReasonChanges({ form, before, after, comparedWith }: ReasonChangesProps): JSX.Element {
  const keys = changedReasons(before.reasons, after.reasons);
  if (keys.length === 0) return <></>;
  const place = (key: string): string => placeOfReason(form, Object.hasOwn(after.reasons, key) ? after.answers : before.answers, key);
  return (
    <>
      <h3>確認事項に対する理由</h3>
      <table class="answers">
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">理由</th>
            <th scope="col">{comparedWith}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr class="answer-changed">
              <th scope="row">{place(key)}</th>
              <td class="preserved">{after.reasons[key] ?? '理由なし'}</td>
              <td class="answer-before preserved" data-label={comparedWith}>
                {before.reasons[key] ?? '理由なし'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
