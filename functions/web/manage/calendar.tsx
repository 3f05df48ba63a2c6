/** 年間の予定: what is open now, and what opens, is due and closes in a fiscal year, over all rounds. */

import type { Hono } from 'hono';
import { dayInJapan } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { fiscalYearOf, printFiscalYear } from '../../../schemas/values/partial-date.ts';
import { openRounds, weekendOf, yearCalendar } from '../../domain/year-calendar.ts';
import { withParameters } from '../shared/address.ts';
import { admitted } from '../shared/admission.tsx';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { page } from '../shared/layout.tsx';
import { Table } from '../shared/table.tsx';
import { DateTime, DaysLeft } from '../shared/time.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { Ways } from '../shared/ways.tsx';

function OpenNow({ rounds, visit: { paths, now } }: { rounds: readonly Round[]; visit: Visit }) {
  return (
    <section aria-labelledby="open">
      <h2 id="open">受付中の調査（{rounds.length}件）</h2>
      {rounds.length === 0 ? (
        <p>ありません。</p>
      ) : (
        <ul>
          {rounds.map(({ id, name, dueAt }) => (
            <li>
              <a href={paths.round(id)}>{name}</a>　提出期限 <DateTime at={dueAt} />{' '}
              <DaysLeft dueAt={dueAt} now={now} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

async function calendarPage(c: WebContext, visit: Visit): Promise<Response> {
  const { service, paths, now } = visit;
  const rounds = await service.store.rounds();
  const typed = c.req.query('year') ?? '';
  const year = /^(?:19|2\d)\d\d$/.test(typed) ? Number(typed) : fiscalYearOf(dayInJapan(now));
  const lines = yearCalendar(rounds, year, now);
  const way = (to: number) => ({
    href: withParameters(paths.calendar, { year: String(to) }),
    label: printFiscalYear(to),
  });
  return page(
    c,
    { title: '年間の予定' },
    <>
      <Breadcrumbs trail={[{ label: '調査の一覧', href: paths.home }, { label: '年間の予定' }]} />
      <h1>年間の予定</h1>
      <OpenNow rounds={openRounds(rounds, now)} visit={visit} />
      <section aria-labelledby="year">
        <h2 id="year">{printFiscalYear(year)}</h2>
        {lines.length === 0 ? (
          <p>この年度の予定はありません。</p>
        ) : (
          <Table
            isRoomy
            rows={lines}
            columns={[
              {
                heading: '日付',
                class: 'nowrap',
                cell: ({ day }) => (
                  <>
                    <DateTime at={day} />
                    {weekendOf(day) !== undefined && `（${weekendOf(day)}）`}
                  </>
                ),
              },
              { heading: '予定', class: 'nowrap', cell: ({ what, isOver }) => `${what}${isOver ? '（済）' : ''}` },
              {
                heading: '調査',
                isName: true,
                cell: ({ round: { id, name, draft } }) => (
                  <>
                    <a href={paths.round(id)}>{name}</a>
                    {draft === true && '（公開前）'}
                  </>
                ),
              },
            ]}
          />
        )}
        <Ways label="前後の年度" previous={way(year - 1)} next={way(year + 1)} />
      </section>
    </>,
  );
}

export function calendarPages(app: Hono<WebEnv>): void {
  app.get('/calendar', admitted('prefecture.read', calendarPage));
}
