/** Whom the prefecture telephones in a municipality (連絡先), as its pages print it. */

import { dialledNumber } from '../../../schemas/values/contact-texts.ts';
import type { ContactPerson, KeptContact } from '../../../schemas/unit-contact.ts';

export const contactPeople = [
  ['main', '主'],
  ['deputy', '副'],
] as const;

export const contactFields = [
  ['division', '所属（部署）'],
  ['person', '担当者名'],
  ['telephone', '電話番号'],
  ['email', 'メールアドレス'],
] as const satisfies readonly (readonly [keyof ContactPerson, string])[];

/** By the names of the fields. */
export const contactLabels: readonly (readonly [string, string])[] = contactPeople.flatMap(([person, title]) =>
  contactFields.map(([field, label]): [string, string] => [`${person}.${field}`, `${title}：${label}`]),
);

function Person({ person, title }: { readonly person: ContactPerson; readonly title: string }) {
  return (
    <>
      {title}　{person.division}　{person.person}　
      <a href={`tel:${dialledNumber(person.telephone)}`}>{person.telephone}</a>
      {'　'}
      <a href={`mailto:${person.email}`}>{person.email}</a>
    </>
  );
}

export function UnitContactView({ contact }: { readonly contact: KeptContact | undefined }) {
  if (contact === undefined) return <>連絡先は登録されていません</>;
  const { main, deputy } = contact;
  return (
    <>
      <Person person={main} title="主" />
      {deputy !== undefined && (
        <>
          <br />
          <Person person={deputy} title="副" />
        </>
      )}
    </>
  );
}
