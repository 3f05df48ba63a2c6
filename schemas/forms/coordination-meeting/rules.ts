/** What 支援調整会議実施状況票 refuses and asks about beside the single answers. */

import { refuse } from '../../form-rule.ts';
import type { FormRule } from '../../form-rule.ts';
import { afterRound } from '../../usual-rules.ts';

function has(holding: string): string {
  return `list contains(meetings.holding, "${holding}")`;
}

/** Meetings whose holding is still open are not held against a pattern. */
function lacks(holding: string): string {
  return `not(some m in meetings satisfies m.holding = null or m.holding = "${holding}")`;
}

export const meetingRules: readonly FormRule[] = [
  afterRound('population.asOf'),
  refuse({
    at: 'holding.pattern',
    name: 'pattern-disagrees',
    if: `count(meetings) > 0 and (pattern = "regular" and (${lacks('regular')} or ${has('asNeeded')}) or pattern = "asNeeded" and (${lacks('asNeeded')} or ${has('regular')}) or pattern = "both" and (${lacks('regular')} or ${lacks('asNeeded')}))`,
    message:
      '開催パターンと、記入した会議の開催方法が一致していません。「定例開催」は定例の会議だけ、「随時開催」は随時の会議だけ、「定例と随時の併用」は両方を1件以上記入してください。',
  }),
];
