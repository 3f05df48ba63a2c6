import type { Visit } from './visit.ts';

/** The hidden field that every form posts; without it the post is refused. */
export function CsrfField({ visit }: { visit: Pick<Visit, 'csrf'> }) {
  return <input type="hidden" name="csrf" value={visit.csrf} />;
}
