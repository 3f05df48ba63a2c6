import { describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../../schemas/directory.ts';
import { applyEdit, editFieldsOf, readEdited, removeFrom } from '../../../../functions/domain/directory-edits.ts';
import { descriptionFields } from '../../../../functions/domain/directory-description.ts';
import type { Edited } from '../../../../functions/domain/directory-edits.ts';
import { packDirectory, unpackDirectory } from '../../../../functions/web/manage/directory/import.ts';
import { unstorableText } from '../../../../schemas/values/text.ts';
import saitama from '../../../fixtures/saitama-r6/directory.json' with { type: 'json' };

const directory = directorySchema.parse(saitama);
const undescribed = { ...descriptionFields([]), answering: '', validFrom: '', validTo: '', successors: '' };
const everything: Edited[] = [
  ...directory.municipalities.map(({ code }): Edited => ({ list: 'municipality', id: code })),
  ...directory.councils.map(({ id }): Edited => ({ list: 'council', id })),
];

/** Classes, populations and short names. */
const described = directorySchema.parse({
  ...saitama,
  classes: [
    { id: 'area', label: '圏域', values: ['南部', '西部'] },
    { id: 'city', label: '政令市・中核市' },
  ],
  municipalities: saitama.municipalities.map((each) =>
    each.code === '112038'
      ? {
          ...each,
          shortName: '川口',
          population: { number: 604_715, on: '2024-10-01' },
          classes: { area: '南部', city: '中核市' },
        }
      : each,
  ),
  councils: saitama.councils.map((each) => (each.id === 'hiki' ? { ...each, classes: { area: '西部' } } : each)),
});

describe('what the directory says of a unit beside who it is', () => {
  it('stays when a form is saved as it is shown', () => {
    for (const id of ['112038', '112011']) {
      const edited: Edited = { list: 'municipality', id };
      const fields = editFieldsOf(described, edited);
      if (fields !== undefined)
        expect(applyEdit(described, edited, fields)).toEqual({ ok: true, directory: described });
    }
    const hiki = editFieldsOf(described, { list: 'council', id: 'hiki' });
    if (hiki !== undefined)
      expect(applyEdit(described, { list: 'council', id: 'hiki' }, hiki)).toEqual({ ok: true, directory: described });
    expect(hiki).toMatchObject({ 'class.area': '西部', 'class.city': '' });
  });

  it('is read as people write it, and said at its field where it cannot be', () => {
    const edited: Edited = { list: 'municipality', id: '112011' };
    const fields = editFieldsOf(described, edited);
    const apply = (typed: object) =>
      fields === undefined ? undefined : applyEdit(described, edited, { ...fields, ...typed });
    expect(
      apply({ population: '３５２，４３３人', populationOn: '令和6年10月1日', 'class.area': '西部' }),
    ).toMatchObject({
      directory: {
        municipalities: expect.arrayContaining([
          expect.objectContaining({
            code: '112011',
            population: { number: 352_433, on: '2024-10-01' },
            classes: { area: '西部' },
          }),
        ]),
      },
    });
    for (const [typed, path] of [
      [{ population: '三十万', populationOn: '令和6年10月1日' }, 'population'],
      [{ population: '1000000000', populationOn: '令和6年10月1日' }, 'population'],
      [{ population: '352,433', populationOn: '令和6年' }, 'populationOn'],
      [{ 'class.area': '東部' }, 'class.area'],
    ] as const)
      expect(apply(typed)).toMatchObject({ ok: false, errors: [{ path }] });
  });
});

describe('the form of a municipality or council', () => {
  it('changes nothing when it is saved as it is shown', () => {
    for (const edited of everything) {
      const fields = editFieldsOf(directory, edited);
      expect(fields).toBeDefined();
      if (fields !== undefined) expect(applyEdit(directory, edited, fields)).toEqual({ ok: true, directory });
    }
  });

  it('takes names and codes of members alike', () => {
    const fields = {
      id: 'joint',
      name: '合同',
      kind: '',
      welfareOffice: '',
      members: '川口市、112011',
      lead: '川越市',
      ward: '',
      ...undescribed,
    };
    const edited = applyEdit(directory, { list: 'council', id: 'new' }, fields);
    expect(edited.ok && edited.directory.councils.at(-1)).toEqual({
      id: 'joint',
      name: '合同',
      members: ['112038', '112011'],
      lead: '112011',
    });
  });

  it('means by a name who has it now, where a merged city kept the name of one before it, and keeps the days', () => {
    const [first, ...rest] = directory.municipalities;
    const dates = { validFrom: '2025-04-01' };
    const merged = directorySchema.parse({
      ...directory,
      municipalities: [
        { ...first, validTo: '2025-03-31', successors: ['119016'] },
        { code: '119016', name: first?.name, kind: 'city', ...dates },
        ...rest,
      ],
      councils: [{ id: 'merged', name: '協議会', members: ['119016'], lead: '119016', ...dates }],
    });
    const edited: Edited = { list: 'council', id: 'merged' };
    const fields = editFieldsOf(merged, edited);
    expect(fields).toMatchObject({ members: first?.name, lead: first?.name });
    const saved = fields && applyEdit(merged, edited, { ...fields, name: '改称協議会' });
    expect(saved?.ok && saved.directory.councils).toEqual([
      { id: 'merged', name: '改称協議会', members: ['119016'], lead: '119016', ...dates },
    ]);
    const city: Edited = { list: 'municipality', id: '119016' };
    const own = editFieldsOf(merged, city);
    const renamed = own && applyEdit(merged, city, { ...own, name: '改称市' });
    expect(renamed?.ok && renamed.directory.municipalities[1]).toMatchObject({ name: '改称市', ...dates });
  });

  it('says at which field something is wrong', () => {
    const fields = {
      id: '112039',
      name: '',
      kind: '市',
      welfareOffice: '',
      members: '',
      lead: '',
      ward: '',
      ...undescribed,
    };
    const edited = applyEdit(directory, { list: 'municipality', id: 'new' }, fields);
    expect(edited.ok ? [] : edited.errors.map(({ path }) => path)).toEqual(expect.arrayContaining(['id', 'name']));
    const without = applyEdit(directory, { list: 'municipality', id: 'new' }, { ...fields, kind: '' });
    expect(without.ok ? [] : without.errors.map(({ path }) => path)).toEqual(['kind']);
  });

  it('refuses control characters in a name, at its field', () => {
    const edited = { list: 'council', id: 'new' } as const;
    const fields = {
      id: 'joint',
      name: '合同',
      kind: '',
      welfareOffice: '',
      members: '川口市',
      lead: '川口市',
      ward: '',
      ...undescribed,
    };
    const errorsOf = (changed: typeof fields): unknown => {
      const applied = applyEdit(directory, edited, changed);
      return applied.ok ? [] : applied.errors;
    };
    expect(errorsOf({ ...fields, name: '合\u000B同' })).toEqual([
      { path: 'name', code: 'custom', message: unstorableText },
    ]);
    expect(errorsOf({ ...fields, ward: '大宮\u001B区' })).toEqual([
      { path: 'ward', code: 'custom', message: unstorableText },
    ]);
  });

  it('does not remove a municipality that a council still names', () => {
    expect(removeFrom(directory, { list: 'municipality', id: '112038' }).ok).toBe(false);
    const removed = removeFrom(directory, { list: 'council', id: 'hiki' });
    expect(removed.ok && removed.directory.councils).toHaveLength(directory.councils.length - 1);
  });

  it('is named by its address', () => {
    expect(readEdited('council/hiki')).toEqual({ list: 'council', id: 'hiki' });
    expect([undefined, '', 'council', 'council/', 'x/y', 'council/a/b'].map(readEdited)).toEqual(
      Array(6).fill(undefined),
    );
  });
});

describe('a directory waiting in a form', () => {
  it('comes back as it was packed', () => {
    expect(unpackDirectory(packDirectory(directory))).toEqual(directory);
  });

  it('is small even for all municipalities of Japan', () => {
    const [first] = directory.municipalities;
    const many = {
      ...directory,
      municipalities: Array.from({ length: 1741 }, () => first).flatMap((each, index) =>
        each === undefined ? [] : [{ ...each, code: String(110000 + index), name: `${each.name}${index}` }],
      ),
    };
    expect(packDirectory(many).length).toBeLessThan(40_000);
  });

  it('is none when somebody has changed it into something else', () => {
    expect(unpackDirectory('bm90IGd6aXA')).toBeUndefined();
    expect(unpackDirectory(packDirectory({ ...directory, municipalities: [] }))).toBeUndefined();
  });
});

/** Offices that answer themselves or are answered for; one has ended. */
const withOffices = directorySchema.parse({
  ...saitama,
  classes: [{ id: 'area', label: '圏域', values: ['南部', '西部'] }],
  kinds: [{ id: 'office', label: '相談支援事業所' }],
  units: [
    { kind: 'office', code: 'A001', name: 'ひまわり 相談室', municipality: '112038', classes: { area: '南部' } },
    { kind: 'office', code: 'A002', name: 'すみれ', answersItself: true, validFrom: '2024-10-01' },
    {
      kind: 'office',
      code: 'A003',
      name: 'さくら',
      municipality: '112011',
      validTo: '2024-09-30',
      successors: ['A001', 'A002'],
    },
  ],
});

describe('a unit of a kind that the prefecture has added', () => {
  const unit = (id: string): Edited => ({ list: 'unit', id });
  const typed = (id: string, change: object) => {
    const fields = editFieldsOf(withOffices, unit(id));
    return fields && applyEdit(withOffices, unit(id), { ...fields, ...change });
  };
  const errorsIn = (made: ReturnType<typeof typed>): unknown =>
    made === undefined || made.ok ? [] : made.errors.map(({ path, code }) => [path, code]);

  it('stays as it is when a form is saved as it is shown', () => {
    for (const id of ['A001', 'A002', 'A003']) expect(typed(id, {})).toEqual({ ok: true, directory: withOffices });
    expect(editFieldsOf(withOffices, unit('A003'))).toMatchObject({
      members: '川越市',
      answering: '',
      validTo: '令和6年9月30日',
      successors: 'ひまわり 相談室、すみれ',
    });
    expect(readEdited('unit/A001')).toEqual(unit('A001'));
  });

  it('is added, changed, ended and taken out', () => {
    const added = typed('new', { id: 'Ｂ１', name: '県南保健所', kind: 'office', answering: 'itself' });
    expect(added?.ok && added.directory.units?.at(-1)).toEqual({
      kind: 'office',
      code: 'B1',
      name: '県南保健所',
      answersItself: true,
    });
    const ended = typed('A001', { validTo: 'R7.3.31', successors: 'すみれ', 'class.area': '西部' });
    expect(ended?.ok && ended.directory.units?.[0]).toMatchObject({
      classes: { area: '西部' },
      validTo: '2025-03-31',
      successors: ['A002'],
    });
    const without = removeFrom(withOffices, unit('A003'));
    expect(without.ok && without.directory.units?.map(({ code }) => code)).toEqual(['A001', 'A002']);
  });

  it('is refused at the field that is wrong', () => {
    expect(errorsIn(typed('new', { id: 'B1', name: '名', kind: '' }))).toEqual([['kind', 'required']]);
    const wrong = { id: '１２', name: '名', kind: 'office', members: 'ない市' };
    expect(errorsIn(typed('new', wrong))).toEqual(expect.arrayContaining([['id', 'invalid_format']]));
    expect(errorsIn(typed('new', { ...wrong, id: 'B1' }))).toEqual(
      expect.arrayContaining([['members', 'invalid_format']]),
    );
    expect(errorsIn(typed('new', { id: 'B1', name: '名', kind: 'office' }))).toEqual([['members', 'custom']]);
    expect(errorsIn(typed('A001', { validTo: '来年', validFrom: '令和7年' }))).toEqual([
      ['validFrom', 'not-a-day'],
      ['validTo', 'not-a-day'],
    ]);
    expect(errorsIn(typed('A001', { validTo: '令和7年3月31日', successors: 'どこか' }))).toEqual([
      ['successors', 'custom'],
    ]);
  });

  it('whose code ended comes back as itself from a later day, and nobody else gets the code', () => {
    const other = typed('new', { id: 'A003', name: '別の事業所', kind: 'office', answering: 'itself' });
    expect(errorsIn(other)).toEqual([['id', 'ended-code']]);
    const back = typed('A003', { validFrom: '令和8年4月1日', validTo: '', successors: '' });
    expect(back?.ok && back.directory.units?.[2]).toEqual({
      kind: 'office',
      code: 'A003',
      name: 'さくら',
      municipality: '112011',
      validFrom: '2026-04-01',
    });
  });
});
