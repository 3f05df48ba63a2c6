/** Where the prefecture goes within a round. */

import type { Round } from '../../../schemas/round.ts';
import { Breadcrumbs } from './breadcrumbs.tsx';
import type { Paths } from './paths.ts';

const places = [
  ['round', '回答の状況'],
  ['roundQuestions', '質問'],
  ['mails', 'メール'],
  ['summary', '集計'],
  ['exports', '出力・公表'],
  ['log', '履歴'],
  ['roundSettings', '調査の設定'],
] as const;

export type RoundPlace = (typeof places)[number][0];

interface RoundNavProps {
  readonly paths: Paths;
  readonly round: Pick<Round, 'id' | 'name'>;
  readonly current: RoundPlace;
  /** Pages below the current place, the page itself last. */
  readonly trail?: readonly { readonly label: string; readonly href?: string }[];
}

export function RoundNav({ paths, round, current, trail = [] }: RoundNavProps) {
  const label = places.find(([place]) => place === current)?.[1] ?? '';
  const isRoundItself = current === 'round' && trail.length === 0;
  const here = trail.length === 0 ? [{ label }] : [{ label, href: paths[current](round.id) }, ...trail];
  const above = current === 'round' ? [] : [{ label: round.name, href: paths.round(round.id) }];
  const below =
    current === 'round'
      ? [{ label: round.name, ...(isRoundItself ? {} : { href: paths.round(round.id) }) }, ...trail]
      : here;
  return (
    <>
      <Breadcrumbs trail={[{ label: '調査の一覧', href: paths.home }, ...above, ...below]} />
      <nav class="round-nav" aria-label="調査のメニュー">
        <ul>
          {places.map(([place, label]) => (
            <li>
              <a
                href={paths[place](round.id)}
                aria-current={place === current ? (trail.length === 0 ? 'page' : 'true') : undefined}
              >
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
