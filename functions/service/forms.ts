/** Questionnaires (調査票): those that ship and those that the prefecture writes, drafts until they are adopted. */

import { askedUnits } from '../../schemas/asked-units.ts';
import { formOfDocument } from '../../schemas/document/form.ts';
import { readDocument } from '../../schemas/document/form-document.ts';
import type { FormDocument } from '../../schemas/document/form-document.ts';
import { kindLabels } from '../../schemas/directory.ts';
import { catalogue } from '../../schemas/form.ts';
import type { Catalogue, Form } from '../../schemas/form.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { Json } from '../../schemas/values/json.ts';
import { documentForm, formsOf, lacksForms } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import { maySeeRound, relationTo } from '../domain/authorisation.ts';
import type { Person } from '../domain/authorisation.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { unknownKindText } from '../domain/round-changes.ts';
import { matchesEtag } from '../domain/revisions.ts';
import type { Precondition } from '../domain/revisions.ts';
import { sealDocument, shippedDocument } from '../storage/form-documents.ts';
import type { FormItem } from '../storage/items.ts';
import type { Store } from '../storage/store.ts';
import { directoriesOf } from './service.ts';
import type { Service } from './service.ts';

type FormReads = Pick<Store, 'documentText' | 'loadForms' | 'storedForm' | 'storedForms'>;

interface FormService {
  readonly forms: Catalogue;
  readonly store: FormReads;
}

interface WritingForms extends FormService {
  readonly store: FormReads & Pick<Store, 'changeForm' | 'currentDirectory'>;
}

/** A version of a form as it is listed. */
export interface ListedForm {
  readonly form: string;
  readonly version: number;
  readonly title: string;
  readonly units: string;
  readonly state: FormItem['state'];
  readonly sha256?: string | undefined;
  /** It is written in a vocabulary that this release does not know. */
  readonly unreadable?: true;
}

/** A version of a form with what it asks. */
export interface FoundForm extends ListedForm {
  readonly definition: Form;
  /** None of a form that is no valid document. */
  readonly document?: FormDocument | undefined;
  /** What a change of it must name; none of one that only ships. */
  readonly etag?: string;
}

function etagOf({ sha256, revision }: FormItem): string {
  return `"${sha256}.${revision}"`;
}

function shippedEntry(form: Form): ListedForm {
  const { id, version, title, units } = form;
  return { form: id, version, title, units, state: 'shipped', sha256: shippedDocument(form)?.sha256 };
}

function storedEntry({ form, version, title, units, state, sha256 }: FormItem): ListedForm {
  const isReadable = documentForm(sha256) !== undefined;
  return { form, version, title, units, state, sha256, ...(isReadable ? {} : { unreadable: true }) };
}

function nameOf({ form, version }: Pick<ListedForm, 'form' | 'version'>): string {
  return `${form} ${version}`;
}

async function storedEntries({ store }: FormService): Promise<ListedForm[]> {
  const items = await store.storedForms();
  await store.loadForms(Object.fromEntries(items.map((item) => [nameOf(item), item.sha256])));
  return items.map(storedEntry);
}

/** What ships, then what is stored; of one number what is stored, in its place. */
async function allForms(service: FormService): Promise<ListedForm[]> {
  const stored = new Map((await storedEntries(service)).map((each) => [nameOf(each), each]));
  const shipped = [...service.forms.values()].flatMap((versions) => [...versions.values()]);
  const first = shipped.map(
    (each) => stored.get(nameOf({ form: each.id, version: each.version })) ?? shippedEntry(each),
  );
  const names = new Set(first.map(nameOf));
  return [...first, ...[...stored.values()].filter((each) => !names.has(nameOf(each)))];
}

/** The forms of a round that ask a municipality: of which it edits or reads a return. */
async function asking({ store, forms }: Service, person: Person, round: Round): Promise<Form[]> {
  if (!maySeeRound(person, round)) return [];
  const directories = await directoriesOf(store, round);
  return formsOf(forms, round).filter((form) =>
    directories.some((directory) =>
      [...askedUnits(directory, round, form).keys()].some(
        (unit) => relationTo(person, form, unit, directory, directories[0]) !== 'stranger',
      ),
    ),
  );
}

