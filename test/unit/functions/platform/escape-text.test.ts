import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText } from '../../../../functions/platform/escape-text.ts';
import { isStorable } from '../../../../schemas/values/text.ts';

const unit = fc.oneof(
  fc.constantFrom('&', '<', '>', '"', "'", '&lt;'),
  fc.integer({ min: 0, max: 0x2f }).map((each) => String.fromCharCode(each)),
  fc.constantFrom('\uFFFD', '\uFFFE', '\uFFFF', '𠮷', '県'),
);
const anyText = fc.string({ unit, maxLength: 12 });

const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function unescaped(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => characters[entity] ?? entity);
}

describe('text in HTML and XML', () => {
  it('reads as it was stored', () => {
    fc.assert(
      fc.property(anyText.filter(isStorable), (text) => {
        expect(unescaped(escapeText(text))).toBe(text);
      }),
    );
  });

  it('is well-formed also where an earlier release stored control characters', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const written = escapeText(text);
        expect(isStorable(written)).toBe(true);
        expect(written).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});
