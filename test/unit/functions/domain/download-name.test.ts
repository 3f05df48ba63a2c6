import { describe, expect, it } from 'vitest';
import { attachment, publicationLabel } from '../../../../functions/domain/download-name.ts';

/** The name that a browser takes: the extended one where there is one. */
function savedAs(header: string): string {
  const extended = /filename\*=UTF-8''(?<name>[A-Za-z0-9%._~-]+)$/.exec(header)?.groups?.['name'];
  return extended === undefined
    ? (/filename="(?<name>[ -~]+)"$/.exec(header)?.groups?.['name'] ?? '')
    : decodeURIComponent(extended);
}

describe('the name under which a file is saved', () => {
  it.each([
    ['public/summary.json', undefined, '公表案_public-summary.json'],
    ['public/R6.xlsx', undefined, '公表案_public-R6.xlsx'],
    ['public/summary.json', 2, 'public-summary.json'],
    ['internal/report.docx', undefined, '庁内用_R6_report.docx'],
    ['internal/report.docx', 2, '庁内用_R6_report.docx'],
    ['internal/R6.xlsx', undefined, '庁内用_R6.xlsx'],
    ['manifest.json', undefined, 'manifest.json'],
    ['edition/manifest.json', 2, 'manifest.json'],
    ['edition/errata.returns.csv', 2, 'errata.returns.csv'],
  ])('of %s in edition %s is %s', (path, edition, name) => {
    expect(savedAs(attachment(path, { edition }, 'R6'))).toBe(name);
  });

  it('is ASCII in the header, with a plain name for programs that know no other', () => {
    const header = attachment('public/report.html', {}, 'R6');
    expect(header).toMatch(
      /^attachment; filename="draft-public-report\.html"; filename\*=UTF-8''%E5%85%AC%E8%A1%A8%E6%A1%88_/,
    );
  });
});

describe('what the public files are called', () => {
  it('is a draft until they are published', () => {
    expect(publicationLabel({})).toBe('公表案（未公表）');
    expect(publicationLabel({ edition: 3 })).toBe('公表版 第3版');
  });
});
