/** The report in the words and the order of 埼玉県「市町村自立支援協議会との連携について」(資料５, 令和6年9月30日現在). */

import type { FormReport } from '../../report-outline.ts';

/** Shared with 市町村調査票, whose returns the same report is about. */
export const title = '市町村自立支援協議会との連携について';

export const purpose =
  '本{kind}の自立支援協議会の活動の一環として、{inside}各市町村における自立支援協議会の活動状況等を把握し、調査結果を資料として供することで、{inside}各地域の自立支援協議会の活動の促進を図るとともに、{prefecture}自立支援協議会の活動と併せて、広く{kind}民に周知する。';

/** 市町村調査票 has a heading of this title, too. */
export const establishment = '市町村自立支援協議会の設置状況';

export const councilReport: FormReport = {
  title,
  purpose,
  headings: [
    {
      title: establishment,
      sections: ['profile', 'bodies'],
      parts: [
        {
          kind: 'units',
          style: 'kana',
          title: '協議会数',
          measure: 'councils',
          by: 'councils.arrangement',
          starred: 'joint',
        },
        { kind: 'inTitle', style: 'kana', title: '運営方法', question: 'profile.operation' },
        {
          kind: 'total',
          style: 'kana',
          title: '全体会',
          measure: 'plenaryMeetings',
          label: '回数（期間：{period}）',
          unit: '回',
        },
        {
          kind: 'total',
          style: 'kana',
          title: '専門部会等',
          measure: 'subcommittees',
          label: '部会数',
          unit: '部会',
        },
      ],
      tablesOnly: [
        'profile.goals',
        'profile.organisations',
        'profile.partners',
        'profile.events',
        'bodies',
        'bodies.kind',
        'bodies.countedAsSubcommittee',
        'bodies.tier',
        'bodies.functions',
        'bodies.meetings',
        'bodies.members',
        'bodies.composition',
        'bodies.themes',
        'bodies.sessions',
        'bodies.sessions.items',
        'bodies.sessions.items.kind',
        'bodies.futureIssues',
      ],
    },
  ],
};
