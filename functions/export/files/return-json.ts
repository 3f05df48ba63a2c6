/** The returns of a form as a JSON array with one element on each line, so that it can be read as a stream too. */

import type { Audience } from '../../domain/summary.ts';
import type { ExportedReturn, ReturnContext, ReturnFiles } from './formats.ts';

function element({ unit, version, answers }: ExportedReturn, audience: Audience): object {
  if (audience === 'public') return { unit: unit.code, answers };
  const { submittedAt, late, receipt, sha256, reasons } = version;
  return { unit: unit.code, version: version.version, submittedAt, late, receipt, sha256, answers, reasons };
}

export async function returnJson({ folder, form, audience }: ReturnContext): Promise<ReturnFiles> {
  const output = await folder.create(`${form.id}.json`);
  let rows = 0;
  output.append('[');
  return {
    add: (returned) => {
      output.append(rows === 0 ? '\n' : ',\n');
      output.append(JSON.stringify(element(returned, audience)));
      rows += 1;
    },
    drain: () => output.drain(),
    close: async () => {
      output.append('\n]\n');
      return [await output.close(rows)];
    },
  };
}
