/** The reasons of a version to read, and what changed in them. */

import type { Answers } from '../../../schemas/values/json.ts';
import type { Reasons } from '../../../schemas/return.ts';
import { placeOfReason } from '../../domain/place-label.ts';
import type { FormInRound } from '../../domain/place-label.ts';

export interface Reasoned {
  readonly answers: Answers;
  readonly reasons: Reasons;
}

interface ReasonRowProps extends Pick<Reasoned, 'answers'> {
  readonly asked: FormInRound;
  readonly name: string;
  readonly reason: string;
}

function ReasonRow({ asked, answers, name, reason }: ReasonRowProps) {
  return (
    <tr>
      <th scope="row">{placeOfReason(asked, answers, name)}</th>
      <td class="preserved">{reason}</td>
    </tr>
  );
}

interface ReasonListProps extends Reasoned {
  readonly asked: FormInRound;
}

export function ReasonList({ asked, answers, reasons }: ReasonListProps) {
  const given = Object.entries(reasons);
  if (given.length === 0) return <></>;
  return (
    <>
      <h2>確認事項に対する理由</h2>
      <table>
        <tbody>
          {given.map(([name, reason]) => (
            <ReasonRow asked={asked} answers={answers} name={name} reason={reason} />
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
  readonly asked: FormInRound;
  readonly before: Reasoned;
  readonly after: Reasoned;
  readonly comparedWith: string;
}

function ReasonChange({ asked, before, after, comparedWith, name }: ReasonChangesProps & { readonly name: string }) {
  const { answers } = Object.hasOwn(after.reasons, name) ? after : before;
  return (
    <tr class="answer-changed">
      <th scope="row">{placeOfReason(asked, answers, name)}</th>
      <td class="preserved">{after.reasons[name] ?? '理由なし'}</td>
      <td class="answer-before preserved" data-label={comparedWith}>
        {before.reasons[name] ?? '理由なし'}
      </td>
    </tr>
  );
}

export function ReasonChanges({ names, ...props }: ReasonChangesProps & { readonly names: readonly string[] }) {
  if (names.length === 0) return <></>;
  return (
    <>
      <h3>確認事項に対する理由</h3>
      <table class="answers">
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">理由</th>
            <th scope="col">{props.comparedWith}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <ReasonChange {...props} name={name} />
          ))}
        </tbody>
      </table>
    </>
  );
}
