/** The page of a section's questions, with the texts in brief that it could not carry. Nothing of them is lost. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import { mostMainBytes, rendered } from '../shared/parts.ts';
import type { Rendered } from '../shared/parts.ts';
import { briefCharacters, terseCharacters } from '../fields/context.ts';
import type { Brief } from '../fields/context.ts';
import { confirmedMark, valuesOf } from '../fields/posted.ts';
import type { Posted } from '../fields/posted.ts';
import { lineFeeds } from '../fields/taken.ts';
import { written } from '../fields/write.ts';
import { earlierFiles } from './earlier-files.ts';
import { lightPage, textsOn } from './light-texts.ts';
import type { Light } from './light-texts.ts';
import { answersAt } from './place.ts';
import { SectionView } from './section-view.tsx';
import type { SectionViewProps } from './section-view.tsx';

/** As long as the names of a drawer, for a page that is only weighed. */
const noName = '0'.repeat(38);

function isSame(a: Posted, b: Posted, path: string): boolean {
  const content = (post: Posted): string => JSON.stringify(valuesOf(post, path).map(lineFeeds));
  return content(a) === content(b);
}

/** What the fields of these questions would post; whether an answer taken over was confirmed is said on the page. */
function fieldsOf(post: Posted, paths: readonly string[]): Posted {
  const isOf = (name: string): boolean =>
    paths.some((path) => name === path || (name.startsWith(`${path}:`) && name !== confirmedMark(path)));
  return new Map([...post].filter(([name]) => isOf(name)));
}

type LightSectionProps = Omit<SectionViewProps, 'briefs' | 'kept' | 'earlierFiles'>;

/** Texts that are not stored are kept meanwhile; when they are too large for that as well, the page carries them. */
export async function lightSection(props: LightSectionProps): Promise<JSX.Element> {
  const whole = rendered(
    <SectionView {...props} briefs={new Map()} kept={undefined} earlierFiles={undefined} entriesPart={undefined} />,
  );
  return whole.bytes <= mostMainBytes ? whole.element : lighterSection(props);
}

async function lighterSection(props: LightSectionProps): Promise<JSX.Element> {
  const { opened, place, post } = props;
  const { visit } = opened;
  const files = await earlierFiles(opened);
  const own = written(place.items, answersAt(opened.draft.answers, place) ?? {}, place.base);
  const texts = textsOn(place.items, post, place.base);
  const isStored = (path: string): boolean => isSame(own, post, path);
  const render =
    (kept: string | undefined) =>
    ({ briefs, cutsEarlier, isTerse, dividesEntries }: Light): Rendered => {
      const briefOf = (path: string): Brief => {
        const stored = isStored(path);
        return {
          isStored: stored,
          characters: isTerse ? terseCharacters : briefCharacters,
          file: visit.paths.answerText(opened.place, path, stored || kept === undefined ? {} : { kept }),
        };
      };
      const shown = new Map([...briefs].map((path) => [path, briefOf(path)]));
      const entriesPart = dividesEntries ? (props.entriesPart ?? 0) : undefined;
      return rendered(
        <SectionView
          {...props}
          briefs={shown}
          kept={kept}
          earlierFiles={cutsEarlier ? files : undefined}
          entriesPart={entriesPart}
        />,
      );
    };
  const { element, light } = lightPage(texts, render(noName));
  const typed = [...light.briefs].filter((path) => !isStored(path));
  if (typed.length === 0) return light.briefs.size === 0 ? element : render(undefined)(light).element;
  const kept = await visit.drawer.keep(fieldsOf(post, typed));
  if (kept !== undefined) return render(kept)(light).element;
  return lightPage(
    texts.filter(({ path }) => isStored(path)),
    render(undefined),
  ).element;
}
