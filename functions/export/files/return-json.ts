/** The returns of a form as a JSON array with one element on each line, so that it can be read as a stream too. */

import type { ExportedReturn, ReturnContext, ReturnFiles } from './formats.ts';

/** A version made before the round went on to another wording of its form says which number its hash covers. */
function element(
  { unit, version, answers }: ExportedReturn,
  { form, audience }: Pick<ReturnContext, 'form' | 'audience'>,
): object {
  if (audience === 'public') return { unit: unit.code, answers };
  const { submittedAt, late, receipt, sha256, reasons, formVersion, onBehalf } = version;
  const covered = formVersion === form.version ? {} : { formVersion };
  return {
    unit: unit.code,
    version: version.version,
    ...covered,
    submittedAt,
    late,
    receipt,
    sha256,
    answers,
    reasons,
    // Of what the prefecture submitted: how it came, and why.
    ...(onBehalf === undefined ? {} : { onBehalf }),
  };
}

export async function returnJson({ folder, form, audience }: ReturnContext): Promise<ReturnFiles> {
  const output = await folder.create(`${form.id}.json`);
  let rows = 0;
  output.append('[');
  return {
    add: (returned) => {
      output.append(rows === 0 ? '\n' : ',\n');
      output.append(JSON.stringify(element(returned, { form, audience })));
      rows += 1;
    },
    drain: () => output.drain(),
    close: async () => {
      output.append('\n]\n');
      return [await output.close(rows)];
    },
  };
}