async function askedOf(service: Service, person: Person, rounds: readonly Round[]): Promise<Set<string>> {
  const asked = new Set<string>();
  for (const round of rounds)
    for (const { id, version } of await asking(service, person, round)) asked.add(nameOf({ form: id, version }));
  return asked;
}

/**
 * The rounds that a person sees listed: the prefecture all, a municipality those that ask something of it. Whom a form asks that this
 * release cannot read, nobody knows.
 */
export async function listRounds(service: Service, person: Person): Promise<Round[]> {
  const rounds = await service.store.rounds();
  if (person.role === 'prefecture') return [...rounds];
  const listed: Round[] = [];
  for (const round of rounds) {
    const mayAsk = maySeeRound(person, round) && lacksForms(service.forms, round);
    if (mayAsk || (await asking(service, person, round)).length > 0) listed.push(round);
  }
  return listed;
}

/** The prefecture sees every form, a municipality those that it is or was asked. */
export async function listForms(service: Service, person: Person): Promise<ListedForm[]> {
  const all = await allForms(service);
  if (person.role === 'prefecture') return all;
  const asked = await askedOf(service, person, await service.store.rounds());
  return all.filter((each) => asked.has(nameOf(each)));
}

async function foundStored(service: FormService, item: FormItem): Promise<Outcome<FoundForm>> {
  await service.store.loadForms({ [item.form]: item.sha256 });
  const definition = documentForm(item.sha256);
  if (definition === undefined) return refused('form-not-deployed');
  const read = readDocument(JSON.parse(await service.store.documentText(item.sha256)));
  const document = 'document' in read ? read.document : undefined;
  return done({ ...storedEntry(item), definition, document, etag: etagOf(item) });
}

/** Refuses `not-found`, `forbidden` to a municipality that is not asked, and `form-not-deployed` for one that is unreadable. */
export async function findForm(
  service: Service,
  person: Person,
  form: string,
  version: number,
): Promise<Outcome<FoundForm>> {
  if (person.role !== 'prefecture') {
    const asked = await askedOf(service, person, await service.store.rounds());
    if (!asked.has(nameOf({ form, version }))) return refused('forbidden');
  }
  const stored = await service.store.storedForm(form, version);
  if (stored !== undefined) return foundStored(service, stored);
  const shipped = service.forms.get(form)?.get(version);
  if (shipped === undefined) return refused('not-found');
  return done({ ...shippedEntry(shipped), definition: shipped, document: shippedDocument(shipped)?.document });
}

/** What ships, and what is adopted and wanted, which wins over a shipped one of its number. */
async function shippedAndAdopted(service: FormService, isWanted: (stored: ListedForm) => boolean): Promise<Catalogue> {
  const all = (await allForms(service)).filter(
    (each) => each.state === 'shipped' || (each.state === 'adopted' && isWanted(each)),
  );
  return catalogue(
    all.flatMap(
      ({ form, version, sha256 = '' }) => documentForm(sha256) ?? service.forms.get(form)?.get(version) ?? [],
    ),
  );
}

/** What a new round may ask. */
export function pinnableForms(service: FormService): Promise<Catalogue> {
  return shippedAndAdopted(service, () => true);
}

/** What the API describes to somebody: what ships, which is no secret, and of what is adopted what they may see. */
export async function describedForms(service: Service, person: Person): Promise<Catalogue> {
  if (person.role === 'prefecture') return pinnableForms(service);
  const asked = await askedOf(service, person, await service.store.rounds());
  return shippedAndAdopted(service, (stored) => asked.has(nameOf(stored)));
}

/** A document that may be stored under this name, and what the prefecture is told about it. */
function examineDocument(
  form: string,
  version: number,
  value: Json,
): Outcome<{ readonly document: FormDocument; readonly form: Form; readonly notices: readonly FieldError[] }> {
  const read = readDocument(value);
  if (!('document' in read)) return refused('invalid-form', { errors: read.errors });
  const { document } = read;
  const elsewhere: FieldError[] = [
    ...(document.id === form
      ? []
      : [{ path: 'id', code: 'other-form', message: `識別子が、送り先の「${form}」と違います。` }]),
    ...(document.version === version
      ? []
      : [{ path: 'version', code: 'other-version', message: `版が、送り先の「${version}」と違います。` }]),
  ];
  const built = formOfDocument(read.document);
  const errors = [...elsewhere, ...('errors' in built ? built.errors : [])];
  if (errors.length > 0 || !('form' in built)) return refused('invalid-form', { errors });
  return done(built);
}

