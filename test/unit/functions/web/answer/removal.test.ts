import { describe, expect, it } from 'vitest';
import { hasTyped, unconfirmedRemoval } from '../../../../../functions/web/answer/removal.tsx';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';

const answers = { bodies: [{ id: 'a', name: '全体会' }, { id: 'b' }] };

function asks(post: Record<string, string>): string | undefined {
  return unconfirmedRemoval(
    { form: councilReport2024, draft: { answers } },
    new Map(Object.entries(post).map(([name, value]) => [name, [value]])),
  );
}

describe('the removal of an entry', () => {
  it('is asked about once where something is stored or typed', () => {
    expect(asks({ action: 'remove:bodies.a' })).toBe('bodies.a');
    expect(asks({ action: 'remove:bodies.a', confirmed: 'yes' })).toBeUndefined();
    expect(asks({ action: 'remove:bodies.b', 'bodies.b.name': '書きかけ' })).toBe('bodies.b');
  });

  it('is not asked about where there is nothing to lose, nor is any other action', () => {
    expect(asks({ action: 'remove:bodies.b', 'bodies.b.name': '' })).toBeUndefined();
    expect(asks({ action: 'remove:bodies.none' })).toBeUndefined();
    expect(asks({ action: 'down:bodies.a' })).toBeUndefined();
  });

  it('knows whether leaving its question would lose what stands in other fields', () => {
    expect(
      hasTyped(
        new Map([
          ['csrf', ['x']],
          ['action', ['remove:bodies.a']],
          ['bodies.a.name', ['書きかけ']],
        ]),
      ),
    ).toBe(true);
    expect(
      hasTyped(
        new Map([
          ['csrf', ['x']],
          ['etag', ['"1"']],
          ['action', ['remove:bodies.a']],
        ]),
      ),
    ).toBe(false);
  });
});
