/** Uploads are read in a thread whose code lies beside the bundle of the Lambda, where this repository is not. */

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSpreadsheetWorker } from '../../../infra/assets.ts';

const execute = promisify(execFile);
const fixtures = fileURLToPath(new URL('../../fixtures/spreadsheets/', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
  const contents = [
    `import { readFileSync } from 'node:fs';`,
    `import { readSpreadsheet } from './spreadsheet.ts';`,
    `const [file] = process.argv.slice(2);`,
    `process.stdout.write(JSON.stringify(await readSpreadsheet(readFileSync(file), 60_000)));`,
  ].join('\n');
  await build({
    stdin: {
      contents,
      resolveDir: fileURLToPath(new URL('../../../functions/platform/workbook/', import.meta.url)),
      loader: 'ts',
    },
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
  });
  await writeFile(join(folder, 'spreadsheet-worker.mjs'), await buildSpreadsheetWorker());
  await cp(fixtures, folder, { recursive: true });
  await writeFile(join(folder, 'list.csv'), '種別,コード\r\n都道府県,110001\r\n');
}, 60_000);

afterAll(() => rm(folder, { recursive: true }));

it.each([
  ['hidden-first-sheet.xlsx', { ok: true, value: { sheet: { name: '名簿' } } }],
  ['stray-last-cell.xlsx', { ok: false, refusal: { code: 'file-too-large' } }],
  ['list.csv', { ok: true, value: { rows: [{ cells: ['種別', 'コード'] }, { cells: ['都道府県', '110001'] }] } }],
])(
  'reads %s',
  async (file, expected) => {
    expect(await readdir(folder)).not.toContain('node_modules');
    const { stdout } = await execute(process.execPath, [join(folder, 'index.mjs'), join(folder, file)], {
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toMatchObject(expected);
  },
  60_000,
);
