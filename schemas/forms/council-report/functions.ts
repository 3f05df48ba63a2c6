/**
 * The eight functions of a council (自立支援協議会の主な機能), worded as 横浜市区障害者自立支援協議会運営ガイドライン
 * (令和7年4月, 第2版) lists them, the spelling of ⑦ and ⑧ included, and the tiers at which it places them.
 */

export const councilFunctions = {
  f1: '個別事例への支援のあり方に関する協議、調整',
  f2: '地域における障害者等への支援体制等に関する課題（以下、「地域課題」という）の抽出、把握及び共有',
  f3: '地域における相談支援体制及び福祉サービス等の整備状況並びに課題等の抽出、把握及び共有',
  f4: '地域における関係機関の連携強化',
  f5: '社会資源の開発・改善等の地域課題への対応に向けた協議や取組の実施',
  f6: '相談支援従事者及び障害福祉サービス等従事者の人材確保・養成方法（研修のあり方を含む）の協議',
  f7: '市町村障害福祉計画及び障害児福祉計画の策定過程での助言等、計画の進捗状況の把握並びに必要な応じた助言等',
  f8: '地域における課題等について都道府県協議会への必要な応じた報告及び都道府県協議会との連携',
};

type CouncilFunction = keyof typeof councilFunctions;

export const tiers = { ward: '区域', block: 'ブロック域', city: '市域' };

interface Placement {
  readonly id: CouncilFunction;
  /** As the guideline numbers it. */
  readonly number: string;
  readonly tiers: readonly (keyof typeof tiers)[];
}

export const placements: readonly Placement[] = [
  { id: 'f1', number: '①', tiers: ['ward'] },
  { id: 'f2', number: '②', tiers: ['ward', 'block', 'city'] },
  { id: 'f3', number: '③', tiers: ['ward', 'city'] },
  { id: 'f4', number: '④', tiers: ['ward', 'block'] },
  { id: 'f5', number: '⑤', tiers: ['ward', 'block', 'city'] },
  { id: 'f6', number: '⑥', tiers: ['ward', 'city'] },
  { id: 'f7', number: '⑦', tiers: ['city'] },
  { id: 'f8', number: '⑧', tiers: ['city'] },
];
