/** Edit checks of 市町村調査票 that read more than one answer. */

import { askReason, refuse, strike } from '../../edit-check.ts';
import type { EditCheck } from '../../edit-check.ts';

interface Centre {
  readonly id: string;
  readonly arrangement?: string;
  readonly partners?: readonly string[];
}

interface CoreCentre {
  readonly status?: string;
  readonly ledBy?: readonly string[];
  readonly centres?: readonly Centre[];
}

interface GeneralProviders {
  readonly generalTransition?: number;
  readonly generalSettlement?: number;
}

/** An established core centre is described here or led by someone else. */
export const centreOrLead: EditCheck<CoreCentre> = refuse(
  'no-centre',
  {
    message:
      '基幹相談支援センターを「設置済」とした場合は、センターを1件以上記入するか、共同設置の幹事市町村を選んでください。',
  },
  ({ status, ledBy = [], centres = [] }) =>
    strike('centres', status === 'established' && centres.length === 0 && ledBy.length === 0),
);

/** Neither lead nor partner is the municipality itself. */
export const namesItself: EditCheck<CoreCentre> = refuse(
  'names-itself',
  { message: '自市町村が選ばれています。幹事市町村・相手市町村には自市町村以外を選んでください。' },
  ({ status, ledBy = [], centres = [] }, { unit }) => {
    if (status !== 'established') return [];
    const asPartner = centres
      .filter(({ arrangement, partners = [] }) => arrangement === 'joint' && partners.includes(unit))
      .map(({ id }) => `centres.${id}.partners`);
    return [...strike('ledBy', ledBy.includes(unit)), ...asPartner];
  },
);

export const partnersOfJointCentre: EditCheck<Centre> = refuse(
  'no-partner',
  { message: '共同設置のセンターは、相手市町村を1つ以上選んでください。' },
  ({ arrangement, partners = [] }) => strike('partners', arrangement === 'joint' && partners.length === 0),
);

/** Providers usually hold both designations, so that none of one kind beside several of the other is rare. */
export const oneOfPairMissing: EditCheck<GeneralProviders> = askReason(
  'one-of-pair-zero',
  {
    message:
      '地域移行支援と地域定着支援の一方が0で、もう一方が3以上です。数に誤りがないか確認し、正しい場合は理由を記入してください。',
    readyMade: ['一方の指定のみを受けている事業所であるため', '一方の指定を廃止・休止した事業所があるため'],
  },
  ({ generalTransition, generalSettlement }) => {
    if (generalTransition === undefined || generalSettlement === undefined) return [];
    return [
      ...strike('generalTransition', generalTransition === 0 && generalSettlement >= 3),
      ...strike('generalSettlement', generalSettlement === 0 && generalTransition >= 3),
    ];
  },
);
