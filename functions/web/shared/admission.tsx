/** Who may see a page of the prefecture's, by the one table; what it is about, or the page that says why not. */

import type { Handler } from 'hono';
import type { Problem } from '../../../schemas/problem.ts';
import { problems } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { isAllowed, standingOf } from '../../domain/authorisation.ts';
import type { Action } from '../../domain/authorisation.ts';
import { findReturn, findRound, recordRefusal } from '../../service/access.ts';
import type { FoundReturn } from '../../service/access.ts';
import { Contact } from './contact.tsx';
import { page } from './layout.tsx';
import type { PageOptions } from './layout.tsx';
import { formDataOf } from './posted-form.ts';
import { labelledTexts, UnsavedTexts } from './unsaved-texts.tsx';
import type { UnsavedText } from './unsaved-texts.tsx';
import type { Visit, WebContext, WebEnv } from './visit.ts';

type Rendered = Response | Promise<Response>;

const headings: Readonly<Record<number, string>> = {
  403: 'このページは表示できません',
  404: 'ページが見つかりません',
  409: '操作を完了できませんでした',
  410: '提供を終えています',
};

export function httpStatusOf({ code }: Problem): NonNullable<PageOptions['status']> {
  const { status } = problems[code];
  switch (status) {
    case 401:
    case 403:
    case 404:
    case 409:
    case 410:
    case 412:
    case 413:
    case 422:
    case 503:
      return status;
    case 400:
    case 405:
    case 415:
    case 416:
    case 428:
    case 429:
      return 400;
    case 500:
      return 500;
  }
}

export function refusalPage(
  c: WebContext,
  problem: Problem,
  back?: { readonly href: string; readonly label: string },
  unsaved: readonly UnsavedText[] = [],
): Rendered {
  const status = httpStatusOf(problem);
  const title = headings[status] ?? '操作を完了できませんでした';
  const { paths } = c.get('visit');
  const way = back ?? { href: paths.home, label: '調査の一覧へ戻る' };
  return page(
    c,
    { title, status },
    <>
      <h1>{title}</h1>
      <p>{problems[problem.code].title}</p>
      {problem.detail !== undefined && <p>{problem.detail}</p>}
      <UnsavedTexts texts={unsaved} />
      <Contact shell={c.get('shell')} />
      <p>
        <a href={way.href}>{way.label}</a>
      </p>
    </>,
  );
}

/** What came with a post that is refused, or was kept for a page that may not be opened any more. */
async function refusedTexts(c: WebContext): Promise<UnsavedText[]> {
  const { recovered, labels: loadLabels } = c.get('visit');
  if (c.req.method !== 'POST') return recovered === undefined ? [] : labelledTexts(recovered, await loadLabels());
  const form = await formDataOf(c.req);
  const typed = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return labelledTexts(typed, await loadLabels());
}

/** Rights may have changed while somebody typed: the text is shown, to be copied. */
export async function refused(c: WebContext, problem: Problem): Promise<Response> {
  return refusalPage(c, problem, undefined, await refusedTexts(c));
}

export function admitted(action: Action, show: (c: WebContext, visit: Visit) => Rendered): Handler<WebEnv> {
  return async (c) => {
    const visit = c.get('visit');
    return isAllowed(standingOf(visit.person), action) ? show(c, visit) : refused(c, { code: 'forbidden' });
  };
}

/** A page about a round. A refusal is in the round's log. */
export function roundAdmitted(
  action: Action,
  show: (c: WebContext, visit: Visit, round: Round) => Rendered,
): Handler<WebEnv> {
  return async (c) => {
    const visit = c.get('visit');
    const { service, person } = visit;
    const found = await findRound(service, person, c.req.param('round') ?? '');
    if (!found.ok) return refusalPage(c, found.problem);
    if (isAllowed(standingOf(person), action)) return show(c, visit, found.value);
    await recordRefusal(service, found.value.id, person.name, action);
    return refused(c, { code: 'forbidden' });
  };
}

export function returnAdmitted(
  action: Action,
  show: (c: WebContext, visit: Visit, found: FoundReturn) => Rendered,
): Handler<WebEnv> {
  return async (c) => {
    const visit = c.get('visit');
    const found = await findReturn(visit.service, visit.person, action, c.req.param());
    return found.ok ? show(c, visit, found.value) : refused(c, found.problem);
  };
}
