import { describe, expect, it } from 'vitest';
import {
  isAllowed,
  isSharedWith,
  mayEnter,
  asReader,
  relationTo,
  relationToMunicipality,
  standingOf,
} from '../../../../functions/domain/authorisation.ts';
import type { Action, Person, Relation } from '../../../../functions/domain/authorisation.ts';
import { versionOn, withNext } from '../../../../functions/domain/directory-calendar.ts';
import type { DirectoryCalendar } from '../../../../functions/domain/directory-calendar.ts';
import type { Directory, UnitKind } from '../../../../schemas/directory.ts';
import { standingOn } from '../../../../schemas/directory-on-day.ts';
import { dayInJapan } from '../../../../schemas/round.ts';

/** The table as the contract has it: one row per action, everyone who may. */
const reader = 'admin prefecture reader';
const prefecture = 'admin prefecture';
const everyone = `${reader} editor member stranger`;
const expected: Record<Action, string> = {
  'catalogue.read': everyone,
  'catalogue.write': prefecture,
  'directory.read': everyone,
  'directory.write': prefecture,
  'contacts.read': `${reader} editor`,
  'contacts.write': `${prefecture} editor`,
  'rounds.read': everyone,
  'rounds.write': prefecture,
  'tracker.read': everyone,
  'prefecture.read': reader,
  'return.read': `${reader} editor member proxy`,
  'return.edit': 'editor proxy',
  'section.read': `${reader} editor member guest proxy`,
  'section.edit': 'editor guest proxy',
  'return.share': 'editor',
  'return.approve': 'editor',
  'comment.write': 'editor guest',
  'comment.remove': 'editor',
  'question.read': `${reader} editor`,
  'question.ask': 'editor',
  'question.answer': prefecture,
  'return.submit': 'editor proxy',
  'return.decide': prefecture,
  'return.except': prefecture,
  'return.onBehalf': prefecture,
  'summary.read': reader,
  'exports.read': reader,
  'exports.run': prefecture,
  'exports.publish': prefecture,
  'editions.withdraw': prefecture,
  'publicAddress.write': prefecture,
  'reportSettings.read': reader,
  'reportSettings.write': prefecture,
  'mails.read': reader,
  'mails.send': prefecture,
  'log.read': reader,
  'notes.read': reader,
  'notes.write': prefecture,
  'accounts.manage': 'admin',
};

const relations = [
  'admin',
  'prefecture',
  'reader',
  'editor',
  'member',
  'guest',
  'proxy',
  'stranger',
] as const satisfies readonly Relation[];
const actions = Object.keys(expected).filter((action): action is Action => Object.hasOwn(expected, action));

describe('a unit of a kind of the directory', () => {
  const today: Directory = {
    prefecture: { code: '110001', name: '埼玉県' },
    municipalities: [{ code: '112038', name: '川口市', kind: 'city' }],
    councils: [],
    kinds: [{ id: 'office', label: '相談支援事業所' }],
    units: [
      { kind: 'office', code: '1130100001', name: '甲', municipality: '112038', answersItself: true },
      { kind: 'office', code: '1130100002', name: '乙', municipality: '112038' },
    ],
  };
  const acting = (...units: string[]): Person => ({ id: 'p', name: 'p', role: 'municipality', units });
  const relations = (person: Person, ...codes: string[]): Relation[] =>
    codes.map((code) => relationTo(person, { id: 'offices', units: 'office' }, code, today));

  it('that answers itself is the editor of its own return only, and no municipality reads it', () => {
    expect(relations(acting('1130100001'), '1130100001', '1130100002')).toEqual(['editor', 'stranger']);
    expect(relations(acting('112038'), '1130100001', '1130100002')).toEqual(['stranger', 'editor']);
    expect(relationTo(acting('1130100001'), { id: 'x', units: 'municipality' }, '112038', today)).toBe('stranger');
    expect(relationToMunicipality(acting('1130100001'), '112038')).toBe('stranger');
  });
});

describe('the table', () => {
  it.each(actions.flatMap((action) => relations.map((relation) => [relation, action] as const)))(
    '%s · %s',
    (relation, action) => {
      expect(isAllowed(relation, action)).toBe(expected[action].split(' ').includes(relation));
    },
  );

  it('lets the prefecture edit no answers', () => {
    expect(isAllowed('prefecture', 'return.edit')).toBe(false);
    expect(isAllowed('prefecture', 'return.submit')).toBe(false);
  });
});

