import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDirectory } from '../../../../../functions/export/verify/directory.ts';
import { Folder } from '../../../../../functions/export/verify/folder.ts';

const units = 'unit,unitName,kind\r\n112011,川越市,city\r\n113018,伊奈町,town\r\nkita,北協議会,council\r\n';
const members = 'unit,unitName,member,memberName\r\nkita,北協議会,112011,川越市\r\nkita,北協議会,113018,伊奈町\r\n';

let path: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'yoriai-'));
});
afterEach(() => rm(path, { recursive: true }));

/** A folder with these files, which its manifest names. */
async function folderWith(texts: Readonly<Record<string, string>>): Promise<Folder> {
  for (const [name, text] of Object.entries(texts)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return new Folder(
    path,
    Object.entries(texts).map(([name, sha256]) => ({ path: name, rows: 0, bytes: 0, sha256 })),
  );
}

async function messagesOf(texts: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await folderWith(texts);
  await readDirectory(folder);
  return folder.disagreements.map(({ where, message }) => `${where}: ${message}`);
}

const good = { 'internal/directory.csv': units, 'internal/directory.members.csv': members };

describe('the directory of a downloaded export', () => {
  it('has the municipalities with their kinds, and the councils with their members', async () => {
    const folder = await folderWith({ ...good, 'public/directory.csv': units });
    expect(await readDirectory(folder)).toMatchObject({
      municipalities: [
        { code: '112011', name: '川越市', kind: 'city' },
        { code: '113018', name: '伊奈町', kind: 'town' },
      ],
      councils: [{ id: 'kita', name: '北協議会', members: ['112011', '113018'] }],
    });
    expect(folder.disagreements).toEqual([]);
  });

  it('is the one that is published', async () => {
    expect(await messagesOf({ ...good, 'public/directory.members.csv': '' })).toEqual([
      'public/directory.members.csv: 県の内部用の名簿と一致しません。',
    ]);
  });

  it('has councils of municipalities that it has', async () => {
    expect(await messagesOf({ ...good, 'internal/directory.csv': units.replace('113018', '113026') })).toEqual([
      'internal/directory.members.csv kita: 構成市町村がないか、名簿にない市町村です。',
    ]);
    expect(
      await messagesOf({ ...good, 'internal/directory.members.csv': members.replaceAll('kita', 'minami') }),
    ).toEqual([
      'internal/directory.members.csv kita: 構成市町村がないか、名簿にない市町村です。',
      'internal/directory.members.csv minami: 名簿にない協議会です。',
    ]);
    expect(await messagesOf({ ...good, 'internal/directory.csv': units.replace('town', 'hamlet') })).toContain(
      'internal/directory.csv 113018: 種別 hamlet はありません。',
    );
  });

  it('has the five digits of a municipality, where the release that wrote it has them at all', async () => {
    const five = (city: string, council: string): string =>
      `unit,unitName,kind,unit5\r\n112011,川越市,city,${city}\r\n113018,伊奈町,town,11301\r\nkita,北協議会,council,${council}\r\n`;
    expect(await messagesOf({ ...good, 'internal/directory.csv': five('11201', '') })).toEqual([]);
    const wrong = '5桁の団体コードが、団体コードと合いません。';
    expect(await messagesOf({ ...good, 'internal/directory.csv': five('1201', '11201') })).toEqual([
      `internal/directory.csv 112011: ${wrong}`,
      `internal/directory.csv kita: ${wrong}`,
    ]);
  });

  it('is none where a file of it is missing', async () => {
    expect(await readDirectory(await folderWith({ 'internal/directory.csv': units }))).toBeUndefined();
  });
});
