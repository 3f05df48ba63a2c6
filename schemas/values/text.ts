/** Tab and line breaks are the only control characters that XML 1.0, and with it a workbook or a Word file, can hold. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const inNoFile = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/**
 * Whether a text that is given can be stored, and be written to every file format as it is. Lone surrogates pass
 * through JSON but not through UTF-8 files, spreadsheets and other people's databases.
 */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !inNoFile.test(text);
}

/** Line breaks as they are stored: browsers post CRLF, and what is pasted from Word has vertical tabs and form feeds. */
export function lineFeeds(text: string): string {
  return text.replace(/\r\n?|[\v\f]/g, '\n');
}

/** What people are told of a text that cannot be stored. */
export const unstorableText = '保存できない文字（制御文字など）が含まれています。入力し直してください。';

/** What people are told of a text longer than its question takes. */
export const tooLongText = '文字数が上限を超えています。文章を短くしてください。';

export function withinText(maxLength: number): string {
  return `${maxLength}文字以内で入力してください。`;
}

/** Whatever leaves a mark: not white space, not what is invisible by itself, not a mark without its letter. */
const visible = /[^\s\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]|\p{Co}/u;

/** How most texts begin, which is told much faster than by a search: with 一 to 鿿, ぁ to ゖ, ァ to ヺ, or ! to ~. */
function beginsPlainly(text: string): boolean {
  const first = text.charCodeAt(0);
  return (
    (first >= 0x4e00 && first <= 0x9fff) ||
    (first >= 0x3041 && first <= 0x3096) ||
    (first >= 0x30a1 && first <= 0x30fa) ||
    (first >= 0x21 && first <= 0x7e)
  );
}

/** Whether nothing can be seen of a text: white space, U+200B, the Hangul filler U+3164, the empty Braille cell and so on. */
export function isBlank(text: string): boolean {
  return !beginsPlainly(text) && !visible.test(text);
}

/** Control and format characters (line breaks, U+200B, the bidirectional U+202E, …) and letters that are drawn as nothing. */
const invisibleInName = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]/u;

/** `U+200B`. */
function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * What people are told of a name in which a character cannot be seen: two such names look the same, and in lists and logs
 * some of them turn what follows. Nothing where every character shows; variants of a character (葛󠄀) are no such thing.
 */
export function invisibleNameText(name: string): string | undefined {
  const [found] = invisibleInName.exec(name) ?? [];
  // What cannot be stored at all is said in other words.
  if (found === undefined || !isStorable(name)) return undefined;
  const what = found === '\n' || found === '\r' ? '改行' : `見えない文字（${codePointName(found)}）`;
  return `名称に${what}が含まれています。取り除いて入力し直してください。`;
}

const allInvisible = new RegExp(invisibleInName, 'gu');

/** A text without the characters that cannot be seen in a name. */
export function withoutInvisible(text: string): string {
  return text.replaceAll(allInvisible, '');
}

/** A text by what is seen of it, regardless of width and variants. */
function appearance(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\p{C}\p{Default_Ignorable_Code_Point}]/gu, '');
}

/** In which characters two texts differ that look the same: `U+F92C → U+90CE`; nothing of texts that look different. */
export function unseenDifference(before: string, after: string): string | undefined {
  if (before === after || before === '' || appearance(before) !== appearance(after)) return undefined;
  const only = (text: string, other: string): string => {
    const names = [...new Set(text)].filter((each) => !other.includes(each)).map(codePointName);
    return names.length === 0 ? 'なし' : names.slice(0, 5).join('、');
  };
  return `${only(before, after)} → ${only(after, before)}`;
}

/** The length of a text as Zod and people count it: 𠮷 is one, not two as in UTF-16. */
export function codePoints(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Whether a text has more characters than that, counted so; a short one is not looked through. */
export function isLongerThan(text: string, most: number): boolean {
  return text.length > most && codePoints(text) > most;
}

/** The beginning of a text, no character cut in two. */
export function firstCharacters(text: string, most: number): string {
  return text.length > most ? Array.from(text).slice(0, most).join('') : text;
}

/** How many times of a limit a draft may hold; what is beyond is refused as it is saved, so that no page need bear it. */
export const timesInDrafts = 4;

/** What people are told of a text that not even a draft keeps; `undefined` for any other. */
export function refusedLength(text: string, maxLength: number): string | undefined {
  const most = maxLength * timesInDrafts;
  if (!isLongerThan(text, most)) return undefined;
  return `長すぎるため保存できません。${maxLength}文字以内にしてください（途中でも${most}文字までしか保存できません）。`;
}