const today: Directory = {
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: '111007', name: 'さいたま市', kind: 'city' },
    { code: '112011', name: '川越市', kind: 'city' },
    { code: '113018', name: '伊奈町', kind: 'town' },
  ],
  councils: [
    { id: 'joint', name: '共同協議会', members: ['112011', '113018'], lead: '113018' },
    { id: 'omiya', name: '大宮区協議会', members: ['111007'], lead: '111007', ward: '大宮区' },
  ],
};

const officer: Person = { id: 'p', name: '県', role: 'prefecture', units: [] };

function municipality(...units: string[]): Person {
  return { id: 'm', name: '市', role: 'municipality', units };
}

function formOf(units: UnitKind, id = 'survey'): { readonly id: string; readonly units: UnitKind } {
  return { id, units };
}

describe('the relation to a unit', () => {
  it('of the prefecture is that to every unit, known or not', () => {
    expect(relationTo(officer, formOf('municipality'), '111007', today)).toBe('prefecture');
    expect(relationTo(officer, formOf('council'), 'unknown', today)).toBe('prefecture');
  });

  it('of a municipality is editor of its own return only', () => {
    expect(relationTo(municipality('112011'), formOf('municipality'), '112011', today)).toBe('editor');
    expect(relationTo(municipality('112011'), formOf('municipality'), '113018', today)).toBe('stranger');
  });

  it('of a council’s lead is editor, of its members member, of others stranger', () => {
    expect(relationTo(municipality('113018'), formOf('council'), 'joint', today)).toBe('editor');
    expect(relationTo(municipality('112011'), formOf('council'), 'joint', today)).toBe('member');
    expect(relationTo(municipality('111007'), formOf('council'), 'joint', today)).toBe('stranger');
    expect(relationTo(municipality('111007'), formOf('council'), 'omiya', today)).toBe('editor');
  });

  it('follows today’s lead', () => {
    const moved = {
      ...today,
      councils: today.councils.map((council) => (council.id === 'joint' ? { ...council, lead: '112011' } : council)),
    };
    expect(relationTo(municipality('112011'), formOf('council'), 'joint', moved)).toBe('editor');
    expect(relationTo(municipality('113018'), formOf('council'), 'joint', moved)).toBe('member');
  });

  it('of a municipality that ended is none; whoever came after it edits its return in a round of before', () => {
    const then = { ...today };
    const merged = {
      ...today,
      municipalities: today.municipalities.flatMap((each): Directory['municipalities'] =>
        each.code === '112011'
          ? [
              { ...each, validTo: '2025-03-31', successors: ['119016'] },
              { code: '119016', name: '新市', kind: 'city', validFrom: '2025-04-01' },
            ]
          : [each],
      ),
      councils: [],
    };
    const after = standingOn(merged, '2025-04-01');
    const relation = (unit: string, of = '112011') =>
      relationTo(municipality(unit), formOf('municipality'), of, then, after);
    expect([relation('112011'), relation('119016'), relation('113018')]).toEqual(['stranger', 'editor', 'stranger']);
    expect(relation('113018', '113018')).toBe('editor');
    expect(relationTo(municipality('119016'), formOf('council'), 'joint', then, after)).toBe('member');
    expect(relationTo(municipality('112011'), formOf('council'), 'joint', then, after)).toBe('stranger');
  });

  it('to a return that is only read is that of a reader or a member', () => {
    expect((['admin', 'prefecture', 'proxy', 'reader'] as const).map(asReader)).toEqual(Array(4).fill('reader'));
    expect((['editor', 'member'] as const).map(asReader)).toEqual(['member', 'member']);
    expect((['guest', 'stranger'] as const).map(asReader)).toEqual(['stranger', 'stranger']);
  });

  it('changes with the directory in force at the minute at which its first day begins in Japan', () => {
    const councils = today.councils.map((council) =>
      council.id === 'joint' ? { ...council, lead: '112011' } : council,
    );
    const versions = [today, { ...today, councils, validFrom: '2025-04-01' }];
    const none: DirectoryCalendar = { newest: 0, starts: {} };
    const calendar = versions.reduce<DirectoryCalendar>(
      (all, { validFrom }: Directory) => withNext(all, { validFrom }, '2024-10-15'),
      none,
    );
    const relationAt = (unit: string, instant: string): Relation | undefined => {
      const held = versions[(versionOn(calendar, dayInJapan(new Date(instant))) ?? 0) - 1];
      return held && relationTo(municipality(unit), formOf('council'), 'joint', held);
    };
    const minutes = ['2025-03-31T23:59:59+09:00', '2025-03-31T15:00:00Z', '2025-04-01T00:00:00+09:00'];
    expect(minutes.map((minute) => relationAt('113018', minute))).toEqual(['editor', 'member', 'member']);
    expect(minutes.map((minute) => relationAt('112011', minute))).toEqual(['member', 'editor', 'editor']);
  });

  it('of a person who acts for several is the closest', () => {
    expect(relationTo(municipality('112011', '113018'), formOf('council'), 'joint', today)).toBe('editor');
  });

  it('of a division is that of its municipality, to the one form that it answers', () => {
    const welfare: Person = { ...municipality(), divisions: [{ unit: '113018', form: 'survey' }] };
    expect(relationTo(welfare, formOf('municipality'), '113018', today)).toBe('editor');
    expect(relationTo(welfare, formOf('council'), 'joint', today)).toBe('editor');
    expect(relationTo(welfare, formOf('municipality', 'other'), '113018', today)).toBe('stranger');
    expect(relationTo(welfare, formOf('municipality'), '112011', today)).toBe('stranger');
  });

  it('to a municipality as a whole is its own, and neither a division’s nor a colleague’s', () => {
    const own: Person = { ...municipality('113018'), divisions: [{ unit: '112011', form: 'survey' }] };
    expect(relationToMunicipality(officer, '113018')).toBe('prefecture');
    expect(relationToMunicipality(own, '113018')).toBe('editor');
    expect(relationToMunicipality(own, '112011')).toBe('stranger');
  });

  it('to a unit that does not answer the form, or to nobody known, is that of a stranger', () => {
    expect(relationTo(municipality('113018'), formOf('welfareOffice'), '113018', today)).toBe('stranger');
    expect(relationTo(municipality('113018'), formOf('municipality'), 'joint', today)).toBe('stranger');
    expect(relationTo(municipality('112020'), formOf('municipality'), '112020', today)).toBe('stranger');
    expect(relationTo(municipality(), formOf('municipality'), '111007', today)).toBe('stranger');
  });

  it('to no unit in particular is the role', () => {
    expect(standingOf(officer)).toBe('prefecture');
    expect(standingOf({ ...officer, rank: 'admin' })).toBe('admin');
    expect(standingOf({ ...officer, rank: 'reader' })).toBe('reader');
    expect(standingOf(municipality('111007'))).toBe('stranger');
  });
});

