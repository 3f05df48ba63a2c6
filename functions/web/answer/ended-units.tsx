/** What a municipality is told of units that ended: its own end, and the returns of those that it came after. */

import { answeringUnits } from '../../../schemas/directory.ts';
import type { Directory, ReportingUnit } from '../../../schemas/directory.ts';
import { endedUnits, formerUnit, successorsIn } from '../../../schemas/directory-on-day.ts';
import type { Form } from '../../../schemas/form.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import type { Round } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import type { Person } from '../../domain/authorisation.ts';
import { relationIn } from '../../service/access.ts';
import { Notice } from '../shared/notice.tsx';
import type { Visit } from '../shared/visit.ts';

interface FormerOwn {
  readonly round: Round;
  readonly form: Form;
  readonly unit: ReportingUnit;
}

/**
 * Returns of units that ended, for who may read them: those that came after them.
 *
 * @param today the directory of today, if there is one
 */
export async function formerOwn(
  { service, person }: Visit,
  round: Round,
  today: readonly Directory[],
): Promise<FormerOwn[]> {
  const { store, returns, forms } = service;
  const pinned = await store.directoryOfRound(round);
  const directories = [...today, pinned];
  const wanted = formsOf(forms, round).flatMap((form) =>
    [...endedUnits(pinned).keys()].flatMap((code) => {
      const unit = formerUnit(pinned, form.units, code);
      const mayRead = unit !== undefined && isAllowed(relationIn(directories, person, form, code), 'return.read');
      return mayRead ? [{ round, form, unit }] : [];
    }),
  );
  const keys = wanted.map(({ form, unit }) => ({ round: round.id, form: form.id, unit: unit.code }));
  // All of them are one request.
  for (const key of keys) store.readAhead(key);
  const drafts = await Promise.all(keys.map((key) => returns.readDraft(key)));
  return wanted.filter((_, index) => drafts[index]?.ok === true);
}

export function FormerSection({
  former,
  visit: { paths },
}: {
  readonly former: readonly FormerOwn[];
  readonly visit: Visit;
}) {
  if (former.length === 0) return <></>;
  return (
    <details>
      <summary>合併等の前の市町村・協議会の回答（{former.length}件、閲覧のみ）</summary>
      <ul>
        {former.map(({ round, form, unit }) => (
          <li>
            <a href={paths.return({ round: round.id, form: form.id, unit: unit.code })}>
              {unit.name}　{form.title}（{round.name}）
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Said to whom the account was given for a municipality that is no more. */
export function EndedNotice({
  directory,
  person,
}: {
  readonly directory: Directory | undefined;
  readonly person: Person;
}) {
  if (directory === undefined) return <></>;
  const standing = new Map(answeringUnits(directory).map(({ code, name }) => [code, name]));
  const acted = [...person.units, ...(person.divisions ?? []).map(({ unit }) => unit)];
  const own = [...new Set(acted)].flatMap((code) =>
    standing.has(code) ? [] : (endedUnits(directory).get(code) ?? []),
  );
  return (
    <>
      {own.map(({ code, name, validTo }) => (
        <Notice
          kind="warning"
          title={`「${name}」は${printPartialDate(validTo)}で終わったため、この利用者では回答できません。`}
        >
          <p>
            回答は
            {successorsIn(directory, code)
              .map((each) => `「${standing.get(each) ?? each}」`)
              .join('')}
            の利用者が引き継いでいます。利用者が登録されていない場合は、県にお問い合わせください。
          </p>
        </Notice>
      ))}
    </>
  );
}
