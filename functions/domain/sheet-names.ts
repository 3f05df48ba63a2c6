/** Names of sheets as a spreadsheet allows them. */

/** In UTF-16 units, as Excel counts them. */
const longestName = 31;

/** No character outside the BMP (𠮷) is cut in two. */
function cut(text: string, length: number): string {
  const short = text.slice(0, length);
  return short.isWellFormed() ? short : short.slice(0, -1);
}

/** At most 31 characters, none of `[]:*?/\\` and no apostrophe, no two the same, and none empty. */
export function sheetNames(titles: readonly string[]): string[] {
  const used = new Set<string>();
  return titles.map((title) => {
    const clean = cut(title.replaceAll(/[[\]:*?/\\'\p{Cc}]/gu, '・'), longestName) || '・';
    let name = clean;
    for (let nth = 2; used.has(name.toLowerCase()); nth += 1) name = `${cut(clean, longestName - 4)}～${nth}`;
    used.add(name.toLowerCase());
    return name;
  });
}