describe('what was shared by a link', () => {
  const key = { round: 'R6', form: 'council-report', unit: 'joint' };
  const guest: Person = { ...municipality(), share: { ...key, id: 'link', sections: ['profile'] } };

  it('is one return, or the sections of it that were named', () => {
    const whole = { ...key, id: 'link' };
    for (const other of [{ round: 'R5' }, { form: 'municipal-survey' }, { unit: 'omiya' }])
      expect(isSharedWith(whole, { ...key, ...other }, undefined)).toBe(false);
    expect(['profile', 'bodies', undefined].map((section) => isSharedWith(whole, key, section))).toEqual([
      true,
      true,
      true,
    ]);
    const some = { ...whole, sections: ['profile'] };
    expect(['profile', 'bodies', undefined].map((section) => isSharedWith(some, key, section))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('makes its guest a guest and no municipality', () => {
    expect(standingOf(guest)).toBe('guest');
    expect(relationTo(guest, formOf('municipality'), '111007', today)).toBe('stranger');
  });
});

describe('the site', () => {
  it('is for everybody with a role, and during an incident for the prefecture alone', () => {
    expect([officer, municipality('111007')].map((person) => mayEnter('everyone', person))).toEqual([true, true]);
    expect([officer, municipality('111007'), municipality()].map((person) => mayEnter('prefecture', person))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
