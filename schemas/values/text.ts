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

/** What people are told of a text that cannot be stored. */
export const unstorableText = '保存できない文字（制御文字など）が含まれています。入力し直してください。';

/** What people are told of a text longer than its question takes. */
export const tooLongText = '文字数が上限を超えています。';

export function withinText(maxLength: number): string {
  return `${maxLength}文字以内で入力してください。`;
}

/** Whatever leaves a mark: not white space, not what is invisible by itself, not a mark without its letter. */
const visible = /[^\s\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]|\p{Co}/u;

/** Whether nothing can be seen of a text: white space, U+200B, the Hangul filler U+3164, the empty Braille cell and so on. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

/** The length of a text as Zod and people count it: 𠮷 is one, not two as in UTF-16. */
export function codePoints(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** How many times of a limit a draft may hold; what is beyond is refused as it is saved, so that no page need bear it. */
export const timesInDrafts = 4;

/** What people are told of a text that not even a draft keeps; `undefined` for any other. */
export function refusedLength(text: string, maxLength: number): string | undefined {
  const most = maxLength * timesInDrafts;
  if (text.length <= most || codePoints(text) <= most) return undefined;
  return `長すぎるため保存できません。${maxLength}文字以内にしてください（途中でも${most}文字までしか保存できません）。`;
}
