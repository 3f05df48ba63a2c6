import { describe, expect, it } from 'vitest';
import { form } from '../../../../schemas/form.ts';
import { group, list, reference, text } from '../../../../schemas/kinds/question.ts';
import { strikes } from '../../schemas/forms/returns.ts';

const scratch = form(
  'scratch',
  1,
  { title: '', units: 'municipality', help: '' },
  {
    bodies: list('会議体', 9, {
      name: text('名称', 10),
      above: reference('上位'),
      more: group('他', { deputy: reference('代わり') }),
      steps: list('段', 9, { after: reference('前の段') }),
    }),
  },
);

const refused = (...bodies: object[]) => strikes(scratch, 'refuse', JSON.parse(JSON.stringify({ bodies })));

describe('a reference', () => {
  it('stands when it names an entry of its list', () =>
    expect(refused({ id: 'a' }, { id: 'b', above: 'a', more: { deputy: 'a' } })).toEqual([]));

  it('is refused when it names none, in groups too', () =>
    expect(refused({ id: 'a', above: 'gone', more: { deputy: 'away' } })).toEqual([
      'bodies.a.above.unknown-above',
      'bodies.a.more.deputy.unknown-deputy',
    ]));

  it('is refused when it leads back to its entry', () => {
    expect(refused({ id: 'a', above: 'a' })).toEqual(['bodies.a.above.above-cycle']);
    expect(refused({ id: 'a', above: 'b' }, { id: 'b', above: 'a' }, { id: 'c', above: 'a' })).toEqual([
      'bodies.a.above.above-cycle',
      'bodies.b.above.above-cycle',
    ]);
  });

  it('names entries of the innermost list around it, and no others', () =>
    expect(refused({ id: 'a', steps: [{ id: 's' }, { id: 't', after: 's' }, { id: 'u', after: 'a' }] })).toEqual([
      'bodies.a.steps.u.after.unknown-after',
    ]));
});
