/** What would change in the figures if a correction were accepted: figure by figure, before and after. */

import type { Hono } from 'hono';
import { isCorrected } from '../../domain/life.ts';
import { trackedReturn } from '../../domain/log.ts';
import { figureLabel, printFigure } from '../../domain/report/corrections.ts';
import type { FoundReturn } from '../../service/access.ts';
import { correctionEffect } from '../../service/correction-effect.ts';
import { refusalPage, returnAdmitted } from '../shared/admission.tsx';
import { page } from '../shared/layout.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { Table } from '../shared/table.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { readUnitQuery, writeUnitQuery } from './tracked-units.ts';

const title = '訂正を確認済にした場合の集計の変化';

async function show(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const { service, paths } = visit;
  const { key, round, form, unit } = found;
  const state = await service.store.roundState(round.id);
  const standing = state === undefined ? undefined : trackedReturn(state, form.id, unit.code);
  const back = paths.review(key) + writeUnitQuery(readUnitQuery(c.req.query()));
  const corrected =
    standing !== undefined && isCorrected(standing) ? await service.store.version(key, standing.version) : undefined;
  if (state === undefined || standing === undefined || corrected === undefined)
    return refusalPage(c, { code: 'not-submitted' }, { href: back, label: '回答へ戻る' });
  const figures = await correctionEffect(service, found, state, corrected);
  const asked = { forms: [form] };
  return page(
    c,
    { title: `${unit.name}　${title}`, wide: true },
    <>
      <RoundNav
        paths={paths}
        round={round}
        current="round"
        trail={[{ label: `${unit.name} ${form.title}`, href: back }, { label: title }]}
      />
      <h1>
        {unit.name}　{title}
      </h1>
      <p>
        集計では、確認済の第{standing.acceptedVersion}版を数えています。第{standing.version}
        版を確認済にすると、次のとおり変わります（提出済と確認済の回答の集計）。
      </p>
      {figures.length === 0 ? (
        <p>変わる集計値はありません。</p>
      ) : (
        <Table
          label="変わる集計値の表"
          caption={`変わる集計値（${figures.length}件）`}
          rows={figures}
          columns={[
            { heading: '集計値', isName: true, cell: (figure) => figureLabel(figure, asked) },
            {
              heading: '現在',
              cell: ({ before, after, measureUnit }) =>
                printFigure(before, measureUnit, before?.base !== after?.base || before?.value === after?.value),
            },
            {
              heading: '確認済にした後',
              cell: ({ before, after, measureUnit }) =>
                printFigure(after, measureUnit, before?.base !== after?.base || before?.value === after?.value),
            },
          ]}
        />
      )}
      <p>
        <a href={back}>回答へ戻る</a>
      </p>
    </>,
  );
}

export function correctionEffectPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/effect', returnAdmitted('summary.read', show));
}
