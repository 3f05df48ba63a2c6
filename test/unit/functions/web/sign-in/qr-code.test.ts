import * as fc from 'fast-check';
import { html } from 'hono/html';
import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { QrCode } from '../../../../../functions/web/sign-in/qr-code.tsx';

async function drawn(text: string, label: string): Promise<string> {
  return (await html`${QrCode({ text, label })}`).toString();
}

/** The picture as a camera has it: each module three points wide. */
function read(svg: string): string {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const scale = 3;
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1)
      for (let column = Number(x) * scale; column < (Number(x) + Number(length)) * scale; column += 1)
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
  return decodeQR({ width, height: width, data });
}

describe('a QR code', () => {
  it('is read as the text that it was made of', async () => {
    const secret = fc
      .array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.split('')), { minLength: 32, maxLength: 52 })
      .map((letters) => letters.join(''));
    await fc.assert(
      fc.asyncProperty(secret, fc.stringMatching(/^[a-z0-9._-]{3,64}$/), async (key, username) => {
        const label = `${encodeURIComponent('寄合 埼玉県')}:${username}`;
        const text = `otpauth://totp/${label}?secret=${key}&issuer=${encodeURIComponent('寄合 埼玉県')}`;
        expect(read(await drawn(text, 'QR'))).toBe(text);
      }),
      { numRuns: 10 },
    );
  });

  it('is in the page, says what it is for, and has neither style nor address', async () => {
    const svg = await drawn('otpauth://totp/x', '認証アプリ');
    expect(svg).toContain('role="img" aria-label="認証アプリ"');
    expect(svg).not.toMatch(/style=|href=|src=|http/);
  });
});
