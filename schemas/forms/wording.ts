/** What the report says about councils beside the figures, in the words of the source. */

import type { FormExtras } from '../form-extras.ts';

type Wording = NonNullable<FormExtras['wording']>;

const common = { subject: '市町村自立支援協議会の活動状況等', overPeriod: '会議の開催回数等' };

const councils =
  '共同設置の協議会は、構成市町村の数によらず１協議会として数えた。市町村数を示す項目では、構成市町村をそれぞれ１と数えた。単独設置と共同設置の両方の協議会がある市町村は「単独・共同設置」とした。';

export const surveyWording: Wording = {
  ...common,
  listed: '委託から障害児までは相談支援事業所の数',
  totalsOnly: '地域課題及び活性化に関する項目',
  notes: [councils],
};

export const councilWording: Wording = {
  ...common,
  notes: [
    councils,
    '該当しないものには、その都度開催するため回数を数えていない会議等がある。全体会の回数の合計では、これを加えていない。',
    '「専門部会等」は、種別を「専門部会」とした会議体及び事務局が専門部会等に数えるとした会議体をいい、種別が「専門部会」であっても数えないとしたものを除く。',
  ],
  chartNotes: ['上位の会議体の回答がないものは、組織図では全体会の下に示した。'],
};
