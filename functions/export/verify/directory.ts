/** The directory of a downloaded export, from its own files: who the units are, and which municipalities a council has. */

import { municipalityKinds } from '../../../schemas/directory.ts';
import type { Directory, MunicipalityKind, OtherUnit } from '../../../schemas/directory.ts';
import { withoutCheckDigit } from '../../../schemas/values/municipality-code.ts';
import { councilKind, directoryPath, membersPath } from '../files/directory-files.ts';
import type { Folder } from './folder.ts';
import { recordsOf } from './reading.ts';

function kindOf(text: string): MunicipalityKind | undefined {
  return Object.keys(municipalityKinds).find((kind): kind is MunicipalityKind => kind === text);
}

async function readMembers(folder: Folder, path: string): Promise<Map<string, string[]> | undefined> {
  const members = new Map<string, string[]>();
  const isRead = await folder.reading(path, async () => {
    for await (const { unit = '', member = '' } of recordsOf(folder.at(path))) {
      const known = members.get(unit);
      if (known === undefined) members.set(unit, [member]);
      else known.push(member);
    }
  });
  return isRead ? members : undefined;
}

function checkMembers(
  folder: Folder,
  path: string,
  { municipalities, councils, units = [] }: Directory,
  members: ReadonlyMap<string, readonly string[]>,
): void {
  const codes = new Set(municipalities.map(({ code }) => code));
  const known = new Set([...councils.map(({ id }) => id), ...units.map(({ code }) => code)]);
  for (const council of councils)
    if (council.members.length === 0 || !council.members.every((code) => codes.has(code)))
      folder.report(`${path} ${council.id}`, '構成市町村がないか、名簿にない市町村です。');
  for (const unit of members.keys()) if (!known.has(unit)) folder.report(`${path} ${unit}`, '名簿にない協議会です。');
}

/**
 * The directory as far as counting needs it. What is published of it must be what was counted with.
 *
 * @param kinds that forms ask
 * @returns `undefined` where its files cannot be read, which is reported
 */
export async function readDirectory(
  folder: Folder,
  kinds: ReadonlySet<string> = new Set(),
): Promise<Directory | undefined> {
  for (const name of [directoryPath, membersPath]) {
    const [internal, open] = ['internal', 'public'].map((audience) =>
      folder.files.find(({ path }) => path === `${audience}/${name}`),
    );
    if (internal !== undefined && open !== undefined && internal.sha256 !== open.sha256)
      folder.report(`public/${name}`, '県の内部用の名簿と一致しません。');
  }
  const path = `internal/${directoryPath}`;
  const members = await readMembers(folder, `internal/${membersPath}`);
  const units: OtherUnit[] = [];
  const directory: Directory = { prefecture: { code: '', name: '' }, municipalities: [], councils: [], units };
  const isRead = await folder.reading(path, async () => {
    for await (const { unit = '', unitName: name = '', kind = '', unit5 } of recordsOf(folder.at(path))) {
      const municipal = kindOf(kind);
      if (unit5 !== undefined && unit5 !== (municipal === undefined ? '' : withoutCheckDigit(unit)))
        folder.report(`${path} ${unit}`, '5桁の団体コードが、団体コードと合いません。');
      if (municipal !== undefined) directory.municipalities.push({ code: unit, name, kind: municipal });
      else if (kind === councilKind)
        directory.councils.push({ id: unit, name, members: members?.get(unit) ?? [], lead: '' });
      else if (kinds.has(kind)) units.push({ kind, code: unit, name, municipality: members?.get(unit)?.[0] });
      else folder.report(`${path} ${unit}`, `種別 ${kind} はありません。`);
    }
  });
  if (!isRead || members === undefined) return undefined;
  checkMembers(folder, `internal/${membersPath}`, directory, members);
  return directory;
}
