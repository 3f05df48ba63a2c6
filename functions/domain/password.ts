/** What a password must be: the user pool is told it when it is made, and people before they choose one. */

export const shortestPassword = 12;
const longestPassword = 256;

/** What Cognito counts as a sign; a space is one only between other characters. */
const signs = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/;

const kinds: readonly (readonly [RegExp, string])[] = [
  [/[A-Z]/, '英大文字'],
  [/[a-z]/, '英小文字'],
  [/[0-9]/, '数字'],
  [signs, '記号'],
];

/** What a password lacks, as people read it; undefined when it is one. */
export function passwordFault(password: string): string | undefined {
  const { length } = Array.from(password);
  if (length < shortestPassword) return `パスワードは${shortestPassword}文字以上で入力してください。`;
  if (length > longestPassword) return `パスワードは${longestPassword}文字以内で入力してください。`;
  if (!/^[\u0020-\u007e]+$/.test(password))
    return 'パスワードは半角の英字、数字及び記号で入力してください。全角の文字は使えません。';
  if (password.trim() !== password) return 'パスワードの最初と最後に空白は使えません。';
  const missing = kinds.flatMap(([pattern, name]) => (pattern.test(password) ? [] : [name]));
  return missing.length === 0 ? undefined : `パスワードに${missing.join('、')}を含めてください。`;
}
