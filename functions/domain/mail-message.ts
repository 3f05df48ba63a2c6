/** A mail as it travels (RFC 5322, MIME): plain text in UTF-8, whose headers hold ASCII alone. Pure. */

export interface Message {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly string[];
  readonly replyTo: string;
  readonly subject: string;
  readonly body: string;
  readonly at: Date;
  /** Unguessable and unique. */
  readonly id: string;
}

const address = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$/;

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Of UTF-8 in one encoded word, so that it has at most 75 characters with what stands around it. */
const mostBytes = 45;

/** RFC 2047: words in Base64, none of which cuts a character in two. Whatever is typed becomes letters and digits. */
export function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (new TextEncoder().encode(word + character).length > mostBytes) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((each) => `=?UTF-8?B?${base64(each)}?=`).join('\r\n ');
}

function safeAddress(text: string): string {
  if (!address.test(text)) throw new RangeError('no address');
  return text;
}

/** `Mon, 30 Nov 2026 09:00:00 +0900`. */
function dateOf(at: Date): string {
  const [day = '', date = '', month = '', year = '', time = ''] = new Date(at.getTime() + 9 * 3_600_000)
    .toUTCString()
    .split(' ');
  return `${day} ${date} ${month} ${year} ${time} +0900`;
}

/** @throws RangeError for an address that is none, or that would begin another header */
export function writeMessage({ from, to, replyTo, subject, body, at, id }: Message): string {
  const sender = safeAddress(from.address);
  const lines = base64(body.replaceAll('\n', '\r\n')).match(/.{1,76}/g) ?? [];
  return [
    `From: ${encodedWords(from.name)}\r\n <${sender}>`,
    `To: ${to.map(safeAddress).join(',\r\n ')}`,
    `Reply-To: ${safeAddress(replyTo)}`,
    `Subject: ${encodedWords(subject)}`,
    `Date: ${dateOf(at)}`,
    `Message-ID: <${id.replaceAll(/[^A-Za-z0-9-]/g, '')}@${sender.split('@')[1] ?? ''}>`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...lines,
    '',
  ].join('\r\n');
}
