/** What 協議会活動報告書 counts besides its questions. */

import type { ExpressedMeasure } from '../../measure.ts';

export const councilMeasures: readonly ExpressedMeasure[] = [
  { kind: 'total', id: 'councils', label: '協議会数', measure: 'count', expression: '1' },
  {
    kind: 'class',
    id: 'councils.arrangement',
    label: '協議会の設置形態',
    options: { single: '単独設置', joint: '共同設置' },
    expression: 'if count(unit.members) > 1 then "joint" else "single"',
  },
  {
    kind: 'total',
    id: 'plenaryMeetings',
    label: '全体会の開催回数',
    unit: '回',
    listed: '全体会（回）',
    measure: 'sum',
    per: ['municipality', 'council'],
    expression: 'sum(bodies[kind = "plenary" and meetings != null].meetings)',
  },
  {
    kind: 'total',
    id: 'subcommittees',
    label: '専門部会等の数',
    unit: '部会',
    listed: '専門部会等',
    measure: 'count',
    per: ['municipality', 'council'],
    expression:
      'count(bodies[countedAsSubcommittee = "yes" or countedAsSubcommittee = null and kind = "subcommittee"])',
  },
];
