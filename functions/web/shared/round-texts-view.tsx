/** 依頼文 and 記入要領 of a round as they are read: paragraphs as they were written. */

import type { RoundTexts } from '../../../schemas/round-texts.ts';

export const roundTextLabels = { request: '依頼文', instructions: '記入要領' } as const;

/** A blank line ends a paragraph; other line breaks stay. */
export function Paragraphs({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/\n(?:[^\S\n]*\n)+/).map((paragraph) => (
        <p class="preserved">{paragraph}</p>
      ))}
    </>
  );
}

export function RoundTextsView({ texts }: { readonly texts: RoundTexts }) {
  return (
    <>
      {(['request', 'instructions'] as const).map((name) => {
        const text = texts[name];
        return (
          text !== undefined && (
            <section aria-labelledby={`texts-${name}`}>
              <h2 id={`texts-${name}`}>{roundTextLabels[name]}</h2>
              <Paragraphs text={text} />
            </section>
          )
        );
      })}
    </>
  );
}
