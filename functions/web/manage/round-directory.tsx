/** Which version of the directory a round uses, and taking another one after what it changes was shown. */

import type { Round } from '../../../schemas/round.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { startsOf, versionOn } from '../../domain/directory-calendar.ts';
import type { DirectoryCalendar } from '../../domain/directory-calendar.ts';
import { roundDirectoryChange, withDirectory } from '../../service/round-directory.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import type { PostedForm } from '../shared/posted-form.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { LabelledSelect } from '../shared/labelled-controls.tsx';
import type { Visit, WebContext } from '../shared/visit.ts';
import { FormerReturns, formerReturnsRule } from '../shared/former-returns.tsx';
import { DirectoryChanges } from './directory-changes.tsx';
import { ConcernedReturns } from './directory-effects.tsx';

interface SectionProps {
  readonly visit: Visit;
  readonly round: Round;
  readonly calendar: DirectoryCalendar;
}

export function RoundDirectory({ visit: { paths, now }, round, calendar }: SectionProps) {
  const pinned = round.directoryVersion;
  const [today, onReference] = [dayInJapan(now), round.referenceDate].map((day) => versionOn(calendar, day));
  const others = startsOf(calendar).filter(({ version }) => version !== pinned);
  return (
    <section aria-labelledby="round-directory">
      <h2 id="round-directory">この調査の名簿</h2>
      <p>
        名簿 第{pinned}版を使っています。名簿を変更しても、ここで別の版を選ばない限り、この調査の対象は変わりません。
        {onReference !== undefined &&
          onReference !== pinned &&
          `基準日（${printPartialDate(round.referenceDate)}）に有効な版は、今は第${onReference}版です。`}
      </p>
      {others.length > 0 && (
        <form method="get" action={paths.roundSettings(round.id)}>
          <LabelledSelect
            name="directory"
            label="別の版を使う"
            value={String(onReference)}
            options={others.map(({ day, version }) => [
              String(version),
              `第${version}版（${printPartialDate(day)}から${version === today ? '、現在有効' : ''}${
                version === onReference ? '、基準日に有効' : ''
              }）`,
            ])}
          />
          <Button kind="secondary">変わる点を確かめる</Button>
        </form>
      )}
    </section>
  );
}

export async function roundDirectoryPage(
  c: WebContext,
  { service, paths, ...visit }: Visit,
  round: Round,
  version: number,
): Promise<Response> {
  const back = { href: paths.roundSettings(round.id), label: '調査の設定に戻る' };
  const shown = await roundDirectoryChange(service, round, version);
  if (!shown.ok) return refusalPage(c, shown.problem, back);
  const { pinned, changes, expected, returns, former, errors } = shown.value;
  const isLater = former.length > 0;
  const isRefused = errors.length > 0;
  return page(
    c,
    { title: '使う名簿の変更点', wide: true },
    <>
      <RoundNav paths={paths} round={round} current="roundSettings" />
      <h1>使う名簿の変更点</h1>
      <p>
        この調査の名簿を、第{pinned}版から第{version}版に改めた場合の変更点です。まだ変更されていません。
      </p>
      {isRefused && (
        <Notice kind="warning" title="すでに回答があるため、この版には改められません。">
          <ul>
            {errors.map(({ message }) => (
              <li>{message}</li>
            ))}
          </ul>
        </Notice>
      )}
      <h2>回答の対象</h2>
      <ul>
        {expected.map(({ title, before, after }) => (
          <li>
            {title}：{before === after ? `${before}件（変わりません）` : `${before}件 → ${after}件`}
          </li>
        ))}
      </ul>
      <h2>名簿の変更点</h2>
      {changes.length === 0 ? <p>市町村及び協議会に変更はありません。</p> : <DirectoryChanges changes={changes} />}
      {isLater && (
        <section aria-labelledby="former">
          <h2 id="former">合併などでなくなる団体の、すでに始まっている回答（{former.length}件）</h2>
          <p>{formerReturnsRule}</p>
          <p>
            基準日（{printPartialDate(round.referenceDate)}
            ）の時点の市町村の回答をそのまま使う調査では、名簿を改めないでください。改めない間は、なくなった市町村の回答も、後の市町村の利用者が続けて入力・提出でき、これまでどおり集計します。
          </p>
          <FormerReturns returns={former} hrefOf={({ form, unit }) => paths.review({ round: round.id, form, unit })} />
        </section>
      )}
      {returns.length > 0 && (
        <section aria-labelledby="concerned">
          <h2 id="concerned">関係する回答</h2>
          <ConcernedReturns
            returns={returns}
            titles={new Map(expected.map(({ form, title }) => [form, title]))}
            round={round.id}
            caption={`変更のある市町村・協議会の、すでに始まっている回答（${returns.length}件）`}
            paths={paths}
          />
        </section>
      )}
      <form method="post" action={paths.roundSettings(round.id)}>
        <CsrfField visit={visit} />
        <input type="hidden" name="directory" value={String(version)} />
        <input type="hidden" name="pinned" value={String(pinned)} />
        <div class="button-row">
          {!isRefused && pinned !== version && <Button>第{version}版に改める</Button>}
          <a href={back.href}>改めずに戻る</a>
        </div>
      </form>
    </>,
  );
}

/** Takes the version that was looked at, unless the round has taken another one since. */
export async function takeDirectory(
  c: WebContext,
  { service, person, paths }: Visit,
  round: Round,
  text: PostedForm['text'],
): Promise<Response> {
  const { id, directoryVersion, ...definition } = round;
  const back = { href: paths.roundSettings(id), label: '最新の設定を開く' };
  const wanted = Number(text('directory'));
  if (!Number.isInteger(wanted) || wanted < 1) return refusalPage(c, { code: 'not-found' }, back);
  const isStale = directoryVersion !== wanted && directoryVersion !== Number(text('pinned'));
  if (isStale) return refusalPage(c, { code: 'precondition-failed', detail: '使う名簿は変更されていません。' }, back);
  const seen = JSON.stringify(round);
  const calendar = await service.store.directoryCalendar();
  if (wanted > calendar.newest) return refusalPage(c, { code: 'not-found' }, back);
  const directory = await service.store.directoryOfRound({ ...round, directoryVersion: wanted });
  const { units } = withDirectory(round, directory);
  const taking = units === undefined ? definition : { ...definition, units };
  const defined = await service.defineRound(id, taking, person.name, {
    directoryVersion: wanted,
    isAsSeen: (before) => JSON.stringify(before) === seen,
  });
  return defined.ok
    ? c.redirect(withParameters(paths.roundSettings(id), { done: 'saved' }), 303)
    : refusalPage(c, defined.problem, back);
}
