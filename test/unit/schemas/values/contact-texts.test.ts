import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dialledNumber,
  emailPattern,
  phonePattern,
  readEmail,
  readPhone,
} from '../../../../schemas/values/contact-texts.ts';
import { anyText, hostileTexts } from './arbitraries.ts';

describe('readEmail', () => {
  it.each([
    ['ｔａｎｔｏｕ＠ｔｏｗｎ．ｔａｍａｍｕｒａ．ｌｇ．ｊｐ', 'tantou@town.tamamura.lg.jp'],
    [' tantou@town.example.jp ', 'tantou@town.example.jp'],
    ['a@town.example.jp、b@town.example.jp', 'a@town.example.jp, b@town.example.jp'],
    ['a@town.example.jp\nb@town.example.jp', 'a@town.example.jp, b@town.example.jp'],
    ['a@town.example.jp; b@town.example.jp;', 'a@town.example.jp, b@town.example.jp'],
  ])('reads %j as %s and says so', (text, value) => {
    expect(readEmail(text)).toMatchObject({ ok: true, value, notice: { code: 'respelt' } });
    expect(emailPattern.test(value)).toBe(true);
  });

  it('leaves an address as it is, and what is none as it was typed', () => {
    for (const text of ['tantou@town.example.jp', 'a@b.jp, c@d.jp', '福祉課まで', 'a@b', '', 'a@@b.jp'])
      expect(readEmail(text)).toEqual({ ok: true, value: text });
  });
});

describe('readPhone', () => {
  it.each([
    ['027-226-2634（内線 2634）', '027-226-2634 内線2634'],
    ['０２７－２２６－２６３４（内線２６３４）', '027-226-2634 内線2634'],
    ['027-226-2634 内線：2634', '027-226-2634 内線2634'],
    ['027-226-2634（代）内線2634', '027-226-2634 内線2634'],
    ['027-226-2634（代表）', '027-226-2634'],
    ['027(226)2634、内線番号12', '027(226)2634 内線12'],
  ])('reads %s as %s and says so', (text, value) => {
    expect(readPhone(text)).toMatchObject({ ok: true, value, notice: { code: 'respelt' } });
    expect(phonePattern.test(value)).toBe(true);
  });

  it('leaves a number as it is, and what is none as it was typed', () => {
    for (const text of ['027-226-2634', '０２７－２２６－２６３４', '027-226-2634 内線12', '内線2634', '福祉課', ''])
      expect(readPhone(text)).toEqual({ ok: true, value: text });
  });
});

describe('dialledNumber', () => {
  it.each([
    ['048-258-1110 内線2345', '0482581110'],
    ['048-258-1110内線2345', '0482581110'],
    ['０４８（２５８）１１１０ 内23', '0482581110'],
    ['+81 48 258 1110 ext.2345', '+81482581110'],
    ['048-258-1110', '0482581110'],
  ])('of %s is %s: an extension is asked for, not dialled', (phone, dialled) => {
    expect(dialledNumber(phone)).toBe(dialled);
  });
});

describe('both readers', () => {
  it('read any text at all, and nothing a second time', () => {
    const check = (text: string): void => {
      for (const readText of [readEmail, readPhone]) {
        const once = readText(text);
        expect(once.ok).toBe(true);
        if (once.ok) expect(readText(once.value)).toEqual({ ok: true, value: once.value });
      }
    };
    fc.assert(fc.property(anyText, check));
    for (const text of hostileTexts) check(text);
  });
});
