/** Questions that belong together. */

import { Grouped } from './about.tsx';
import type { KindProps } from './context.ts';

export function GroupField({ Fields, ...props }: KindProps<'group'>) {
  const { item, path } = props;
  return (
    <Grouped props={props}>
      <Fields {...props} items={item.children} base={path} around={item} />
    </Grouped>
  );
}
