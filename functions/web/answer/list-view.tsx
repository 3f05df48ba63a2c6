/** The page of a section that is a list: its entries in order, each with a page of its own. */

import type { Item } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { asOfDate } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import type { Removed } from './actions.ts';
import type { PageFindings } from './page-messages.ts';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { Notice } from '../shared/notice.tsx';
import { FoldedEntries } from '../fields/folded-entries.tsx';
import { fieldContext } from './field-context.ts';
import { isInside, isLeftOut, withPlaceLabel } from './findings.ts';
import { ClosedNotice, EnterSaves, ReadOnlyNotice, SectionAnswers, SectionLinks, Trail } from './frame.tsx';
import type { Opened } from './opened.ts';
import { listPlace } from './place.ts';
import { RemovedNotice } from './removal.tsx';
import { storedFields } from './recovered.ts';
import { savedElsewhere } from './saved-elsewhere.ts';
import { fieldHref, pageHref } from './where.ts';

export interface ListViewProps {
  readonly opened: Opened;
  readonly section: Item;
  readonly findings: PageFindings;
  readonly last: Answers | undefined;
  readonly sentBack: Answers | undefined;
  readonly isStale: boolean;
  readonly removed: Removed | undefined;
  readonly page: number;
}

export function ListView({ opened, section, findings, last, sentBack, isStale, removed, page }: ListViewProps) {
  const { visit, draft, canEdit, round } = opened;
  const place = listPlace(section);
  const context = fieldContext(opened, place, storedFields(place, draft), findings);
  const wrong = findings.examination.errors.filter(
    (error) => isInside(error.path, section.key) && !isLeftOut(error) && error.code !== 'reason-required',
  );
  const errors = findings.withMissing
    ? wrong.map((error) => ({
        href: fieldHref(opened, error.path),
        message: withPlaceLabel(opened, draft.answers, error),
      }))
    : [];
  return (
    <>
      <Trail opened={opened} below={[{ label: numberedLabel(section.definition) }]} />
      {canEdit && <ErrorSummary errors={errors} rest="各項目に表示しています" />}
      <RemovedNotice
        opened={opened}
        removed={removed}
        href={pageHref(visit.paths, opened.key, { section: section.key })}
      />
      {isStale && (
        <Notice
          kind="warning"
          title={`${savedElsewhere(opened)}。最新の一覧を表示しています。もう一度操作してください。`}
        />
      )}
      <h1>{numberedLabel(section.definition)}</h1>
      <ReadOnlyNotice opened={opened} />
      <ClosedNotice opened={opened} />
      <p class="hint">
        {printPartialDate(asOfDate(round, section.key))}現在の状況を回答してください。1件ずつ保存されます。
        <SectionLinks opened={opened} section={section} />
      </p>
      {canEdit ? (
        <form method="post" action={pageHref(visit.paths, opened.key, { section: section.key })}>
          <EnterSaves />
          <CsrfField visit={visit} />
          <input type="hidden" name="etag" value={draft.etag(place.part)} />
          <FoldedEntries
            context={context}
            item={section}
            path={section.key}
            scope=""
            stored={draft.answers[section.key]}
            previous={last?.[section.key]}
            submitted={sentBack?.[section.key]}
          />
          <div class="button-row">
            <button class="button button--primary" name="action" value="next">
              次へ進む
            </button>
            <a href={visit.paths.return(opened.key)}>回答する項目に戻る</a>
          </div>
        </form>
      ) : (
        <SectionAnswers
          opened={opened}
          section={section}
          page={page}
          hrefOf={(to) => pageHref(visit.paths, opened.key, { section: section.key }, { page: String(to) })}
        />
      )}
    </>
  );
}
