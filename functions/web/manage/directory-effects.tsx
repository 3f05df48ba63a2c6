/** Before the directory is changed: what changes in each version that is saved, and which rounds and returns it concerns. */

import { returnStates } from '../../../schemas/return.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { directoryChangesOn, unitsAffected } from '../../domain/directory-changes.ts';
import type { ChangedVersion } from '../../domain/directory-dated-edit.ts';
import { roundsAsking } from '../../service/round-directory.ts';
import type { AffectedRound, ConcernedReturn } from '../../service/round-directory.ts';
import { Table } from '../shared/table.tsx';
import type { Paths } from '../shared/paths.ts';
import type { Visit } from '../shared/visit.ts';
import { DirectoryChanges, shownLines } from './directory-changes.tsx';

function affectedIn(versions: readonly ChangedVersion[]): ReadonlySet<string> {
  return unitsAffected(versions.flatMap(({ day, before, after }) => directoryChangesOn(day, before, after)));
}

/** Whether more changes than how units are described, which is asked about before it is saved. */
export function affectsOthers(versions: readonly ChangedVersion[]): boolean {
  return affectedIn(versions).size > 0;
}

export function affectedRounds({ service, now }: Visit, versions: readonly ChangedVersion[]): Promise<AffectedRound[]> {
  return roundsAsking(service, affectedIn(versions), now);
}

interface ReturnsProps {
  readonly returns: readonly ConcernedReturn[];
  readonly titles: AffectedRound['titles'];
  readonly round: string;
  readonly caption: string;
  readonly paths: Paths;
}

export function ConcernedReturns({ returns, titles, round, caption, paths }: ReturnsProps) {
  return (
    <>
      <Table
        label={caption}
        caption={caption}
        rows={returns.slice(0, shownLines)}
        columns={[
          {
            heading: '回答単位',
            isName: true,
            cell: ({ form, unit, unitName }) => <a href={paths.review({ round, form, unit })}>{unitName}</a>,
          },
          { heading: '調査票', cell: ({ form }) => titles.get(form) },
          { heading: '状態', cell: ({ state }) => returnStates[state] },
        ]}
      />
      {returns.length > shownLines && <p>ほか{returns.length - shownLines}件</p>}
    </>
  );
}

interface EffectsProps {
  readonly versions: readonly ChangedVersion[];
  readonly rounds: readonly AffectedRound[];
  readonly paths: Paths;
}

export function DirectoryEffects({ versions, rounds, paths }: EffectsProps) {
  return (
    <>
      {versions.map(({ day, before, after }, index) => (
        <section aria-labelledby={`version-${index}`}>
          <h2 id={`version-${index}`}>{printPartialDate(day)}からの名簿</h2>
          <DirectoryChanges changes={directoryChangesOn(day, before, after)} />
        </section>
      ))}
      <AffectedRounds rounds={rounds} paths={paths} />
    </>
  );
}

export function AffectedRounds({ rounds, paths }: Pick<EffectsProps, 'rounds' | 'paths'>) {
  return (
    <section aria-labelledby="affected">
      <h2 id="affected">調査と回答への影響</h2>
      <p>
        回答できる市町村（協議会の事務局）は、変更が有効になる日から、新しい内容で決まります。実施中の調査の対象は、その調査の設定で名簿を改めない限り変わりません。
      </p>
      {rounds.length === 0 && (
        <p>
          対象かどうかや回答する市町村が変わる団体に、回答を求めている調査（受付を終了したものを除く。）はありません。
        </p>
      )}
      {rounds.map(({ round, titles, returns }) => (
        <>
          <h3>
            <a href={paths.roundSettings(round.id)}>{round.name}</a>（名簿 第{round.directoryVersion}版を使用）
          </h3>
          <ConcernedReturns
            returns={returns}
            titles={titles}
            round={round.id}
            caption={`${round.name}の、変更のある団体の回答（${returns.length}件）`}
            paths={paths}
          />
        </>
      ))}
    </section>
  );
}
