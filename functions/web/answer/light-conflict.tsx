/** The page of a conflict; where it would be too heavy, what was typed is kept and both answers are shown in brief. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import { bytesOf, fitting, mostMainBytes, rendered } from '../shared/parts.ts';
import { Both, ConflictView, isCarried } from './conflict-view.tsx';
import type { ConflictViewProps } from './conflict-view.tsx';

/** What cannot be kept is carried by the page, however heavy. */
export async function lightConflict(props: Omit<ConflictViewProps, 'light'>): Promise<JSX.Element> {
  const { opened, post, differing } = props;
  const whole = rendered(<ConflictView {...props} />);
  if (whole.bytes <= mostMainBytes) return whole.element;
  const kept = await opened.visit.drawer.keep(new Map([...post].filter(([name]) => isCarried(name))));
  if (kept === undefined) return whole.element;
  const around = bytesOf(<ConflictView {...props} light={{ kept, most: 0 }} />);
  const { shown } = fitting(
    differing,
    (each) => bytesOf(<Both {...props} each={each} light={{ kept, most: 0 }} />),
    mostMainBytes - around,
  );
  return <ConflictView {...props} light={{ kept, most: shown.length }} />;
}
