import { describe, expect, it } from 'vitest';
import {
  identified,
  mergedClasses,
  withClasses,
  withKinds,
} from '../../../../functions/domain/directory-class-edits.ts';
import { directory as directorySchema } from '../../../../schemas/directory.ts';

const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  classes: [{ id: 'class1', label: '圏域', values: ['南部', '西部'] }],
  municipalities: [{ code: '112038', name: '川口市', kind: 'city', classes: { class1: '南部' } }],
  councils: [],
});
const area = { id: 'class1', label: '圏域', values: '南部\n西部' };

describe('the classes of a directory on its page', () => {
  it('change nothing when they are saved as they are shown', () => {
    expect(withClasses(directory, [area, { id: '', label: '', values: '' }])).toEqual({ ok: true, directory });
  });

  it('are renamed, and added under an id that none has', () => {
    const made = withClasses(directory, [
      { ...area, label: '障害福祉圏域' },
      { id: '', label: '政令市・中核市', values: '' },
    ]);
    expect(made).toMatchObject({
      directory: {
        classes: [
          { id: 'class1', label: '障害福祉圏域' },
          { id: 'class2', label: '政令市・中核市' },
        ],
        municipalities: [{ classes: { class1: '南部' } }],
      },
    });
  });

  it('take what units have of them along when they are taken out', () => {
    const made = withClasses(directory, [{ ...area, label: '' }]);
    expect(made.ok && [made.directory.classes, made.directory.municipalities[0]?.classes]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('keep a value that a unit has, and names that differ', () => {
    expect(withClasses(directory, [{ ...area, values: '西部' }])).toMatchObject({
      ok: false,
      errors: [{ path: 'classes.0.values', code: 'custom' }],
    });
    expect(withClasses(directory, [area, { id: '', label: '圏域', values: '' }])).toMatchObject({
      ok: false,
      errors: [{ path: 'classes.1.label' }],
    });
  });
});

describe('the kinds of units of a directory on their page', () => {
  const office = { id: 'office', label: '相談支援事業所', values: '' };
  const offices = directorySchema.parse({
    ...directory,
    kinds: [{ id: 'office', label: '相談支援事業所' }],
    units: [{ kind: 'office', code: 'A001', name: 'ひまわり', municipality: '112038' }],
  });

  it('are added under an id that none has, renamed, and taken out where no unit is of them', () => {
    const made = withKinds(offices, [
      { ...office, label: '相談支援' },
      { id: '', label: '保健所', values: '' },
    ]);
    const kinds = [
      { id: 'office', label: '相談支援' },
      { id: 'kind1', label: '保健所' },
    ];
    expect(made).toEqual({ ok: true, directory: { ...offices, kinds } });
    const removed = withKinds({ ...offices, kinds }, [
      { ...office, label: '相談支援' },
      { id: 'kind1', label: '', values: '' },
    ]);
    expect(removed).toMatchObject({ directory: { kinds: kinds.slice(0, 1) } });
  });

  it('are refused at their fields', () => {
    expect(withKinds(offices, [{ ...office, label: '' }])).toMatchObject({
      errors: [{ path: 'classes.0.label', code: 'kind-in-use' }],
    });
    expect(withKinds(offices, [office, { id: '', label: '市町村', values: '' }])).toMatchObject({
      errors: [{ path: 'classes.1.label' }],
    });
  });
});

describe('what was changed on the page', () => {
  const group = { id: 'class2', label: '政令市・中核市', values: '' };

  it('is changed alone in another version, in the order of that version', () => {
    const planned = [group, { ...area, label: '障害福祉圏域' }, { id: 'class3', label: '規模', values: '' }];
    const typed = [{ ...area, values: '南部\n西部\n北部' }, group, { id: 'class4', label: '新', values: '' }];
    expect(mergedClasses(planned, [area, group], typed).map(({ id, label, values }) => [id, label, values])).toEqual([
      ['class2', '政令市・中核市', ''],
      ['class1', '障害福祉圏域', '南部\n西部\n北部'],
      ['class3', '規模', ''],
      ['class4', '新', ''],
    ]);
    expect(mergedClasses([area], [area, group], [area, group]), 'one that a plan takes out').toEqual([
      { ...area, row: 0 },
    ]);
  });

  it('is one and the same new class in every version, also by a second press', () => {
    const typed = [area, { id: '', label: '規模', values: '' }];
    expect(identified('class', typed, [[area], [area, group]])[1]?.id).toBe('class3');
    const made = { id: 'class3', label: '規模', values: '' };
    expect(
      identified('class', typed, [
        [area, made],
        [area, group],
      ])[1]?.id,
    ).toBe('class3');
  });
});
