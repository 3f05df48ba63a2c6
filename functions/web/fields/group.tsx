/** Questions that belong together. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import { Grouped } from './about.tsx';
import type { KindProps } from './context.ts';

export function GroupField({ Fields, ...props }: KindProps<'group'>): JSX.Element {
  const { item, path } = props;
  return (
    <Grouped props={props}>
      <Fields {...props} items={item.children} base={path} around={item} />
    </Grouped>
  );
}
