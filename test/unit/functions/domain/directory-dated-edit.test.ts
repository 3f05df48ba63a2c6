import { describe, expect, it } from 'vitest';
import { makeEdit } from '../../../../functions/domain/directory-dated-edit.ts';
import type { DatedEdit } from '../../../../functions/domain/directory-dated-edit.ts';
import { descriptionFields } from '../../../../functions/domain/directory-description.ts';
import { editFieldsOf } from '../../../../functions/domain/directory-edits.ts';
import type { Edited, EditFields } from '../../../../functions/domain/directory-edits.ts';
import { directory as directorySchema } from '../../../../schemas/directory.ts';
import type { Directory } from '../../../../schemas/directory.ts';

const today = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: '112038', name: '川口市', kind: 'city' },
    { code: '112011', name: '川越市', kind: 'city' },
    { code: '113018', name: '伊奈町', kind: 'town' },
  ],
  councils: [{ id: 'joint', name: '合同協議会', members: ['112038', '112011'], lead: '112038' }],
});
/** From the next April another lead, and a town with another name. */
const planned = {
  ...today,
  validFrom: '2025-04-01',
  municipalities: today.municipalities.map((each) => (each.code === '113018' ? { ...each, name: '新伊奈町' } : each)),
  councils: today.councils.map((each) => ({ ...each, lead: '112011' })),
};
const council: Edited = { list: 'council', id: 'joint' };
const empty: EditFields = {
  id: '',
  name: '',
  kind: '',
  welfareOffice: '',
  answering: '',
  validFrom: '',
  validTo: '',
  successors: '',
  members: '',
  lead: '',
  ward: '',
  ...descriptionFields([]),
};

function edit(typed: Partial<EditFields> | 'remove', rest: Partial<DatedEdit> = {}): ReturnType<typeof makeEdit> {
  const edited = rest.edited ?? council;
  return makeEdit({
    edited,
    shown: today,
    typed: typed === 'remove' ? undefined : { ...(editFieldsOf(today, edited) ?? empty), ...typed },
    day: '2024-10-15',
    inForce: today,
    later: [{ day: '2025-04-01', version: 2, directory: planned }],
    isWanted: () => undefined,
    ...rest,
  });
}

/** The council as each version made by the edit has it, by first day. */
function councils(result: ReturnType<typeof makeEdit>): unknown {
  if (!result.ok) return result.errors.map(({ path, code }) => [path, code]);
  return result.versions.map(
    ({
      after: {
        validFrom,
        councils: [made],
      },
    }) => [validFrom, made?.name, made?.lead],
  );
}

describe('a correction while another directory is planned', () => {
  it('asks whether it is to be made in the plan too', () => {
    expect(councils(edit({ name: '改称協議会' }))).toEqual([['also.2025-04-01', 'required']]);
  });

  it('leaves the plan alone where that is the answer', () => {
    expect(councils(edit({ name: '改称協議会' }, { isWanted: () => false }))).toEqual([
      ['2024-10-15', '改称協議会', '112038'],
    ]);
  });

  it('is made in the plan without what the plan changes becoming part of it, or the other way round', () => {
    expect(councils(edit({ name: '改称協議会' }, { isWanted: () => true }))).toEqual([
      ['2024-10-15', '改称協議会', '112038'],
      ['2025-04-01', '改称協議会', '112011'],
    ]);
  });

  it('asks nothing where the plan says the same already', () => {
    expect(councils(edit({ lead: '川越市' }))).toEqual([['2024-10-15', '合同協議会', '112011']]);
  });

  it('knows municipalities by their codes where the plan calls them otherwise', () => {
    const made = edit({ members: '川口市、川越市、伊奈町' }, { isWanted: () => true });
    expect(
      made.ok &&
        made.versions.map(
          ({
            after: {
              councils: [each],
            },
          }) => each?.members,
        ),
    ).toEqual([
      ['112038', '112011', '113018'],
      ['112038', '112011', '113018'],
    ]);
  });

  it('is made on the day that it names, in the version in force then', () => {
    const made = edit({ name: '改称協議会' }, { day: '2025-06-01', inForce: planned, later: [] });
    expect(councils(made)).toEqual([['2025-06-01', '改称協議会', '112011']]);
  });

  it('says in which version it cannot be made', () => {
    const removal = edit('remove', {
      edited: { list: 'municipality', id: '113018' },
      isWanted: () => true,
      later: [
        {
          day: '2025-04-01',
          version: 2,
          directory: { ...planned, councils: [{ id: 'ina', name: '伊奈', members: ['113018'], lead: '113018' }] },
        },
      ],
    });
    expect(removal.ok ? [] : removal.errors.map(({ path, message }) => [path, message.split('：')[0]])).toContainEqual([
      'also.2025-04-01',
      '令和7年4月1日からの名簿',
    ]);
  });
});

