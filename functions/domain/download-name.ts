/** Under which name a file of an export is saved. The bytes are the same before and after publication; the name tells. */

export const publicFolder = 'public/';
export const editionFolder = 'edition/';

/** What an export's public files are: an edition once they are published, and until then a draft of one. */
export function publicationLabel(edition: number | undefined): string {
  return edition === undefined ? '公表案（未公表）' : `公表版 第${edition}版`;
}

const draftPrefix = '公表案_';

/** What the name of an archive of all public files begins with. */
export function archiveLabel(edition: number | undefined): string {
  return edition === undefined ? `${draftPrefix}一式` : `公表版第${edition}版_一式`;
}

/** Text of a parameter as RFC 8187 encodes it. */
function extended(text: string): string {
  const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return `UTF-8''${encodeURIComponent(text).replaceAll(/['()*!]/g, escape)}`;
}

/**
 * The Content-Disposition of a file: public ones of an export that is not published are called 公表案, those of an edition
 * keep the names that its manifest has.
 *
 * @param path as in the manifest, or `edition/…`
 * @param edition as which the export is published, if it is
 */
export function attachment(path: string, edition: number | undefined): string {
  const name = (path.startsWith(editionFolder) ? path.slice(editionFolder.length) : path).replaceAll('/', '-');
  if (edition !== undefined || !path.startsWith(publicFolder)) return `attachment; filename="${name}"`;
  return `attachment; filename="draft-${name}"; filename*=${extended(draftPrefix + name)}`;
}

/** A name in Latin letters, for programs that know no other: the others are `_`. */
function latin(name: string): string {
  const letters = Array.from(name, (character) =>
    /[ !#$&'()+,\-.0-9;=@A-Z[\]^_`a-z{}~]/.test(character) ? character : '_',
  );
  return letters.join('');
}

/** The Content-Disposition of a file with a name in Japanese, and one for programs that know no other letters. */
export function attachmentNamed(name: string, plainName = latin(name)): string {
  return `attachment; filename="${plainName}"; filename*=${extended(name)}`;
}
