/** What rules are told of the kind of a document's question is what the kind says itself. */

import { expect, it } from 'vitest';
import { kindOf } from '../../../../schemas/kinds/kinds.ts';
import { ruleKind } from '../../../../schemas/document/rule-kinds.ts';
import { typeOf } from '../../../../schemas/rules/types.ts';
import { questionsOf } from '../../../../schemas/rules/questions.ts';
import type { RuleKind, RuleQuestion } from '../../../../schemas/rules/questions.ts';
import { everyQuestion } from '../../../support/every-question.ts';

function seen(question: RuleQuestion, kind: RuleKind): unknown {
  const [placed] = questionsOf([{ ...question, kind, children: [] }]).roots;
  const type = placed === undefined ? undefined : typeOf(placed);
  return { type: JSON.stringify(type, (key, value: unknown) => (key === 'placed' ? 0 : value)), table: kind.table };
}

it('is the same', () => {
  const items = [...everyQuestion.items.values()];
  expect(new Set(items.map(({ definition }) => definition.kind)).size).toBeGreaterThan(14);
  for (const item of items) {
    const own = kindOf(item.definition);
    expect(seen(item, ruleKind(item.definition.kind, own.options)), item.id).toEqual(seen(item, own));
  }
});
