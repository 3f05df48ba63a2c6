/** A section of 300 inputs, rendered as its page renders it. */

import { QuestionFields } from '../../functions/web/fields/fields.tsx';
import { namesIn } from '../../functions/domain/print-answer.ts';
import type { FieldContext } from '../../functions/web/fields/context.ts';
import { postedAnswers } from '../../functions/web/fields/write.ts';
import { directory as directorySchema } from '../../schemas/directory.ts';
import { form } from '../../schemas/form.ts';
import { choice, count, section, text } from '../../schemas/kinds/question.ts';
import type { Fields as Questions } from '../../schemas/kinds/question.ts';
import type { Json } from '../../schemas/values/json.ts';
import { round } from './round.ts';

const options = { direct: '直営', commissioned: '委託', both: '直営・委託' };

/** A count, a line of text, and a choice with its four radios make six inputs. */
const kinds = 50;

function questions(): Questions {
  const all: Record<string, Questions[string]> = {};
  for (let n = 0; n < kinds; n += 1) {
    all[`operation${n}`] = choice(`事業${n}の運営方法`, options).help('主な運営方法を1つ選んでください。').required();
    all[`meetings${n}`] = count(`事業${n}の開催回数`, '回')
      .help('基準日までの1年間の回数です。')
      .example('12')
      .overPeriod();
    all[`note${n}`] = text(`事業${n}の補足`, 200).open().example('委託先は社会福祉協議会');
  }
  return all;
}

const { sections } = form(
  'bench',
  2024,
  { title: '計測', units: 'municipality', help: '' },
  { services: section('事業', questions()) },
);
const [services] = sections;
const items = services?.children ?? [];

const stored: { [key: string]: Json } = {};
for (let n = 0; n < kinds; n += 1) {
  stored[`operation${n}`] = 'both';
  stored[`meetings${n}`] = n;
  stored[`note${n}`] = '関係機関と調整して開催した。';
}

const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code: '112038', name: '川口市', kind: 'city' }],
  councils: [],
});

const context: FieldContext = {
  post: postedAnswers(items, stored, 'services'),
  errors: new Map(),
  remarks: new Map(),
  notices: new Map(),
  sentBack: new Map(),
  held: new Map(),
  round,
  asOf: '2024-09-30',
  names: namesIn(directory),
  municipalities: directory.municipalities,
  fileHref: () => '',
  references: [],
  newEntryId: () => 'offered',
  takesReasons: true,
  takesFiles: true,
  isPossible: () => true,
  pageRule: () => true,
  computedAt: () => undefined,
  pageFormula: () => undefined,
  isOnPage: () => true,
};

/** The HTML, last year's answers beside this year's. */
export function render(): string {
  return String(
    // oxlint-disable-next-line typescript/no-base-to-string -- an element of hono/jsx is its HTML as a string
    <QuestionFields
      context={context}
      items={items}
      base="services"
      scope=""
      stored={stored}
      previous={stored}
      submitted={undefined}
    />,
  );
}
