import { describe, expect, it } from 'vitest';
import { actOn } from '../../../../../functions/web/answer/actions.ts';
import { withRestored } from '../../../../../functions/web/answer/removal.tsx';
import type { JsonObject } from '../../../../../schemas/values/json.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';

const { sections } = councilReport2024;
const answers: JsonObject = {
  profile: { goals: ['一', '二', '一'] },
  bodies: [{ id: 'a', name: '全体会', sessions: [{ id: 's1', title: '第1回' }, { id: 's2' }] }, { id: 'b' }],
};

describe('an entry that is removed', () => {
  it.each(['bodies.a', 'bodies.a.sessions.s1', 'profile.goals.2'])('comes back where it stood: %s', (path) => {
    const acted = actOn(sections, answers, '', { verb: 'remove', path }, () => 'new');
    expect(acted?.value).not.toEqual(answers);
    expect(acted?.removed).toBeDefined();
    expect(acted?.removed && withRestored({ sections }, acted.value, acted.removed)).toEqual(answers);
  });

  it('is not offered again where nothing was in it', () => {
    for (const path of ['bodies.b', 'bodies.a.sessions.s2', 'bodies.none'])
      expect(actOn(sections, answers, '', { verb: 'remove', path }, () => 'new')?.removed).toBeUndefined();
  });

  it('comes back once, and only where there is a list for it', () => {
    const body = { id: 'a', name: '全体会' };
    for (const list of ['bodies', 'bodies.b.name', 'bodies.c.sessions', 'nothing', 'bodies.a'])
      expect(withRestored({ sections }, answers, { list, at: 0, entry: body })).toBeUndefined();
    expect(withRestored({ sections }, {}, { list: 'bodies', at: 7, entry: body })).toEqual({ bodies: [body] });
  });
});
