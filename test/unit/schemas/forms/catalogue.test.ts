import { describe, expect, it } from 'vitest';
import { forms } from '../../../../schemas/forms/catalogue.ts';

const all = [...forms.values()].flatMap((versions) => [...versions.values()]);

describe('the catalogue', () => {
  it('has the three forms at their versions', () => {
    expect(all.map(({ id, version }) => `${id} ${version}`)).toEqual([
      'municipal-survey 2024',
      'municipal-survey 2025',
      'council-report 2024',
      'council-report 2025',
      'coordination-meeting 2024',
      'coordination-meeting 2025',
    ]);
  });

  it.each(all.map((form) => [form.id, form] as const))('%s explains itself and labels everything', (_, form) => {
    expect(form.help).not.toBe('');
    for (const { id, definition } of form.items.values()) expect(definition.label, id).not.toBe('');
  });
});
