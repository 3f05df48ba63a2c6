/** What a form asks stands in its own folder alone: nothing outside names a form or a question that ships. */

import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forms } from '../../../../schemas/forms/catalogue.ts';

const project = new URL('../../../..', import.meta.url).pathname;

const shipped = [...forms.values()].flatMap((versions) => [...versions.values()]);

/** Of people and accounts too. */
const everyday = new Set(['メールアドレス']);

/** Names that are of no other use: short labels (名称, 会議名) are everybody's words. */
const names = new Set(
  shipped.flatMap(({ id, title, items, measures }) => [
    id,
    title,
    ...[...items.values()].flatMap((item) => [
      ...(item.id.includes('.') ? [`'${item.id}'`] : []),
      ...(item.definition.label.length > 4 && !everyday.has(item.definition.label) ? [item.definition.label] : []),
    ]),
    ...measures.map(({ measure }) => measure.label),
  ]),
);

function namesIn(text: string): string[] {
  return [...names].filter((name) => text.includes(name));
}

describe('the forms that ship', () => {
  it('are named nowhere outside their folder but in the demonstration', () => {
    const files = globSync(['{schemas,functions,infra}/**/*.{ts,tsx,mjs}'], { cwd: project }).filter(
      (file) => !file.startsWith('schemas/forms/') && file !== 'infra/local/demo.ts',
    );
    expect(files.length).toBeGreaterThan(300);
    const found = files.flatMap((file) =>
      namesIn(readFileSync(`${project}/${file}`, 'utf8')).map((name) => `${file}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  it('would be found', () => {
    expect(namesIn(readFileSync(`${project}/infra/local/demo.ts`, 'utf8'))).not.toEqual([]);
    expect(namesIn("valueAt(answers, 'establishment.status')")).toEqual(["'establishment.status'"]);
  });
});
