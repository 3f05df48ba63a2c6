import { describe, expect, it } from 'vitest';
import { PageErrors } from '../../../../../functions/web/answer/page-errors.tsx';

function htmlOf(count: number): string {
  const errors = Array.from({ length: count }, (_, index) => ({
    href: `#q${index}`,
    message: `項目${index}を入力してください。`,
  }));
  // oxlint-disable-next-line typescript/no-base-to-string -- an element of hono/jsx is its HTML as a string
  return String(PageErrors({ errors }));
}

describe('the errors of a page', () => {
  it('are none where nothing is wrong', () => {
    expect(htmlOf(0)).toBe('');
  });

  it('are all named where there is room', () => {
    const html = htmlOf(3);
    expect(html).toContain('エラー（3件）');
    expect(html).toContain('<a href="#q2">');
    expect(html).not.toContain('ほか');
  });

  it('are counted beyond that, and said at their questions', () => {
    const html = htmlOf(1000);
    expect(html).toContain('エラー（1000件）');
    expect(html).toMatch(/ほか\d+件は、各項目に表示しています。/);
    expect(Buffer.byteLength(html)).toBeLessThan(14_000);
  });
});
