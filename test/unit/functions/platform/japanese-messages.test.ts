import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { speakJapanese } from '../../../../functions/platform/japanese-messages.ts';

beforeAll(() => speakJapanese());

function messageOf(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value).error?.issues[0]?.message;
}

describe('what people are told', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['nothing given', z.string(), undefined, 'この項目は必須です。'],
    ['another type', z.string(), 5, '値の種類が正しくありません。文字列で指定してください。'],
    ['no whole number', z.int(), 1.5, '値の種類が正しくありません。整数で指定してください。'],
    ['too long a text', z.string().max(2), 'abc', '2文字以下で入力してください。'],
    ['an empty text', z.string().min(1), '', '入力してください。'],
    ['an empty list', z.array(z.string()).min(1), [], '1件以上指定してください。'],
    ['too long a list', z.array(z.string()).max(1), ['a', 'b'], '1件以下にしてください。'],
    ['too large a number', z.number().max(5), 6, '5以下の数を指定してください。'],
    ['too small a number', z.number().gt(5), 5, '5超の数を指定してください。'],
    ['no such option', z.enum(['a', 'b']), 'c', '次のいずれかを指定してください：a、b'],
    ['an unknown key', z.strictObject({}), { k: 1 }, 'ここでは使えない項目です：k'],
    ['another form', z.iso.date(), '1', '形式が正しくありません。'],
    ['none of several', z.union([z.string(), z.array(z.string())]), 5, '内容が正しくありません。'],
  ])('%s', (_, schema, value, message) => {
    expect(messageOf(schema, value)).toBe(message);
  });

  it('quotes no more of what was sent than helps', () => {
    const sent = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`${index}`.padEnd(1000, 'x'), 1]));
    const message = messageOf(z.strictObject({}), sent) ?? '';
    expect(message.length).toBeLessThan(500);
    expect(message).toMatch(/など$/);
  });
});
