import { describe, expect, it } from 'vitest';
import { PageRenderer } from '../../../../../functions/export/files/page-renderer.ts';
import type { DetailBlock } from '../../../../../functions/export/files/page-renderer.ts';
import { heading } from '../../../../../functions/domain/report/document.ts';

function pagesOf(members: string): DetailBlock[] {
  return [
    heading('item', 'さいたま市自立支援協議会'),
    { kind: 'table', caption: '会議体', columns: [{ label: '名称' }, { label: '委員' }], rows: [['全体会', members]] },
  ];
}

describe('pages about a return', () => {
  it('are rendered once where the public sees what the prefecture sees', () => {
    const renderer = new PageRenderer();
    const internal = renderer.render(pagesOf('20'));
    expect(renderer.render(pagesOf('20'))).toBe(internal);
    expect(Buffer.from(internal.html).toString('utf8')).toContain('全体会');
    expect(Buffer.from(internal.word).toString('utf8')).toContain('全体会');
  });

  it('are the public’s own where anything differs', () => {
    const renderer = new PageRenderer();
    renderer.render(pagesOf('20'));
    const withoutMembers = renderer.render(pagesOf(''));
    expect(withoutMembers).toEqual(new PageRenderer().render(pagesOf('')));
  });

  it('are rendered anew where rows are made while they are read', () => {
    const renderer = new PageRenderer();
    const rows = (name: string): Iterable<readonly string[]> => [[name]].values();
    const table = (name: string): DetailBlock[] => [
      { kind: 'table', caption: '会議体', columns: [{ label: '名称' }], rows: rows(name) },
    ];
    renderer.render(table('全体会'));
    expect(Buffer.from(renderer.render(table('専門部会')).html).toString('utf8')).toContain('専門部会');
  });
});
