import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { verifyFolder } from '../../../functions/export/verify-folder.ts';
import { startEmulators } from '../support/emulators.ts';
import { scratchCatalogue } from '../support/scratch-form.ts';
import {
  changeManifest,
  downloadFolders,
  found,
  goneCouncil,
  leaveOut,
  smallerCouncil,
  tampered,
} from '../support/downloaded-folders.ts';
import type { DownloadedFolders } from '../support/downloaded-folders.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let folders: DownloadedFolders;

beforeAll(async () => {
  emulators = await startEmulators();
  folders = await downloadFolders(emulators);
});
afterAll(async () => {
  await emulators.stop();
  await rm(folders.folder, { recursive: true });
});

describe('a table as Parquet', () => {
  const path = 'public/parquet/scratch_form/prefecture=110001/round=r6/form=scratch-form/part.parquet';

  it('of which a byte is another one is found by its hash, and by what it no longer is', async () => {
    expect(await found(await tampered(folders, path, (text) => text.slice(0, -8)))).toEqual([
      expect.stringMatching(`^${path}: 大きさが違います`),
      `${path}: ハッシュ値（SHA-256）が目録と違います。`,
      `${path}: Parquetとして読み取れません。`,
    ]);
  });

  it('has as many rows as its manifest says', async () => {
    const copy = await tampered(folders, 'manifest.json', (text) => text);
    await changeManifest(copy, (manifest) => ({
      ...manifest,
      files: manifest.files.map((file) => (file.path === path ? { ...file, rows: 9 } : file)),
    }));
    expect(await found(copy)).toEqual([`${path}: 行の数が違います（目録 9、実際 2）。`]);
  });
});

describe('a folder as it was downloaded', () => {
  it('agrees with itself: an export with the hash of every return, and an edition', async () => {
    expect(await verifyFolder(folders.exported, scratchCatalogue)).toMatchObject({ returns: 4, disagreements: [] });
    expect(await verifyFolder(folders.published, scratchCatalogue)).toMatchObject({ returns: 0, disagreements: [] });
  });

  it('agrees where it was written before its tables said what the prefecture submitted', async () => {
    const before = (text: string): string =>
      text.replace(',onBehalf,onBehalfReason', '').replaceAll(/([0-9a-f]{64}),,/g, '$1');
    const earlier = await tampered(folders, 'internal/scratch-form.csv', before, true);
    expect(await readFile(join(earlier, 'internal/scratch-form.csv'), 'utf8')).not.toContain('onBehalf');
    // Which is not the one that its data package describes here.
    const described = expect.stringMatching(/^internal\/datapackage\.json/);
    expect(await found(earlier)).toEqual([described]);
    const entered = await tampered(
      folders,
      'internal/scratch-form.csv',
      (text) => text.replace(/([0-9a-f]{64}),,/, '$1,telephone,電話'),
      true,
    );
    const differs = expect.stringContaining('県による提出かその理由がCSVと違います。');
    expect((await found(entered)).toSorted()).toEqual([described, differs]);
  });

  it('agrees with itself as an edition with its corrections', async () => {
    const errata = await readFile(join(folders.corrected, 'errata.returns.csv'), 'utf8');
    expect(errata).toMatch(/changed,.*,0,7,回\r\n(?:.*\r\n)*removed,/);
    expect(errata).toContain('added,scratch-form,scratch-form.bodies.csv,111007,新しい市,b2,就労部会,,,,,\r\n');
    expect(errata).toContain(
      'changed,scratch-form,scratch-form.bodies.csv,111007,新しい市,b1,全体会,bodies.members,構成員数,5,6,人\r\n',
    );
    // A name that is another one is told once, and of a council that went no member.
    const ofDirectory = errata
      .split('\r\n')
      .filter((line) => line.includes(',directory,') || line.includes('さいたま市'));
    expect(ofDirectory).toEqual([
      'changed,directory,directory.csv,111007,新しい市,,,unitName,回答単位の名称,さいたま市,新しい市,',
      `removed,directory,directory.csv,${goneCouncil?.id},${goneCouncil?.name},,,,,,,`,
      expect.stringMatching(
        new RegExp(
          `^removed,directory,directory.members.csv,${smallerCouncil?.id},${smallerCouncil?.name},${smallerCouncil?.members.at(-1)},[^,]+,,,,,$`,
        ),
      ),
    ]);
    const report = await readFile(join(folders.corrected, 'report.html'), 'utf8');
    expect(report).toContain('に公表した回答単位の名簿を次のとおり改めた（訂正2件、追加0件、削除1件）。');
    expect(report).toContain(`・訂正：新しい市、${smallerCouncil?.name}`);
    expect(await verifyFolder(folders.corrected, scratchCatalogue)).toMatchObject({ returns: 0, disagreements: [] });
  });

  describe('with the edition that it has become inside', () => {
    const within = async (...paths: readonly string[]): Promise<string> => {
      const copy = await tampered(folders, 'manifest.json', (text) => text);
      for (const path of paths)
        await cp(join(folders.published, path), join(copy, 'edition', path), { recursive: true });
      return copy;
    };

    it('agrees with itself, whether all of its files are there or those alone that are no copies', async () => {
      for (const copy of [await within('.'), await within('manifest.json')])
        expect(await verifyFolder(copy, scratchCatalogue)).toMatchObject({ returns: 4, disagreements: [] });
    });

    it('has what is wrong with the edition', async () => {
      const copy = await within('.');
      await writeFile(join(copy, 'edition/summary.csv'), '');
      expect(await found(copy)).toContain('edition/summary.csv: ハッシュ値（SHA-256）が目録と違います。');
      await writeFile(join(copy, 'edition/other.txt'), '');
      expect(await found(copy)).toContain('edition/other.txt: 目録にないファイルです。');
    });

    it('says what is missing to verify it, and when it is none of this export', async () => {
      const missing = await found(await within('summary.csv'));
      expect(missing).toEqual([
        expect.stringMatching(/^edition\/manifest\.json: 公表版の目録がないため、公表版を点検できません。/),
      ]);
      const copy = await within('.');
      await cp(join(folders.corrected, 'manifest.json'), join(copy, 'edition/manifest.json'));
      expect(await found(copy)).toEqual(['edition/manifest.json: この出力の公表版の目録ではありません。']);
    });
  });

  it('without a manifest is refused', async () => {
    await expect(verifyFolder(folders.folder, scratchCatalogue)).rejects.toThrow('manifest.json がありません');
  });
});

