/**
 * The entries of a section that is a list (the bodies of a council) in one table, a row each, with what changed marked.
 * Short answers and totals stand in it; of a list inside, how many entries it has. The whole stands below.
 */

import { isOptionTable } from '../../../schemas/kinds/kind.ts';
import type { Item } from '../../../schemas/form.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import type { AnswerBlock, AnswerRow } from '../../domain/answer-rows.ts';
import { Table } from '../shared/table.tsx';
import type { HrefOf } from './review-parts.tsx';

interface Cell {
  readonly answer: string;
  /** As it was, where it differs. */
  readonly before?: string | undefined;
  readonly isChanged: boolean;
}

function differs({ compared }: AnswerRow): boolean {
  return compared !== undefined && compared.difference !== 'same';
}

/** Free text of several lines stands below alone. */
function isShort({ kind }: Item): boolean {
  return kind.nesting !== 'lines' && kind.isTall !== true && !isOptionTable(kind);
}

function cellOf({ key, kind }: Item, { path, rows }: AnswerBlock): Cell {
  const place = `${path}.${key}`;
  if (kind.nesting !== 'entries') {
    const row = rows.find((each) => each.path === place);
    const isChanged = row !== undefined && differs(row);
    return {
      answer: row?.isAnswered === true ? row.answer : '',
      isChanged,
      before: isChanged ? row.compared?.answer : undefined,
    };
  }
  const inside = rows.filter((each) => each.path.startsWith(`${place}.`));
  const present = inside.filter(({ isAnswered }) => isAnswered).length;
  return { answer: inside.length === 0 ? '' : `${present}件`, isChanged: inside.some(differs) };
}

interface ListTableProps {
  readonly list: Item;
  readonly entries: readonly AnswerBlock[];
  readonly hrefOf: HrefOf;
}

function ListTable({ list, entries, hrefOf }: ListTableProps) {
  const columns = list.children
    .filter((item) => item.key !== list.kind.titledBy && isShort(item))
    .filter((item) => entries.some((entry) => cellOf(item, entry).answer !== ''));
  const label = `${numberedLabel(list.definition)}の一覧（${entries.length}件）`;
  return (
    <Table
      caption={label}
      label={label}
      rows={entries}
      columns={[
        {
          heading: numberedLabel(list.definition),
          isName: true,
          cell: (entry) => <a href={hrefOf(entry.path).replace('#q.', '#b.')}>{entry.title}</a>,
        },
        ...columns.map((item) => ({
          heading: numberedLabel(item.definition),
          cell: (entry: AnswerBlock) => {
            const { answer, before, isChanged } = cellOf(item, entry);
            return (
              <>
                {answer}
                {isChanged && entry.came === undefined && (
                  <>
                    <strong class="answer-mark">変更あり</strong>
                    {before !== undefined && <span class="hint">前：{before}</span>}
                  </>
                )}
              </>
            );
          },
        })),
      ]}
    />
  );
}

interface EntriesProps {
  readonly sections: readonly Item[];
  readonly blocks: readonly AnswerBlock[];
  readonly hrefOf: HrefOf;
}

export function EntriesSideBySide({ sections, blocks, hrefOf }: EntriesProps) {
  const lists = sections
    .filter(({ kind }) => kind.nesting === 'entries')
    .map((list) => ({
      list,
      entries: blocks.filter(({ depth, path }) => depth === 1 && path.startsWith(`${list.key}.`)),
    }))
    .filter(({ entries }) => entries.length > 1);
  if (lists.length === 0) return <></>;
  return (
    <section aria-labelledby="side-by-side">
      <h2 id="side-by-side">並べて見る</h2>
      {lists.map(({ list, entries }) => (
        <ListTable list={list} entries={entries} hrefOf={hrefOf} />
      ))}
    </section>
  );
}
