/** A small questionnaire that has one of everything that storage treats differently. */

import { askReason, refuse } from '../../../schemas/form-rule.ts';
import { catalogue, form } from '../../../schemas/form.ts';
import { choice, choices, count, list, section, text } from '../../../schemas/kinds/question.ts';

const options = { established: '設置済', none: '未設置' };

const sections = {
  overview: section('概要', {
    status: choice('設置の有無', options).required(),
    reason: text('未設置の理由', 200).when({ status: 'none' }),
    meetings: count('開催回数', '回'),
    topics: choices('議題', { housing: '住まい', work: '就労' }),
  }),
  bodies: list('会議体', 3000, {
    name: text('名称', 100).open().required(),
    members: count('構成員数', '人'),
  }),
  remarks: section('備考', { memo: text('備考', 500_000) }),
};

const rules = [
  askReason({ at: 'overview.meetings', name: 'many', if: 'meetings > 100', message: '回数が多くなっています。' }),
  askReason({
    at: 'overview.meetings',
    name: 'fewer',
    if: '(if meetings = null then 0 else meetings) < previous.meetings',
    message: '前回より減っています。',
  }),
  refuse({ at: 'bodies.members', name: 'empty', if: 'members = 0', message: '構成員がいません。' }),
];

const about = { title: '試しの調査票', units: 'municipality', help: '' } as const;

export const scratchForm = form('scratch-form', 2024, about, sections, { rules });

/** The same questions one version on. */
const scratchForm2025 = form('scratch-form', 2025, about, sections, { rules });

const scratchCouncil = form(
  'scratch-council',
  2024,
  { title: '試しの協議会調査票', units: 'council', help: '' },
  { overview: section('概要', { status: choice('設置の有無', options).required() }) },
);

export const scratchCatalogue = catalogue([scratchForm, scratchForm2025, scratchCouncil]);
