import { describe, expect, it } from 'vitest';
import { longestShareName, shareName, shareWanted } from '../../../schemas/share.ts';

describe('a name', () => {
  it.each(['障害福祉課 山田', 'あ'.repeat(longestShareName), '葛󠄀城'])('may be %s', (name) => {
    expect(shareName.parse(` ${name} `)).toBe(name);
  });

  it.each(['', '　', '\u200B', 'あ'.repeat(longestShareName + 1), '山田\n県担当', '山田\u202E', '山\u0000田'])(
    'may not be %j',
    (name) => {
      expect(shareName.safeParse(name).success).toBe(false);
    },
  );
});

describe('a link that is wanted', () => {
  it('names sections, or none for the whole return, and when it ends', () => {
    const wanted = { name: '障害福祉課', expiresAt: '2024-11-08T23:59:59+09:00' };
    expect(shareWanted.safeParse(wanted).success).toBe(true);
    expect(shareWanted.safeParse({ ...wanted, sections: [] }).success).toBe(false);
    expect(shareWanted.safeParse({ ...wanted, expiresAt: '2024-11-08' }).success).toBe(false);
    expect(shareWanted.safeParse({ ...wanted, maySubmit: true }).success).toBe(false);
  });
});