export interface SavedForm extends Pick<FormItem, 'form' | 'version' | 'state' | 'sha256'> {
  readonly created: boolean;
  readonly etag: string;
  readonly notices: readonly FieldError[];
}

const shipsAlready =
  'この番号の調査票は、システムに付属しているため変更できません。版を別の番号にして保存してください。';
const isPinned = '調査がこの調査票を使っているため、採用を取り消せません。';

/**
 * Saves a document as the draft of its version. Refuses `invalid-form` with every error, `form-adopted` for a version that
 * does not change any more or that earlier releases shipped, and `precondition-required` and `precondition-failed` for a draft that is replaced unseen.
 */
export async function saveForm(
  { store, forms }: WritingForms,
  { form, version }: Pick<ListedForm, 'form' | 'version'>,
  value: Json,
  precondition: Precondition,
  actor: string,
): Promise<Outcome<SavedForm>> {
  const examined = examineDocument(form, version, value);
  if (!examined.ok) return examined;
  // Rounds of earlier releases pin these by number alone.
  if (forms.get(form)?.get(version)?.released !== undefined) return refused('form-adopted', { detail: shipsAlready });
  const sealed = sealDocument(examined.value.document);
  const { notices } = examined.value;
  const changed = await store.changeForm(form, version, actor, (before) => {
    if (before !== undefined && before.state !== 'draft') return refused('form-adopted');
    if (before === undefined)
      return precondition.ifMatch === undefined ? done({ what: 'saved', sealed }) : refused('precondition-failed');
    if (precondition.ifMatch === undefined)
      return refused(precondition.ifNoneMatch === '*' ? 'precondition-failed' : 'precondition-required');
    if (!matchesEtag(precondition.ifMatch, etagOf(before))) return refused('precondition-failed');
    return done(before.sha256 === sealed.sha256 ? { what: 'settled' } : { what: 'saved', sealed });
  });
  if (!changed.ok) return changed;
  const { item, created } = changed.value;
  const { state, sha256 } = item;
  return done({ form, version, state, sha256, created, etag: etagOf(item), notices });
}

/** Whom it asks has to be there before a round can ask it. */
async function unknownKind(
  store: Pick<WritingForms['store'], 'currentDirectory'>,
  { title, units }: FormItem,
): Promise<FieldError[]> {
  const known = kindLabels((await store.currentDirectory())?.directory);
  return known.has(units) ? [] : [{ path: 'units', code: 'unknown-kind', message: unknownKindText(title, units) }];
}

/**
 * Adopts a draft, so that rounds may pin it, or makes it a draft again. Refuses `not-found`, `precondition-failed` where
 * another document stands by now, `form-not-deployed` for one that this release cannot read, and `form-adopted` where a
 * round has pinned it.
 */
export async function decideOnForm(
  { store }: WritingForms,
  { form, version }: Pick<ListedForm, 'form' | 'version'>,
  what: 'adopted' | 'revoked',
  { ifMatch }: Precondition,
  actor: string,
): Promise<Outcome<SavedForm>> {
  const stored = await store.storedForm(form, version);
  if (stored !== undefined) await store.loadForms({ [form]: stored.sha256 });
  const unknown = what === 'adopted' && stored !== undefined ? await unknownKind(store, stored) : [];
  if (unknown.length > 0) return refused('invalid-form', { errors: unknown });
  const changed = await store.changeForm(form, version, actor, (before) => {
    if (before === undefined) return refused('not-found');
    if (ifMatch !== undefined && !matchesEtag(ifMatch, etagOf(before))) return refused('precondition-failed');
    if (before.sha256 !== stored?.sha256) return refused('busy', { retryAfterSeconds: 1 });
    if (what === 'adopted') {
      if (before.state !== 'draft') return done({ what: 'settled' });
      return documentForm(before.sha256) === undefined ? refused('form-not-deployed') : done({ what });
    }
    if (before.state === 'draft') return done({ what: 'settled' });
    return before.pinned === true || before.state === 'shipped'
      ? refused('form-adopted', { detail: isPinned })
      : done({ what });
  });
  if (!changed.ok) return changed;
  const { item, created } = changed.value;
  return done({ form, version, state: item.state, sha256: item.sha256, created, etag: etagOf(item), notices: [] });
}
