/** Mails of a round: which are due and to whom, what they say, and putting them in the queue that a process of its own sends. */

import { isDeepStrictEqual } from 'node:util';
import { askedUnits } from '../../schemas/asked-units.ts';
import { kindLabels, namesOfUnits, unitsByCode } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import { successorsIn } from '../../schemas/directory-on-day.ts';
import type { Catalogue } from '../../schemas/form.ts';
import { isSentByItself } from '../../schemas/mail.ts';
import type {
  Mail,
  MailEvent,
  MailPlaceholder,
  MailRequest,
  MailSettings,
  MailText,
  WrittenMail,
} from '../../schemas/mail.ts';
import type { PrefectureContact } from '../../schemas/contact.ts';
import type { KeptContact } from '../../schemas/unit-contact.ts';
import { formOf, formsOf } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import { classKey, classKeysOf, classesOf } from '../../schemas/unit-classes.ts';
import type { UnitClass } from '../../schemas/unit-classes.ts';
import { printInstant } from '../domain/print-instant.ts';
import { dueDateOf } from '../domain/due-date.ts';
import { trackedReturn } from '../domain/log.ts';
import { fillIn, mailTextOf, subjectOf } from '../domain/mail-texts.ts';
import { dueMails, isOverdue, isTrueOf, joinPresses, keysIn } from '../domain/mails.ts';
import type { DueMail, MailedReturn, MailSituation } from '../domain/mails.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { checkEtag, isConditional } from '../domain/revisions.ts';
import type { Precondition } from '../domain/revisions.ts';
import type { KeptSettings } from '../storage/round-settings.ts';
import type { Store } from '../storage/store.ts';

export interface MailSources {
  readonly forms: Catalogue;
  readonly store: Pick<
    Store,
    'roundState' | 'directoryOfRound' | 'currentDirectory' | 'contacts' | 'mailSettings' | 'mails' | 'recordMail'
  > & { readonly askedQuestions: Pick<Store['askedQuestions'], 'all'> };
}

/** Who writes: what stands in every mail beside its own words. */
export interface MailSite {
  /** As browsers open it. */
  readonly url: string;
  readonly prefectureName: string;
  readonly contact: PrefectureContact;
}

/** All that mails of a round are made of. */
export interface MailDesk {
  readonly situation: MailSituation;
  readonly settings: MailSettings;
  readonly contactOf: (municipality: string) => KeptContact | undefined;
  readonly nameOf: (municipality: string) => string;
  /** The classes (分類) of the directory of the round, … */
  readonly classes: readonly UnitClass[];
  /** … and the keys of the values that a municipality has. */
  readonly classKeysOf: (municipality: string) => readonly string[];
  /** A return as a mail names it. */
  readonly labelOf: (of: Pick<MailedReturn, 'form' | 'unit'>) => string;
}

function returnsOf(
  forms: Catalogue,
  round: Round,
  pinned: Directory,
  today: Directory,
  state: NonNullable<Awaited<ReturnType<Store['roundState']>>>,
): MailedReturn[] {
  return formsOf(forms, round).flatMap((form) =>
    [...askedUnits(pinned, round, form).values()].flatMap(({ code, editor }) => {
      const standing = trackedReturn(state, form.id, code);
      // Of who was divided every part may answer.
      const acting = successorsIn(today, unitsByCode(today, form.units).get(code)?.editor ?? editor);
      return acting.map((municipality) => ({ form: form.id, unit: code, municipality, standing }));
    }),
  );
}

export async function mailDesk({ store, forms }: MailSources, round: Round): Promise<MailDesk> {
  const [state, pinned, current, contacts, settings, asked] = await Promise.all([
    store.roundState(round.id),
    store.directoryOfRound(round),
    store.currentDirectory(),
    store.contacts(),
    store.mailSettings(round.id),
    store.askedQuestions.all({ round: round.id }),
  ]);
  if (state === undefined) throw new TypeError(`round ${round.id} has no log`);
  const today = current?.directory ?? pinned;
  const kept = new Map(contacts.map((each) => [each.unit, each]));
  const placed = new Map([...kindLabels(pinned).keys()].flatMap((kind) => [...unitsByCode(pinned, kind)]));
  const names = new Map([...namesOfUnits(pinned), ...namesOfUnits(today)]);
  return {
    situation: { round, state, returns: returnsOf(forms, round, pinned, today, state), asked },
    settings: settings.settings,
    contactOf: (municipality) => kept.get(municipality),
    nameOf: (municipality) => names.get(municipality) ?? municipality,
    classes: classesOf(pinned),
    classKeysOf: (code) => classKeysOf(pinned, placed.get(code) ?? { code, members: [code] }),
    labelOf: ({ form: id, unit }) => {
      const form = formOf(forms, round, id);
      const name = form && unitsByCode(pinned, form.units).get(unit)?.name;
      return `${form?.title ?? id}（${name ?? unit}）`;
    },
  };
}

