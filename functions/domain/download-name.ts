/** Under which name a file of an export is saved. The bytes are the same before and after publication; the name tells. */

export const publicFolder = 'public/';
export const internalFolder = 'internal/';
export const editionFolder = 'edition/';

/** What became of an export: the edition as which it was published, if it was, and whether that was taken back. */
interface Published {
  readonly edition?: number | undefined;
  readonly isWithdrawn?: true | undefined;
}

/** What an export's public files are: an edition once they are published, and until then a draft of one. */
export function publicationLabel({ edition, isWithdrawn }: Published): string {
  if (edition === undefined) return '公表案（未公表）';
  return `公表版 第${edition}版${isWithdrawn ? '（公表取りやめ）' : ''}`;
}

/** In front of the names of public files that are not public, in Japanese and in Latin letters. */
const drafts = { label: '公表案_', plain: 'draft-' } as const;
const withdrawals = { label: '公表取りやめ_', plain: 'withdrawn-' } as const;

/** What the name of an archive of all public files begins with. */
export function archiveLabel({ edition, isWithdrawn }: Published): string {
  if (edition === undefined) return `${drafts.label}一式`;
  return `${isWithdrawn ? withdrawals.label : ''}公表版第${edition}版_一式`;
}

/** Text of a parameter as RFC 8187 encodes it. */
function extended(text: string): string {
  const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return `UTF-8''${encodeURIComponent(text).replaceAll(/['()*!]/g, escape)}`;
}

/**
 * The Content-Disposition of a file: public ones of an export that is not published are called 公表案, those of an edition
 * keep the names that its manifest has, and of one that was taken back they are called so. Internal ones, which must not be
 * sent on by mistake, say so in Japanese, and of which round they are.
 *
 * @param path as in the manifest, or `edition/…`
 */
export function attachment(path: string, { edition, isWithdrawn }: Published, round: string): string {
  if (path.startsWith(internalFolder)) {
    const own = path.slice(internalFolder.length).replaceAll('/', '-');
    const ofRound = own.startsWith(`${round}.`) ? own : `${round}_${own}`;
    return attachmentNamed(`庁内用_${ofRound}`, `internal-${own}`);
  }
  const name = (path.startsWith(editionFolder) ? path.slice(editionFolder.length) : path).replaceAll('/', '-');
  const isPublished = edition !== undefined && isWithdrawn === undefined;
  if (isPublished || !path.startsWith(publicFolder)) return `attachment; filename="${name}"`;
  const { label, plain } = isWithdrawn ? withdrawals : drafts;
  return `attachment; filename="${plain}${name}"; filename*=${extended(label + name)}`;
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
