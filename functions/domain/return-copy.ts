/** A version of a return as its municipality keeps it: a line per question, with the answer as it is printed. */

import type { Form } from '../../schemas/form.ts';
import type { Names } from '../../schemas/kinds/printing.ts';
import type { ReportingUnit } from '../../schemas/directory.ts';
import type { Version } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { answerBlocks } from './answer-rows.ts';
import { placeOfReason } from './place-label.ts';
import { formOfVersion } from './previous-scopes.ts';

export interface Copied {
  readonly form: Form;
  readonly round: Round;
  readonly unit: ReportingUnit;
  readonly names: Names;
  readonly version: Version;
}

/** The title of the form, the unit and the version: 第1版. */
export function copyTitle({ form, unit, version: { version } }: Pick<Copied, 'form' | 'unit' | 'version'>): string {
  return `${form.title}（${unit.name}）第${version}版`;
}

export const copyColumns = ['区分', '番号', '設問', '回答'] as const;
const reasonsTitle = '確認事項に対する理由';

/** Under the columns of `copyColumns`. */
export function copyRows({ form, names, version }: Copied): string[][] {
  const { answers, reasons } = version;
  const { sections } = formOfVersion(form, version);
  const answered = answerBlocks({ sections, answers, names }).flatMap(({ title, rows }) =>
    // The number has a column of its own.
    rows.map(({ number = '', label, answer }) => [title, number, label.replace(`${number}　`, ''), answer]),
  );
  const given = Object.entries(reasons).map(([key, reason]) => [
    reasonsTitle,
    '',
    placeOfReason({ form }, answers, key),
    reason,
  ]);
  return [...answered, ...given];
}