function factsOf(desk: MailDesk, site: MailSite, mail: DueMail): Readonly<Record<MailPlaceholder, string>> {
  const { main } = desk.contactOf(mail.municipality) ?? {};
  const { contact, prefectureName } = site;
  return {
    市町村: desk.nameOf(mail.municipality),
    担当者: main === undefined ? '御担当者' : `${main.division} ${main.person}`,
    調査名: desk.situation.round.name,
    調査票: mail.returns.map((each) => `・${desk.labelOf(each)}`).join('\n'),
    提出期限: printInstant(mail.dueAt),
    サイト: site.url,
    県の担当: `${prefectureName} ${contact.department}　電話 ${contact.phone}　メール ${contact.email}`,
  };
}

export function addressesOf(contact: KeptContact | undefined): string[] {
  if (contact === undefined) return [];
  return [...new Set([contact.main.email, ...(contact.deputy === undefined ? [] : [contact.deputy.email])])];
}

/** What a mail would say, with what stands of the round put in. */
export function composeMail(desk: MailDesk, site: MailSite, mail: DueMail, text?: MailText): MailText {
  const { subject, body } = text ?? mailTextOf(desk.settings, mail.event);
  const facts = factsOf(desk, site, mail);
  return { subject: subjectOf(subject, facts), body: fillIn(body, facts) };
}

function write(desk: MailDesk, site: MailSite, mail: DueMail, now: Date, by?: { actor: string; text?: MailText }) {
  const to = addressesOf(desk.contactOf(mail.municipality));
  const written: WrittenMail = {
    event: mail.event,
    unit: mail.municipality,
    key: mail.key,
    returns: [...mail.returns],
    to,
    ...composeMail(desk, site, mail, by?.text),
    recordedAt: now.toISOString(),
    ...(by === undefined ? {} : { recordedBy: by.actor }),
  };
  return to.length === 0 ? undefined : written;
}

export interface PlannedMail extends DueMail {
  readonly to: readonly string[];
}

/** What is due by itself and not recorded yet: with nobody to send it to, it waits for a contact as long as it is due. */
export function plannedMails(
  desk: MailDesk,
  recorded: readonly Pick<Mail, 'unit' | 'key'>[],
  now: Date,
): PlannedMail[] {
  const known = new Set(recorded.flatMap(({ unit, key }) => keysIn(key).map((each) => `${unit}#${each}`)));
  const open = dueMails(desk.situation, now).filter(
    ({ event, municipality, key }) => isSentByItself(desk.settings, event) && !known.has(`${municipality}#${key}`),
  );
  return joinPresses(open).map((mail) => ({ ...mail, to: addressesOf(desk.contactOf(mail.municipality)) }));
}

/** Records what is due by itself and not recorded yet. Gives what is recorded now. */
export async function queueDueMails(
  sources: MailSources,
  site: MailSite,
  { round, recorded }: { readonly round: Round; readonly recorded: readonly Pick<Mail, 'unit' | 'key'>[] },
  now: Date,
): Promise<WrittenMail[]> {
  const desk = await mailDesk(sources, round);
  const added: WrittenMail[] = [];
  for (const planned of plannedMails(desk, recorded, now)) {
    const mail = write(desk, site, planned, now);
    if (mail !== undefined && (await sources.store.recordMail(round.id, mail))) added.push(mail);
  }
  return added;
}

/**
 * To whom a request goes: municipalities that the round asks, with those of their returns that the filter means, and of
 * which the event's mails say what is true. What was noted as 回答なし is asked of nobody.
 */
export function receiversOf(
  { situation, classKeysOf: keysOf }: Pick<MailDesk, 'situation' | 'classKeysOf'>,
  {
    event,
    units,
    class: of,
    states,
    overdue,
  }: Pick<MailRequest, 'units' | 'class' | 'states' | 'overdue'> & { readonly event: MailEvent },
  now: Date,
): ReadonlyMap<string, readonly MailedReturn[]> {
  const wanted = situation.returns.filter(
    (each) =>
      (units === undefined || units.includes(each.municipality)) &&
      (of === undefined || keysOf(each.municipality).includes(classKey(of, of.value))) &&
      (states === undefined || (states.includes(each.standing.state) && each.standing.absence === undefined)) &&
      (overdue !== true || isOverdue(each, situation, now)) &&
      isTrueOf(event, each, situation, now),
  );
  return Map.groupBy(wanted, ({ municipality }) => municipality);
}

