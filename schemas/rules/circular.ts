/** What needs itself: computed values, and questions that are asked because of them. */

/** A question with what is inside it. */
interface Nested {
  readonly id: string;
  readonly definition: { readonly label: string; readonly number?: string | undefined };
  readonly children: readonly Nested[];
}

/** By id, the ids that are read. */
type Reads = ReadonlyMap<string, readonly string[]>;

interface Needs {
  readonly conditions: Reads;
  readonly formulas: Reads;
}

/** Ways from what is needed in the end by these back to itself. */
function waysBack(starts: Iterable<string>, needs: Reads): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (id: string, way: readonly string[]): void => {
    if (way.includes(id)) found.push([...way.slice(way.indexOf(id)), id]);
    if (way.includes(id) || done.has(id)) return;
    for (const needed of needs.get(id) ?? []) visit(needed, [...way, id]);
    done.add(id);
  };
  for (const id of starts) visit(id, []);
  return found;
}

/**
 * What an answer needs to be known to conditions: that its question is asked, which its own conditions and those around it
 * decide, what its formula reads, and what is inside it.
 */
function neededBy(questions: readonly Nested[], around: readonly string[], { conditions, formulas }: Needs): Reads {
  return new Map(
    questions.flatMap(({ id, children }): (readonly [string, readonly string[]])[] => {
      // One that reads itself is told as such where it is checked.
      const asked = [...around, ...(conditions.get(id) ?? []).filter((read) => read !== id)];
      const needed = [...asked, ...(formulas.get(id) ?? []), ...children.map((child) => child.id)];
      return [[id, needed], ...neededBy(children, asked, { conditions, formulas })];
    }),
  );
}

function namesIn(questions: readonly Nested[]): (readonly [id: string, name: string])[] {
  return questions.flatMap(({ id, definition, children }) => [
    [id, definition.number ?? definition.label],
    ...namesIn(children),
  ]);
}

/**
 * What is said of each question that needs itself in the end, by id: of formulas that need each other, and of conditions that read
 * what hangs on them.
 */
export function circular(sections: readonly Nested[], needs: Needs): ReadonlyMap<string, string> {
  const { conditions, formulas } = needs;
  const ofFormulas = waysBack(formulas.keys(), formulas);
  const ways = ofFormulas.length > 0 ? ofFormulas : waysBack(conditions.keys(), neededBy(sections, [], needs));
  const names = new Map(namesIn(sections));
  return new Map(
    ways.flatMap((way) => {
      const named = way.map((id) => names.get(id) ?? id).join('」→「');
      const message = `「${named}」と、自分自身の値を使う循環になっています。条件か式を直してください。`;
      return way.map((id): [string, string] => [id, message]);
    }),
  );
}
