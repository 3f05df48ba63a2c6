import { describe, expect, it } from 'vitest';
import { forms } from '../../../../schemas/forms/catalogue.ts';

const all = [...forms.values()].flatMap((versions) => [...versions.values()]);

describe('the catalogue', () => {
  it('has the three forms at their first version', () => {
    expect(all.map(({ id, version }) => `${id} ${version}`)).toEqual([
      'municipal-survey 2024',
      'council-report 2024',
      'coordination-meeting 2024',
    ]);
  });

  it.each(all.map((form) => [form.id, form] as const))('%s explains itself and labels everything', (_, form) => {
    expect(form.help).not.toBe('');
    for (const { id, definition } of form.items.values()) expect(definition.label, id).not.toBe('');
  });

  it.each(all.map((form) => [form.id, form] as const))(
    '%s has check names that are unique where they belong',
    (_, form) => {
      for (const { id, kind } of form.items.values()) {
        if (kind.fields === undefined) continue;
        const places = [kind.checks, kind.nesting === 'entries' ? kind.entryChecks : []];
        for (const checks of places) {
          const names = checks.map(({ name }) => name);
          expect(new Set(names).size, id).toBe(names.length);
        }
      }
    },
  );
});