describe('a second press of the button', () => {
  it('finds the change made, also of a unit that was added', () => {
    expect(edit({})).toEqual({ ok: true, versions: [] });
    const added = { id: '112020', name: '熊谷市', kind: '市' };
    const first = edit(added, { edited: { list: 'municipality', id: 'new' }, later: [] });
    const after = first.ok ? first.versions[0]?.after : undefined;
    expect(after?.municipalities).toHaveLength(4);
    const { validFrom: _day, ...inForce } = after ?? today;
    expect(edit(added, { edited: { list: 'municipality', id: 'new' }, inForce, later: [] })).toEqual({
      ok: true,
      versions: [],
    });
    const other = { ...added, name: '熊本市' };
    expect(edit(other, { edited: { list: 'municipality', id: 'new' }, inForce, later: [] })).toMatchObject({
      ok: false,
      errors: [{ path: 'id', code: 'custom' }],
    });
  });
});

describe('a new council without an identifier', () => {
  const typed = { name: '川口協議会', members: '川口市', lead: '川口市' };
  const edited: Edited = { list: 'council', id: 'new' };
  const made = (inForce: Directory, change: Partial<EditFields> = {}): ReturnType<typeof makeEdit> =>
    edit({ ...typed, ...change }, { edited, shown: inForce, inForce, later: [] });

  it('gets one after who answers for it, and by a second press no other', () => {
    const first = made(today);
    const after = first.ok ? first.versions[0]?.after : undefined;
    expect(after?.councils[1]).toEqual({
      id: 'council-112038',
      name: '川口協議会',
      members: ['112038'],
      lead: '112038',
    });
    expect(after && made(after)).toEqual({ ok: true, versions: [] });
    expect(after && made(after, { members: '川口市、川越市' })).toMatchObject({ ok: false, errors: [{ path: 'id' }] });
  });

  it('is refused for what else is wrong, not for the identifier', () => {
    for (const lead of ['', '無名市']) {
      const wrong = made(today, { lead });
      expect(wrong.ok ? [] : wrong.errors.map(({ path }) => path)).not.toContain('id');
      expect(wrong.ok).toBe(false);
    }
  });
});

it('takes no name that nobody has for a code', () => {
  for (const typed of [{ members: '川口市、川越' }, { lead: '川越' }]) {
    const made = edit(typed, { later: [] });
    expect(made).toMatchObject({ ok: false, errors: [{ path: Object.keys(typed)[0], code: 'unknown-name' }] });
    expect(JSON.stringify(made)).toContain('「川越」は名簿にありません。名簿にある名称又はコードを入力してください。');
  }
  const ended = { validTo: '令和7年3月31日', successors: '川越' };
  const town: Edited = { list: 'municipality', id: '113018' };
  expect(councils(edit(ended, { edited: town, later: [] }))).toEqual([['successors', 'unknown-name']]);
});

describe('two municipalities of one name', () => {
  const namesakes = directorySchema.parse({
    ...today,
    municipalities: [
      ...today.municipalities,
      { code: '113816', name: '美里町', kind: 'town' },
      { code: '113824', name: '美里町', kind: 'town' },
    ],
    councils: [{ id: 'joint', name: '合同協議会', members: ['112038', '113824'], lead: '113824' }],
  });
  const inNamesakes = (typed: Partial<EditFields>): ReturnType<typeof makeEdit> =>
    edit({ ...editFieldsOf(namesakes, council), ...typed }, { shown: namesakes, inForce: namesakes, later: [] });

  it('are shown with their codes, and read back as they were', () => {
    expect(editFieldsOf(namesakes, council)).toMatchObject({
      members: '川口市、美里町（113824）',
      lead: '美里町（113824）',
    });
    expect(councils(inNamesakes({ name: '改称協議会' }))).toEqual([['2024-10-15', '改称協議会', '113824']]);
  });

  it('are refused by their name alone, which says both codes', () => {
    const made = inNamesakes({ lead: '美里町' });
    expect(made).toMatchObject({ ok: false, errors: [{ path: 'lead', code: 'ambiguous-name' }] });
    expect(JSON.stringify(made)).toContain('「美里町（113816）」、「美里町（113824）」');
    expect(councils(inNamesakes({ members: '川口市、美里町' }))).toEqual([['members', 'ambiguous-name']]);
  });
});