describe('a verification finds', () => {
  const json = 'internal/scratch-form.json';
  const csv = 'internal/scratch-form.csv';

  it('a changed byte', async () => {
    expect(await found(await tampered(folders, 'public/summary.csv', (text) => text.replace('件', '个')))).toEqual([
      'public/summary.csv: ハッシュ値（SHA-256）が目録と違います。',
    ]);
  });

  it('a file that is missing, and one that nobody named', async () => {
    const copy = await tampered(folders, 'public/codebook.csv', (text) => text);
    await rm(join(copy, 'public/codebook.csv'));
    await writeFile(join(copy, 'public/other.txt'), '');
    expect(await found(copy)).toEqual([
      'public/codebook.csv: ファイルがありません。',
      'public/other.txt: 目録にないファイルです。',
    ]);
  });

  it('answers that are not those that were sealed, even with the manifest adapted', async () => {
    const copy = await tampered(folders, json, (text) => text.replace('"meetings":0', '"meetings":9'), true);
    const messages = await found(copy);
    expect(messages).toContainEqual(expect.stringMatching(/^internal\/scratch-form\.json \d{6}: 回答がハッシュ値/));
    expect(messages).toContainEqual(
      expect.stringMatching(/^internal\/scratch-form\.csv \d{6}: overview\.meetings がJSONの回答と違います/),
    );
    expect(messages).toContainEqual(
      expect.stringMatching(/^public\/scratch-form\.json \d{6}: 県の内部用の回答から公表する部分と一致しません/),
    );
  });

  it('a table whose cells are not what was counted', async () => {
    const messages = await found(
      await tampered(folders, csv, (text) => text.replace(/established,,0,/, 'established,,9,'), true),
    );
    expect(messages).toContainEqual(
      expect.stringMatching(/^internal\/summary\.json: scratch-form overview\.meetings sum の集計が回答と違います/),
    );
  });

  it('a receipt that belongs to another return', async () => {
    const receipts = z
      .array(z.object({ receipt: z.string() }))
      .parse(JSON.parse(await readFile(join(folders.exported, json), 'utf8')));
    const [a, b] = receipts.map(({ receipt }) => receipt);
    const copy = await tampered(folders, json, (text) => text.replaceAll(a ?? '', b ?? ''), true);
    expect(await found(copy)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('受付番号かハッシュ値がCSVと違います'),
        expect.stringContaining('がハッシュ値と一致しません'),
      ]),
    );
  });

  it('a return that is left out', async () => {
    const copy = await tampered(folders, csv, (text) => text.split('\r\n').toSpliced(1, 1).join('\r\n'), true);
    const messages = (await found(copy)).join('\n');
    expect(messages).toContain('回答の数が違います（目録 4、実際');
    expect(messages).toContain('行の数が違います');
    expect(messages).toContain('CSVにない回答です');
    expect(messages).toContain('internal/datapackage.json: scratch-form.csv の大きさかハッシュ値が目録と違います。');
  });

  it('a file that every export has and whose line was taken out of the manifest too', async () => {
    for (const path of [
      json,
      'public/scratch-form.csv',
      'public/summary.json',
      'internal/codebook.csv',
      'internal/directory.members.csv',
      'internal/datapackage.json',
    ]) {
      const copy = await tampered(folders, path, (text) => text);
      await leaveOut(copy, path);
      expect(await found(copy)).toContain(`${path}: 出力に必ずあるファイルが、目録にありません。`);
    }
  });

  it('that nothing is left to check', async () => {
    const copy = join(folders.folder, 'empty');
    await mkdir(copy);
    await cp(join(folders.exported, 'manifest.json'), join(copy, 'manifest.json'));
    await changeManifest(copy, (manifest) => ({ ...manifest, files: [] }));
    const messages = await found(copy);
    expect(messages).toContain('manifest.json: 目録にファイルが1つもありません。');
    expect(messages).toContain('manifest.json: 回答の数が違います（目録 4、点検できた回答 0）。');
    expect(messages).toContain(`${json}: 出力に必ずあるファイルが、目録にありません。`);
  });

  it('a damaged byte in one file, and goes on with the others', async () => {
    const copy = await tampered(folders, json, (text) => text.replace('{"unit"', '["unit"'));
    const summary = join(copy, 'public/summary.json');
    await writeFile(summary, (await readFile(summary, 'utf8')).replace('{', '['));
    const table = join(copy, 'public/scratch-form.csv');
    await writeFile(table, (await readFile(table, 'utf8')).replace('unitName', '"unitName'));
    const messages = await found(copy);
    expect(messages).toContain(`${json} 2行目: 回答として読み取れません。`);
    expect(messages).toContain('public/summary.json: JSONとして読み取れません。');
    expect(messages).toContainEqual(expect.stringMatching(/^public\/scratch-form\.csv: CSVとして読み取れません/));
    expect(messages).toContain('manifest.json: 回答の数が違います（目録 4、点検できた回答 3）。');
  });

  it('a manifest that is none', async () => {
    expect(await found(await tampered(folders, 'manifest.json', (text) => text.slice(1)))).toEqual([
      'manifest.json: JSONとして読み取れません。',
    ]);
    expect(await found(await tampered(folders, 'manifest.json', () => '{}'))).toEqual([
      'manifest.json: 目録の形式が正しくありません。',
    ]);
  });

  it.each(['internal', 'public'])('a count of the %s summary that is not that of the returns', async (audience) => {
    const path = `${audience}/summary.json`;
    const copy = await tampered(
      folders,
      path,
      (text) =>
        text.replace(/"option":"established"(.*?)"value":\d+,"base":\d+/, '"option":"established"$1"value":3,"base":9'),
      true,
    );
    const messages = await found(copy);
    expect(messages).toContainEqual(
      expect.stringContaining(
        `${path}: scratch-form overview.status established count の集計が回答と違います（集計 3（母数 9）`,
      ),
    );
    expect(messages).toContain(
      `${audience}/summary.csv: scratch-form overview.status established count の値か母数が summary.json と違います。`,
    );
  });

  it('a row of a list that no return has', async () => {
    const path = 'internal/scratch-form.bodies.csv';
    const messages = await found(
      await tampered(folders, path, (text) => `${text}r6,111007,b1,1,さいたま市,全体会,5\r\n`, true),
    );
    expect(messages).toContain(`${path}: JSONの回答にない行が 1 行あります。`);
  });

  it('who is behind a figure, when it is not as many as its value', async () => {
    const path = 'internal/summary.units.csv';
    const messages = await found(
      await tampered(folders, path, (text) => text.split('\r\n').toSpliced(1, 1).join('\r\n'), true),
    );
    expect(messages).toContainEqual(
      expect.stringMatching(
        /^internal\/summary\.units\.csv: scratch-form .* の回答単位（3）が集計の値（4）と一致しません/,
      ),
    );
  });

  it('a directory that the returns were not counted with', async () => {
    const path = 'internal/directory.csv';
    const kind = await found(
      await tampered(folders, path, (text) => text.replace('さいたま市,city', 'さいたま市,town'), true),
    );
    expect(kind).toContain('public/directory.csv: 県の内部用の名簿と一致しません。');
    expect(kind).toContainEqual(
      expect.stringMatching(
        /^internal\/summary\.json: scratch-form overview\.status established count の集計が回答と違います（集計 \d+（母数 4）市、計算 \d+（母数 4）市町）/,
      ),
    );
    const missing = await found(await tampered(folders, path, (text) => text.replace(/^111007.*\r\n/mu, ''), true));
    expect(missing).toContain('internal/scratch-form.json 111007: 名簿にない回答単位です。');
  });

  it('a public answer that is not the one that was given, and a return that was not accepted', async () => {
    const path = 'public/scratch-form.json';
    const lines = (await readFile(join(folders.exported, path), 'utf8')).split('\n');
    const forged = await found(
      await tampered(folders, path, (text) => text.replace(/"answers":.*\}/, '"answers":{}}'), true),
    );
    expect(forged).toContainEqual(
      expect.stringMatching(/^public\/scratch-form\.json \d{6}: 県の内部用の回答から公表する部分と一致しません/),
    );
    const internal = z
      .array(z.object({ unit: z.string() }))
      .parse(JSON.parse(await readFile(join(folders.exported, json), 'utf8')));
    const published = z.object({ unit: z.string() }).parse(JSON.parse((lines[1] ?? '').replace(/,$/, '')));
    const other = internal.at(-1)?.unit ?? '';
    const exchanged = await found(await tampered(folders, path, (text) => text.replace(published.unit, other), true));
    expect(exchanged).toContain(`${path} ${other}: 県の内部用のファイルに確認済の回答がありません。`);
    expect(exchanged).toContain(`${path} ${published.unit}: 確認済の回答がありません。`);
  });

  describe('in the corrections of an edition', () => {
    const errata = (path: string, change: (text: string) => string, adapt = true): Promise<string> =>
      tampered(folders, path, change, adapt, folders.corrected);

    it('a changed byte', async () => {
      const copy = await errata('errata.returns.csv', (text) => text.replace(',0,7,', ',0,8,'), false);
      expect(await found(copy)).toContain('errata.returns.csv: ハッシュ値（SHA-256）が目録と違います。');
    });

    it('a list that the data package does not describe so, even with the manifest adapted', async () => {
      const messages = await found(await errata('errata.returns.csv', (text) => text.replace(',0,7,', ',0,8,')));
      expect(messages).toContain('datapackage.json: errata.returns.csv の大きさかハッシュ値が目録と違います。');
    });

    it('a file of theirs that is missing, and whose line was taken out of the manifest too', async () => {
      for (const path of ['errata.csv', 'errata.returns.csv']) {
        const copy = await errata(path, (text) => text, false);
        await leaveOut(copy, path);
        expect(await found(copy)).toContain(`${path}: 出力に必ずあるファイルが、目録にありません。`);
      }
    });
  });
});
