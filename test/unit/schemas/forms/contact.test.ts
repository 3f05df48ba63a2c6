import { describe, expect, it } from 'vitest';
import { completeness } from '../../../../functions/domain/completeness.ts';
import { drift } from '../../../../schemas/drift.ts';
import { forms } from '../../../../schemas/forms/catalogue.ts';
import type { Form } from '../../../../schemas/form.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { strikes } from './returns.ts';

interface Contact {
  readonly department?: string;
  readonly email?: string;
  readonly phone?: string;
}

/** Where the contact stands in each form, and a return that says no more than it. */
const places: readonly (readonly [form: string, at: string, returned: (contact: Contact) => Answers])[] = [
  ['municipal-survey', 'contact', (contact) => ({ contact: { ...contact } })],
  ['council-report', 'profile.contact', (contact) => ({ profile: { contact: { ...contact } } })],
  ['coordination-meeting', 'contact', (contact) => ({ contact: { ...contact } })],
];

function version(form: string, number: number): Form {
  const found = forms.get(form)?.get(number);
  if (found === undefined) throw new Error(`${form} ${number} does not ship`);
  return found;
}

describe.each(places)('%s of 2025', (form, at, returned) => {
  const now = version(form, 2025);
  const missing = (answers: Answers): string[] =>
    completeness(now.sections, answers, new Set())
      .filter(({ code, path }) => code === 'required' && path.startsWith(at))
      .map(({ path }) => path);

  it('requires the division', () => {
    expect(missing(returned({}))).toEqual([`${at}.department`]);
    expect(missing(returned({ department: '障害福祉課' }))).toEqual([]);
  });

  it('refuses a contact that can be reached neither by e-mail nor by telephone', () => {
    const refused = (contact: Contact): string[] => strikes(now, 'refuse', returned(contact));
    expect(refused({ department: '障害福祉課' })).toContain(`${at}.email.unreachable`);
    expect(refused({ email: 'a@b.example' })).not.toContain(`${at}.email.unreachable`);
    expect(refused({ phone: '048-000-0000' })).not.toContain(`${at}.email.unreachable`);
  });

  it('keeps the contact to the prefecture', () => {
    const contact = [...now.items.values()].filter(({ id }) => id.startsWith(`${at}.`));
    expect(contact.length).toBeGreaterThanOrEqual(4);
    expect(contact.filter(({ visibility }) => visibility !== 'internal')).toEqual([]);
  });

  it('is that of 2024 in all else', () => {
    const changed = drift(version(form, 2024), now);
    expect(changed.added.filter((id) => !`${id}.`.startsWith(`${at}.`))).toEqual([]);
    expect({ ...changed, added: [] }).toEqual({
      added: [],
      retired: [],
      moved: [],
      relabelled: [],
      options: [],
      incompatible: [],
    });
  });
});
