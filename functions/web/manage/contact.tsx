/** The contact (連絡先) of one municipality: kept by itself, and by the prefecture. */

import type { Hono } from 'hono';
import type { AnsweringUnit } from '../../../schemas/directory.ts';
import { errorsOf } from '../../../schemas/issues.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { unitContact } from '../../../schemas/unit-contact.ts';
import { isAllowed, relationToMunicipality } from '../../domain/authorisation.ts';
import type { Action } from '../../domain/authorisation.ts';
import { findMunicipality } from '../../service/access.ts';
import { contactEtag } from '../../service/contacts.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, refused } from '../shared/admission.tsx';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledInput, fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { DateTime } from '../shared/time.tsx';
import { UnitContactView, contactFields, contactLabels, contactPeople } from '../shared/unit-contact.tsx';
import { labelledTexts, UnsavedTexts } from '../shared/unsaved-texts.tsx';
import { SavedMeanwhile } from '../shared/settings-form.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

interface ContactForm {
  /** By the names of the fields. */
  readonly typed: (name: string) => string;
  /** The revision of what the form was filled from. */
  readonly seen: string;
  readonly errors: readonly FieldError[];
  /** Saved by somebody else since. */
  readonly isMeanwhile?: boolean;
}

const labels = new Map(contactLabels);
const hints: Readonly<Record<string, string>> = {
  telephone: '例：048-000-0000 内線1234',
  email: '1件だけ入力してください。調査のお知らせをこのアドレスに送ります。',
};

async function contactPage(
  c: WebContext,
  visit: Visit,
  { code, name }: AnsweringUnit,
  { typed, seen, errors, isMeanwhile = false }: ContactForm,
): Promise<Response> {
  const { paths, person, recovered, service } = visit;
  const kept = await service.store.contact(code);
  const title = `${name}の連絡先`;
  const isPrefecture = person.role === 'prefecture';
  const hasErrors = errors.length > 0;
  const mayWrite = isAllowed(relationToMunicipality(person, code), 'contacts.write');
  const isUnsaved = hasErrors || isMeanwhile || recovered !== undefined;
  const lost = recovered !== undefined && !mayWrite ? labelledTexts(recovered, await visit.labels()) : undefined;
  return page(
    c,
    { title, status: hasErrors ? 422 : isMeanwhile ? 412 : 200, hasErrors, script: true },
    <>
      <Breadcrumbs
        trail={[
          { label: '調査の一覧', href: paths.home },
          ...(isPrefecture ? [{ label: '連絡先', href: paths.contacts }] : []),
          { label: title },
        ]}
      />
      <ErrorSummary
        errors={errors.map(({ path, message }) => ({
          href: `#${fieldId(path)}`,
          message: `${labels.get(path) ?? ''}　${message}`,
        }))}
      />
      {recovered !== undefined && mayWrite && <RecoveredNotice />}
      {lost !== undefined && <UnsavedTexts texts={lost} />}
      {isMeanwhile && (
        <SavedMeanwhile>
          <p>
            <UnitContactView contact={kept} />
          </p>
        </SavedMeanwhile>
      )}
      {c.req.query('done') === 'saved' && <Notice kind="success" title="連絡先を保存しました。" />}
      <h1>{title}</h1>
      <p>
        県が調査についてお知らせし、お尋ねする先です。次の年の調査にも引き継がれます。
        {!isPrefecture && '担当者が替わったときは、ここで書き換えてください。'}
        公表されることはありません。
      </p>
      {kept !== undefined && (
        <p class="hint">
          最終保存 <DateTime at={new Date(kept.savedAt)} />（{kept.savedBy}）
        </p>
      )}
      {mayWrite ? (
        <form method="post" action={paths.contact(code)} data-warn data-unsaved={isUnsaved ? '' : undefined}>
          <CsrfField visit={visit} />
          <input type="hidden" name="seen" value={seen} />
          {contactPeople.map(([key, person]) => (
            <fieldset>
              <legend>{person === '主' ? '主の担当者' : '副の担当者（いない場合は全て空欄にしてください）'}</legend>
              {contactFields.map(([field, label]) => {
                const at = `${key}.${field}`;
                const hint = hints[field];
                return (
                  <LabelledInput
                    name={at}
                    label={label}
                    value={typed(at)}
                    error={errors.find(({ path }) => path === at)?.message}
                    {...(hint === undefined ? {} : { hint })}
                  />
                );
              })}
            </fieldset>
          ))}
          <div class="button-row">
            <Button>保存する</Button>
            <a href={isPrefecture ? paths.contacts : paths.home}>保存せずに戻る</a>
          </div>
        </form>
      ) : (
        <p>
          <UnitContactView contact={kept} />
        </p>
      )}
    </>,
  );
}

async function show(c: WebContext, visit: Visit, municipality: AnsweringUnit): Promise<Response> {
  const kept = await visit.service.store.contact(municipality.code);
  const { recovered } = visit;
  const held = new Map(
    contactPeople.flatMap(([key]) => contactFields.map(([field]) => [`${key}.${field}`, kept?.[key]?.[field] ?? ''])),
  );
  return contactPage(c, visit, municipality, {
    typed: (name) => (recovered === undefined ? (held.get(name) ?? '') : (recovered.get(name) ?? '')),
    seen: recovered?.get('seen') ?? String(kept?.revision ?? 0),
    errors: [],
  });
}

async function save(c: WebContext, visit: Visit, municipality: AnsweringUnit): Promise<Response> {
  const { service, person, paths } = visit;
  const { text } = await postedForm(c);
  const [main, deputy] = contactPeople.map(([key]) =>
    Object.fromEntries(contactFields.map(([field]) => [field, text(`${key}.${field}`)])),
  );
  const hasDeputy = deputy !== undefined && Object.values(deputy).some((each) => each !== '');
  const wanted = { main, ...(hasDeputy ? { deputy } : {}) };
  const parsed = unitContact.safeParse(wanted);
  if (!parsed.success) {
    const errors = errorsOf(parsed.error, wanted, 100);
    return contactPage(c, visit, municipality, { typed: text, seen: text('seen'), errors });
  }
  const saved = await service.saveContact(
    municipality.code,
    parsed.data,
    { ifMatch: contactEtag({ revision: Number(text('seen')) }) },
    person.name,
  );
  if (saved.ok) return c.redirect(withParameters(paths.contact(municipality.code), { done: 'saved' }), 303);
  if (saved.problem.code !== 'precondition-failed') return refusalPage(c, saved.problem);
  const now = await service.store.contact(municipality.code);
  return contactPage(c, visit, municipality, {
    typed: text,
    seen: String(now?.revision ?? 0),
    errors: [],
    isMeanwhile: true,
  });
}

function ofMunicipality(
  action: Action,
  handle: (c: WebContext, visit: Visit, municipality: AnsweringUnit) => Promise<Response>,
) {
  return async (c: WebContext): Promise<Response> => {
    const visit = c.get('visit');
    const found = await findMunicipality(visit.service, visit.person, action, c.req.param('unit') ?? '');
    return found.ok ? handle(c, visit, found.value) : refused(c, found.problem);
  };
}

export function contactPages(app: Hono<WebEnv>): void {
  app.get('/contacts/:unit', ofMunicipality('contacts.read', show));
  app.post('/contacts/:unit', ofMunicipality('contacts.write', save));
}
