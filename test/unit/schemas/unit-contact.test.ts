import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactPerson, unitContact } from '../../../schemas/unit-contact.ts';

const person = {
  division: '障害福祉課',
  person: '山田　太郎',
  telephone: '048-000-0000',
  email: 'a.b@town.example.lg.jp',
};

describe('a contact', () => {
  it('has a person with all of division, name, telephone and e-mail, and perhaps a deputy', () => {
    expect(unitContact.parse({ main: person, deputy: person })).toEqual({ main: person, deputy: person });
    for (const field of Object.keys(person))
      expect(contactPerson.safeParse({ ...person, [field]: '' }).success, field).toBe(false);
    expect(unitContact.safeParse({ deputy: person }).success).toBe(false);
    expect(unitContact.safeParse({ main: { ...person, mobile: '090' } }).success).toBe(false);
  });

  it('is read in full width, and stored as servers and telephones take it', () => {
    const typed = {
      ...person,
      telephone: '０４８（０００）００００ 内線 12',
      email: ' Ｔａｎｔｏｕ＠ｔｏｗｎ．ｌｇ．ｊｐ ',
    };
    const once = contactPerson.parse(typed);
    expect(once).toMatchObject({ telephone: '048(000)0000 内線12', email: 'Tantou@town.lg.jp' });
    expect(contactPerson.parse(once)).toEqual(once);
  });

  it.each([
    'a@b.jp\r\nBcc: all@example.jp',
    'a@b.jp, c@d.jp',
    '県 <a@b.jp>',
    'a b@c.jp',
    '.a@b.jp',
    'a..b@c.jp',
    'a@b',
    'a@-b.jp',
    '"a"@b.jp',
    `${'a'.repeat(300)}@b.jp`,
    '担当@b.jp',
  ])('takes no address such as %j', (email) => {
    expect(contactPerson.safeParse({ ...person, email }).success).toBe(false);
  });

  it('holds no line break that could end a header, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.keys(person)), (text, field) => {
        const parsed = contactPerson.safeParse({ ...person, [field]: text });
        expect(parsed.success && /[\r\n\0]/.test(Object.values(parsed.data).join(''))).toBe(false);
      }),
    );
  });
});
