/** Whether a change of the directory is to be made in the versions that come into force later, one question for each. */

import type { FieldError } from '../../../schemas/problem.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { alsoIn } from '../../domain/directory-dated-edit.ts';
import type { HeldDirectory } from '../../domain/directory-dated-edit.ts';
import { LabelledSelect } from '../shared/labelled-controls.tsx';
import type { PostedForm } from '../shared/posted-form.ts';

interface Props {
  readonly later: readonly HeldDirectory[];
  /** What was chosen for each of them, by the name of its field. */
  readonly chosen: PostedForm['text'];
  /** What is not in a version as it is shown; empty where nothing is. */
  readonly differing: (version: HeldDirectory) => string;
  readonly errors: readonly FieldError[];
}

export function LaterVersions({ later, chosen, differing, errors }: Props) {
  return (
    <>
      {later.map((held) => {
        const name = alsoIn(held.day);
        const differs = differing(held);
        return (
          <LabelledSelect
            name={name}
            label={`${printPartialDate(held.day)}からの名簿（第${held.version}版）にも同じ変更を加えますか`}
            hint={differs === '' ? undefined : `この版で異なる項目　${differs}`}
            value={chosen(name)}
            options={[
              ['', '選んでください'],
              ['yes', '加える'],
              ['no', '加えない（この版は変わりません）'],
            ]}
            error={errors.find(({ path }) => path === name)?.message}
          />
        );
      })}
    </>
  );
}

/** The answer to the question about the version with a first day; none where nothing was chosen. */
export function wantedIn(text: PostedForm['text']): (day: string) => boolean | undefined {
  return (day) => {
    const chosen = text(alsoIn(day));
    return chosen === '' ? undefined : chosen === 'yes';
  };
}
