import { describe, expect, it } from 'vitest';
import { createDrawer } from '../../../../../functions/web/shared/drawer.ts';
import type { Drawer } from '../../../../../functions/web/shared/drawer.ts';
import type { FormPlace, KeptForms } from '../../../../../functions/storage/kept-forms.ts';
import type { Posted } from '../../../../../functions/web/fields/posted.ts';

function memory(isFull = false): Pick<KeptForms, 'keepForm' | 'keptForm'> {
  const forms = new Map<string, URLSearchParams>();
  const keyOf = (place: FormPlace): string => JSON.stringify(place);
  return {
    keepForm: async (place, typed) => {
      if (!isFull) forms.set(keyOf(place), typed);
      return !isFull;
    },
    keptForm: async (place) => forms.get(keyOf(place)),
  };
}

function drawerOf(forms: ReturnType<typeof memory>, owner = 'person', ids: string[] = []): Drawer {
  return createDrawer(forms, owner, { get: () => ids.at(-1), set: (id) => void ids.push(id) });
}

const typed: Posted = new Map([
  ['contact.remarks', ['一\r\n二']],
  ['bases.partners', ['', 'a', 'b']],
]);

describe('a drawer', () => {
  it('gives back what was put into it, by its name, and knows the browser from then on', async () => {
    const ids: string[] = [];
    const drawer = drawerOf(memory(), 'person', ids);
    const name = await drawer.keep(typed);
    expect(await drawer.kept(name ?? '')).toEqual(typed);
    const other = await drawer.keep(new Map());
    expect(other).not.toBe(name);
    expect(new Set(ids).size).toBe(1);
    expect(await drawer.kept(name ?? '')).toEqual(typed);
  });

  it('opens for nobody else, and in no other browser', async () => {
    const forms = memory();
    const ids: string[] = [];
    const name = await drawerOf(forms, 'person', ids).keep(typed);
    expect(await drawerOf(forms, 'other', [...ids]).kept(name ?? '')).toBeUndefined();
    expect(await drawerOf(forms, 'person', ['elsewhere']).kept(name ?? '')).toBeUndefined();
    expect(await drawerOf(forms).kept(name ?? '')).toBeUndefined();
  });

  it('holds texts that are too long to be kept in one', async () => {
    const drawer = drawerOf(memory());
    const long: Posted = new Map([
      ['a', ['短い', `${'x'.repeat(49_999)}${'𠮷'.repeat(90_000)}`, '']],
      ['b', ['長'.repeat(250_000)]],
      ['c', ['']],
    ]);
    expect(await drawer.kept((await drawer.keep(long)) ?? '')).toEqual(long);
    expect(await drawer.kept('no name')).toBeUndefined();
  });

  it('says that it is too small for what would be kept in a hundred parts', async () => {
    const drawer = drawerOf(memory());
    const texts = (count: number): Posted => new Map([['a', Array.from({ length: count }, () => 'x'.repeat(100_000))]]);
    expect(await drawer.kept((await drawer.keep(texts(99))) ?? '')).toEqual(texts(99));
    expect(await drawer.keep(texts(100))).toBeUndefined();
  });

  it('says that it is too small', async () => {
    const ids: string[] = [];
    expect(await drawerOf(memory(true), 'person', ids).keep(typed)).toBeUndefined();
    expect(ids).toEqual([]);
  });
});
