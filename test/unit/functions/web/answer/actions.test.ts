import { describe, expect, it } from 'vitest';
import { actOn, entryAction } from '../../../../../functions/web/answer/actions.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';

const bodies = councilReport2024.items.get('bodies')?.children ?? [];
const value = {
  name: '全体会',
  themes: ['一', '二', '三'],
  sessions: [{ id: 's1', items: [{ id: 'i1' }] }, { id: 's2' }],
};

function after(action: string) {
  const parsed = entryAction(action);
  return parsed && actOn(bodies, value, 'bodies.b', parsed, () => 'new');
}

describe('a button', () => {
  it('names what it does and where', () => {
    expect(entryAction('remove:bodies.b.sessions.s1')).toEqual({ verb: 'remove', path: 'bodies.b.sessions.s1' });
    expect(entryAction('save')).toBeUndefined();
    expect(entryAction('drop:bodies')).toBeUndefined();
    expect(entryAction(undefined)).toBeUndefined();
  });

  it('adds an entry with an id of its own, where the page goes on', () => {
    const acted = after('add:bodies.b.sessions.s1.items');
    expect(acted?.value['sessions']).toEqual([{ id: 's1', items: [{ id: 'i1' }, { id: 'new' }] }, { id: 's2' }]);
    expect(acted?.focus).toBe('bodies.b.sessions.s1.items.new');
  });

  it('removes an entry, and with the last one the answer', () => {
    expect(after('remove:bodies.b.sessions.s1')?.value['sessions']).toEqual([{ id: 's2' }]);
    expect(after('remove:bodies.b.sessions.s1.items.i1')?.value['sessions']).toEqual([{ id: 's1' }, { id: 's2' }]);
  });

  it('copies an entry below it, under names of their own, while there is room', () => {
    expect(after('copy:bodies.b.sessions.s1')).toEqual({
      value: { ...value, sessions: [value.sessions[0], { id: 'new', items: [{ id: 'new' }] }, { id: 's2' }] },
      focus: 'bodies.b.sessions.new',
    });
    expect(after('copy:bodies.b.sessions.s9')?.value).toEqual(value);
    const full = { items: Array.from({ length: 30 }, (_, index) => ({ id: `i${index}` })) };
    const inside = councilReport2024.items.get('bodies.sessions')?.children ?? [];
    const action = { verb: 'copy', path: 's.items.i1' } as const;
    expect(actOn(inside, full, 's', action, () => 'new')?.value).toEqual(full);
  });

  it('moves entries and texts by one', () => {
    expect(after('up:bodies.b.sessions.s2')?.value['sessions']).toEqual([
      { id: 's2' },
      { id: 's1', items: [{ id: 'i1' }] },
    ]);
    expect(after('down:bodies.b.themes.0')?.value['themes']).toEqual(['二', '一', '三']);
    expect(after('up:bodies.b.themes.0')?.value['themes']).toEqual(['一', '二', '三']);
  });

  it('changes nothing where there is nothing such', () => {
    expect(after('remove:bodies.b.sessions.s9')?.value).toEqual(value);
    expect(after('remove:bodies.b.name')).toBeUndefined();
    expect(after('remove:bodies.c.sessions.s1')).toBeUndefined();
  });

  it('opens an entry without changing it', () => {
    expect(after('open:bodies.b.sessions.s2')).toEqual({ value, focus: 'bodies.b.sessions.s2' });
  });
});
