/** The report in the words and the order of 埼玉県「市町村自立支援協議会との連携について」(資料５, 令和6年9月30日現在). */

import type { FormReport } from '../../report-outline.ts';
import { establishment, purpose, title } from '../council-report/report.ts';

const most = 5;

export const surveyReport: FormReport = {
  title,
  purpose,
  headings: [
    {
      title: establishment,
      sections: ['establishment'],
      parts: [
        {
          kind: 'headline',
          style: 'kana',
          title: '設置数',
          question: 'establishment.status',
          option: 'established',
          ending: 'で設置済',
          by: 'establishment.form',
        },
      ],
    },
    {
      title: '市町村自立支援協議会の活動状況',
      sections: ['activity', 'issues'],
      parts: [
        {
          kind: 'ranking',
          style: 'kana',
          title: '協議事項（多かった内容（複数回答））',
          question: 'activity.agenda',
          limit: most,
        },
        {
          kind: 'ranking',
          style: 'kana',
          title: '役割（多かった内容（複数回答））',
          question: 'activity.roles',
          limit: most,
        },
        { kind: 'title', style: 'kana', title: '地域課題' },
        { kind: 'inline', style: 'circle', title: 'あがっているかどうか', question: 'issues.raised' },
        {
          kind: 'ranking',
          style: 'circle',
          title: '把握方法（多かった内容（複数回答））',
          question: 'issues.captureMethods',
          limit: most,
        },
        {
          kind: 'ranking',
          style: 'circle',
          title: '個別の困難事例の把握・検討（複数回答）',
          question: 'issues.caseSelection',
        },
        {
          kind: 'ranking',
          style: 'circle',
          title: '取組内容（多かった内容（複数回答））',
          question: 'issues.initiatives',
          limit: most,
        },
        {
          kind: 'matrix',
          style: 'circle',
          title: '広域又は{prefecture}全体で対応する方が良いと考える課題（複数回答）',
          question: 'issues.widerArea',
          limit: most,
        },
      ],
    },
    {
      title: '市町村自立支援協議会の活性化',
      suffix: '（{compareYear}と比較した評価）',
      sections: ['revitalisation'],
      parts: [
        { kind: 'options', style: 'circle', title: '全体会', question: 'revitalisation.plenary' },
        { kind: 'options', style: 'circle', title: '専門部会等', question: 'revitalisation.subcommittees' },
      ],
    },
    {
      title: '相談支援事業所・地域生活支援拠点等の整備状況',
      sections: ['consultation', 'bases'],
      parts: [
        {
          kind: 'sums',
          style: 'circle',
          title: '相談支援事業所の設置状況（{asOf}現在数）',
          questions: [
            'consultation.commissioned',
            'consultation.generalTransition',
            'consultation.generalSettlement',
            'consultation.specific',
            'consultation.children',
          ],
        },
        {
          kind: 'standing',
          style: 'circle',
          title: '地域生活支援拠点等の整備状況（{asOf}現在）',
          question: 'bases.status',
          first: {
            option: 'established',
            breakdowns: [
              { question: 'bases.arrangement' },
              { question: 'bases.type', short: { areaBased: '面的', multiFunction: '多機能拠点', both: '面+多' } },
            ],
            arrow: { label: '機能', question: 'bases.functions', numbers: true },
          },
        },
      ],
    },
    {
      title: '基幹相談支援センターの設置状況・機能等',
      sections: ['coreCentre'],
      parts: [
        {
          kind: 'standing',
          style: 'plain',
          title: '',
          question: 'coreCentre.status',
          first: {
            option: 'established',
            list: { question: 'coreCentre.centres', unit: 'センター' },
            breakdowns: [
              { question: 'coreCentre.centres.arrangement' },
              { question: 'coreCentre.centres.operation', short: { both: '委託+直営' } },
            ],
            arrow: { label: '主な機能', question: 'coreCentre.centres.functions', numbers: false },
          },
        },
      ],
    },
  ],
};
