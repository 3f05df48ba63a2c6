/**
 * What a form says about the report: its title, its purpose and the outline of 調査結果概要, that is which question stands
 * under which heading and in which words.
 *
 * A question that no heading names appears at the end of the heading of its section, and a section that no heading names
 * under one of its own: a new question needs no edit here. Headings of one title, by several forms of a round, are one.
 *
 * Texts may hold `{prefecture}` (埼玉県), `{inside}` (県内), `{kind}` (県), `{compareYear}` (令和4年度), `{period}`
 * (R5.4～R6.9) and `{asOf}`, the as-of date of the part's section (R6.4.1).
 */

/** How a part is set off: ア, イ … in the heading, 〇, or not at all. */
type Style = 'kana' | 'circle' | 'plain';

interface PartText {
  readonly style: Style;
  readonly title: string;
}

/** Counts of options in parentheses behind a number: `単独35・共同18`. */
export interface Breakdown {
  readonly question: string;
  /** Short labels of options; an option that is not named keeps its own. */
  readonly short?: Readonly<Record<string, string>>;
}

export type OutlinePart =
  /** `設置数 63市町村で設置済`, and the options of another question in parentheses. */
  | (PartText & {
      readonly kind: 'headline';
      readonly question: string;
      readonly option: string;
      readonly ending: string;
      readonly by: string;
    })
  /** `設置数：37（単独：28、共同：9 *）`, and the units of several municipalities by name. */
  | (PartText & { readonly kind: 'units'; readonly measure: string; readonly by: string; readonly starred: string })
  /** `運営方法（直営：26、委託：5）` */
  | (PartText & { readonly kind: 'inTitle'; readonly question: string })
  /** `回数（期間：R5.4～R6.9）：180回、平均約2.8回（180回÷63市町村）、１団体当たり 約4.8回（180回÷37団体）` */
  | (PartText & { readonly kind: 'total'; readonly measure: string; readonly label: string; readonly unit: string })
  /** `・情報の共有（59市町村）`, the most frequent first. */
  | (PartText & { readonly kind: 'ranking'; readonly question: string; readonly limit?: number })
  /** `・あがっている（61市町村）、あがっていない（2市）`, in the order of the form. */
  | (PartText & { readonly kind: 'inline'; readonly question: string })
  /** `・実施した 15市町`, one line per option in the order of the form. */
  | (PartText & { readonly kind: 'options'; readonly question: string })
  /** `・支援の不足（県全域 30市町、広域 12市町村）`, by the sum of the options. */
  | (PartText & { readonly kind: 'matrix'; readonly question: string; readonly limit?: number })
  /** `・委託先 111事業所` */
  | (PartText & { readonly kind: 'sums'; readonly questions: readonly string[] })
  /** `・整備済 53市町（単独35・共同18、面的48・多機能拠点3・面+多2）` and what those answered besides. */
  | (PartText & {
      readonly kind: 'standing';
      readonly question: string;
      readonly first: {
        readonly option: string;
        /** A list whose entries are counted beside the units: `60市町村 56センター`. */
        readonly list?: { readonly question: string; readonly unit: string };
        readonly breakdowns: readonly Breakdown[];
        /** `→機能：相談 47市町、…`; without numbers only the options chosen at all are listed. */
        readonly arrow: { readonly label: string; readonly question: string; readonly numbers: boolean };
      };
    })
  /** A subheading under which other parts follow. */
  | (PartText & { readonly kind: 'title' });

export interface OutlineHeading {
  readonly title: string;
  /** Follows the title above the lines, but not in the list of contents. */
  readonly suffix?: string;
  readonly sections: readonly string[];
  readonly parts?: readonly OutlinePart[];
  /** Questions whose figures stand in 参考資料1 only. */
  readonly tablesOnly?: readonly string[];
}

export interface FormReport {
  readonly title?: string;
  /** （１）調査目的. */
  readonly purpose?: string;
  readonly headings?: readonly OutlineHeading[];
}