/** What a municipality gets of a request. */
export function requestedMail(
  { situation: { round } }: Pick<MailDesk, 'situation'>,
  event: MailEvent,
  municipality: string,
  returns: readonly MailedReturn[],
  id: string,
): DueMail {
  return {
    event,
    municipality,
    key: `${event}:by:${id}`,
    returns: returns.map(({ form, unit }) => ({ form, unit })),
    dueAt: returns[0] === undefined ? round.dueAt : dueDateOf(round, returns[0].standing),
    from: 0,
  };
}

export interface QueuedMails {
  readonly queued: number;
  /** Recorded before by the same request, or not to be sent again. */
  readonly skipped: number;
  /** Municipalities with no contact. */
  readonly withoutAddress: readonly string[];
}

interface Requesting extends MailSources {
  readonly store: MailSources['store'] & Pick<Store, 'repeatMail' | 'recordAccess'>;
  readonly site: MailSite;
  readonly now: () => Date;
  readonly randomId: () => string;
}

async function repeat({ store }: Requesting, desk: MailDesk, again: readonly string[]): Promise<QueuedMails> {
  const mails = (await store.mails(desk.situation.round.id)).filter(({ unit, key }) =>
    again.includes(`${unit}#${key}`),
  );
  let queued = 0;
  const withoutAddress: string[] = [];
  for (const mail of mails) {
    const to = addressesOf(desk.contactOf(mail.unit));
    if (to.length === 0) withoutAddress.push(mail.unit);
    else if (await store.repeatMail(desk.situation.round.id, mail, to)) queued += 1;
  }
  return { queued, skipped: again.length - queued - withoutAddress.length, withoutAddress };
}

/** Puts in the queue what a person wants sent. Refuses `not-open` while the round is being prepared. */
export async function requestMails(
  service: Requesting,
  round: Round,
  request: MailRequest,
  actor: string,
): Promise<Outcome<QueuedMails>> {
  if (round.draft === true) return refused('not-open');
  const { store, site, now, randomId } = service;
  const desk = await mailDesk(service, round);
  const { event, text, again, id = randomId() } = request;
  await store.recordAccess(round.id, { what: 'mailsRequested', actor, path: event ?? 'again' });
  if (again !== undefined || event === undefined) return done(await repeat(service, desk, again ?? []));
  let queued = 0;
  let skipped = 0;
  const withoutAddress: string[] = [];
  for (const [municipality, returns] of receiversOf(desk, { ...request, event }, now())) {
    const due = requestedMail(desk, event, municipality, returns, id);
    const mail = write(desk, site, due, now(), { actor, ...(text === undefined ? {} : { text }) });
    if (mail === undefined) withoutAddress.push(municipality);
    else if (await store.recordMail(round.id, mail)) queued += 1;
    else skipped += 1;
  }
  return done({ queued, skipped, withoutAddress });
}

export function mailSettingsEtag({ revision }: Pick<KeptSettings<MailSettings>, 'revision'>): string {
  return `"${revision}"`;
}

/** Replaces what is said about the mails of a round. Refuses `precondition-required` and `precondition-failed`. */
export async function saveMailSettings(
  store: Pick<Store, 'changeMailSettings'>,
  round: string,
  settings: MailSettings,
  precondition: Precondition,
  actor: string,
): Promise<Outcome<KeptSettings<MailSettings>>> {
  if (!isConditional(precondition)) return refused('precondition-required');
  return store.changeMailSettings(round, actor, (kept) => {
    if (isDeepStrictEqual(kept.settings, settings)) return done(undefined);
    const seen = checkEtag(mailSettingsEtag(kept), precondition);
    return seen.ok ? done(settings) : seen;
  });
}

/** What is shown of a text before it is kept: the mail that one municipality would get of all its returns. */
export function exampleOf(desk: MailDesk, event: MailEvent, municipality?: string): DueMail | undefined {
  const { round, returns } = desk.situation;
  const of = municipality ?? returns[0]?.municipality;
  const own = returns.filter((each) => each.municipality === of);
  const [first] = own;
  if (of === undefined || first === undefined) return undefined;
  const isOfOne = event === 'returned' || event === 'accepted' || event === 'onBehalf' || event === 'answered';
  const named = isOfOne ? [first] : own;
  const dueAt = dueDateOf(round, first.standing);
  return { event, municipality: of, key: '', returns: named, dueAt, from: 0 };
}
