/** A return on paper: as pages show it, but with the entries of short lists as rows of one table. */

import type { Form, Item } from '../../../schemas/form.ts';
import { numberedLabel } from '../../../schemas/question.ts';
import type { AnswerBlock } from '../../domain/answer-rows.ts';
import { AnswersView, answersPage } from '../shared/answers-view.tsx';
import { Pager } from '../shared/pager.tsx';

/** More columns than these make a sheet of paper too narrow. */
const mostColumns = 8;

/** Whether each entry of a list fits into a row: single questions, none with room for long texts. */
export function isShortList({ kind, children }: Item): boolean {
  const isShort = (child: Item): boolean => child.children.length === 0 && child.kind.isTall !== true;
  return kind.nesting === 'entries' && children.length <= mostColumns && children.every(isShort);
}

/** The short list of which a block is an entry. */
function listOf({ items }: Pick<Form, 'items'>, { path, depth }: AnswerBlock): Item | undefined {
  const list = depth === 0 ? undefined : items.get(path.split('.').slice(0, -1).join('.'));
  return list !== undefined && isShortList(list) ? list : undefined;
}

interface Run {
  readonly list: Item | undefined;
  readonly blocks: AnswerBlock[];
}

/** Blocks that follow each other, those of one short list together. */
function runsOf(form: Pick<Form, 'items'>, blocks: readonly AnswerBlock[]): Run[] {
  const runs: Run[] = [];
  for (const block of blocks) {
    const list = listOf(form, block);
    const last = runs.at(-1);
    if (last !== undefined && last.list === list) last.blocks.push(block);
    else runs.push({ list, blocks: [block] });
  }
  return runs;
}

function Entries({ list, blocks }: { readonly list: Item; readonly blocks: readonly AnswerBlock[] }) {
  const label = numberedLabel(list.definition);
  const isSection = !list.id.includes('.');
  return (
    <section class="answers-block" aria-label={label}>
      {!isSection && <h3>{label}</h3>}
      <table class="table--compact">
        <thead>
          <tr>
            <th scope="col">番号</th>
            {list.children.map(({ definition }) => (
              <th scope="col">{numberedLabel(definition)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {blocks.map(({ path, rows }, index) => (
            <tr id={`q.${path}`}>
              <th scope="row">{index + 1}</th>
              {list.children.map(({ key }) => (
                <td class="preserved">{rows.find((row) => row.path === `${path}.${key}`)?.answer ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface PrintedAnswersProps {
  readonly form: Pick<Form, 'items'>;
  readonly blocks: readonly AnswerBlock[];
  readonly page: number;
  readonly hrefOf: (page: number) => string;
}

export function PrintedAnswers({ form, blocks, page: wanted, hrefOf }: PrintedAnswersProps) {
  const { shown, page, pages } = answersPage(blocks, wanted);
  return (
    <>
      <Pager page={page} pages={pages} label="回答のページ" hrefOf={hrefOf} />
      {runsOf(form, shown).map((run) =>
        run.list === undefined ? <AnswersView blocks={run.blocks} /> : <Entries list={run.list} blocks={run.blocks} />,
      )}
    </>
  );
}
