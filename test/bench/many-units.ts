/**
 * `npm run bench:units`: the pages of the prefecture and an export with 63 units, with 1,741 (1,000 municipalities and 741
 * councils, as many as the codes of one prefecture leave room for) and with 3,000 offices that all have answered. CPU of
 * this process, in which the application and the bucket run; the table is another. Aim: no more than a second, or than the
 * time of 63 grown in proportion.
 */

import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Directory } from '../../schemas/directory.ts';
import type { Answers } from '../../schemas/values/json.ts';
import { checkDigit } from '../../schemas/values/municipality-code.ts';
import { TestBrowser } from '../integration/support/browser.ts';
import { answer, exportRound, ok, openRound, openSystem } from '../integration/support/fixtures.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { Client, TestSystem } from '../integration/support/system.ts';
import { readDirectory, readReturns } from './fixtures.ts';
import { median, taken } from './measure.ts';
import { printTable } from './table.ts';
import type { Row } from './table.ts';

/** What one request of a batch may write. */
const batchSize = 25;
const turns = 3;
const mostMilliseconds = 1000;

const saitama = await readDirectory('saitama-r6');

async function firstOf(name: string): Promise<Answers> {
  const [first] = await readReturns(name);
  if (first === undefined) throw new Error(`${name} has no return`);
  return first[1];
}

const survey = await firstOf('saitama-r6/municipal-survey.json');
const report = await firstOf('saitama-r6/council-report.json');

interface Asked {
  readonly form: string;
  readonly units: readonly string[];
  readonly answers: Answers;
}

interface Size {
  readonly name: string;
  readonly count: number;
  readonly directory: Directory;
  readonly forms: readonly [Asked, ...Asked[]];
}

const few: Size = {
  name: '63 municipalities',
  count: 63,
  directory: saitama,
  forms: [{ form: 'municipal-survey', units: saitama.municipalities.map(({ code }) => code), answers: survey }],
};

function ofJapan(): Size {
  const codes = Array.from({ length: 1000 }, (_, index) => `11${String(index).padStart(3, '0')}`)
    .map((five) => five + checkDigit(five))
    .filter((code) => code !== saitama.prefecture.code);
  const councils = codes
    .slice(0, 741)
    .map((code) => ({ id: `c${code}`, name: `${code}協議会`, members: [code], lead: code }));
  const municipalities = codes.map((code, index) => ({ code, name: `第${index + 1}市`, kind: 'city' as const }));
  return {
    name: '1,741 units',
    count: codes.length + councils.length,
    directory: { prefecture: saitama.prefecture, municipalities, councils },
    forms: [
      { form: 'municipal-survey', units: codes, answers: survey },
      { form: 'council-report', units: councils.map(({ id }) => id), answers: report },
    ],
  };
}

function ofOffices(): Size {
  const units = Array.from({ length: 3000 }, (_, index) => ({
    kind: 'office',
    code: `113${String(index).padStart(7, '0')}`,
    name: `相談支援センター${index + 1}`,
    municipality: saitama.municipalities[index % saitama.municipalities.length]?.code,
    answersItself: true as const,
  }));
  return {
    name: '3,000 offices',
    count: units.length,
    directory: { ...saitama, kinds: [{ id: 'office', label: '相談支援事業所' }], units },
    forms: [{ form: 'offices', units: units.map(({ code }) => code), answers: survey }],
  };
}

/** The survey of municipalities, asked of offices. */
async function defineOffices(prefecture: Client): Promise<void> {
  const { document } = ok(await prefecture.get('/api/forms/municipal-survey/2024')).json();
  const asked = { ...document, id: 'offices', title: '事業所調査', units: 'office' };
  ok(await prefecture.put('/api/forms/offices/2024', asked, { 'if-none-match': '*' }));
  ok(await prefecture.post('/api/forms/offices/2024/adoption', {}));
}

type Item = Readonly<Record<string, unknown>>;

async function write({ client, table }: TestSystem['storage'], items: readonly Item[]): Promise<void> {
  for (let start = 0; start < items.length; start += batchSize) {
    const puts = items.slice(start, start + batchSize).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [table]: puts } }));
  }
}

function itemsOf({ client, table }: TestSystem['storage']): Promise<Item[]> {
  return client.send(new ScanCommand({ TableName: table, ConsistentRead: true })).then(({ Items = [] }) => Items);
}

/** One unit answers over HTTP; its items, its events unnumbered, are written for every other. */
async function seed(system: TestSystem, { form, units, answers }: Asked): Promise<void> {
  const [model = '', ...others] = units;
  const before = new Set((await itemsOf(system.storage)).map(({ pk, sk }) => `${String(pk)} ${String(sk)}`));
  const { version } = await answer(
    system.municipality(model.replace(/^c/, '')),
    `/api/rounds/R6/returns/${form}/${model}`,
    answers,
  );
  const path = `/api/rounds/R6/returns/${form}/${model}`;
  ok(await system.prefecture.post(`${path}/decision`, { version, decision: 'accept' }));
  const made = (await itemsOf(system.storage)).filter(
    (item) => !before.has(`${String(item['pk'])} ${String(item['sk'])}`) && JSON.stringify(item).includes(model),
  );
  const text = JSON.stringify(made.filter(({ pk }) => /^(ROUND|RETURN|EVENT)#/.test(String(pk))));
  for (const unit of others) await write(system.storage, JSON.parse(text.replaceAll(model, unit)));
}

async function numberAll({ prefecture }: TestSystem): Promise<void> {
  let before = -1;
  for (let now = 0; now > before;) {
    before = now;
    now = ok(await prefecture.get('/api/rounds/R6/returns')).json().asOf.seq;
  }
}

interface Cpu {
  readonly first: number;
  readonly again: number;
}

/** CPU of the first time, and the median of those that follow. */
async function cpuOf(open: () => Promise<unknown>): Promise<Cpu> {
  const first = (await taken(open)).cpu;
  const others: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) others.push((await taken(open)).cpu);
  return { first, again: median(others) };
}

async function onceOf(act: () => Promise<unknown>): Promise<Cpu> {
  const { cpu } = await taken(act);
  return { first: cpu, again: cpu };
}

async function measured(size: Size): Promise<ReadonlyMap<string, Cpu>> {
  const answering = [...size.directory.municipalities, ...(size.directory.units ?? [])];
  const system = await startTestSystem({
    accounts: [
      { id: 'kanri', name: '県庁 管理', groups: ['prefecture', 'prefecture-admin'] },
      ...answering.map(({ code }) => ({ id: `u${code}`, name: `${code}担当`, groups: [`unit-${code}`] })),
    ],
  });
  try {
    const found = new Map<string, Cpu>();
    ok(await system.prefecture.put('/api/directory', size.directory));
    if (size.directory.units !== undefined) await defineOffices(system.prefecture);
    const asked = Object.fromEntries(size.forms.map(({ form }) => [form, 2024]));
    await openSystem(system, size.directory, 'R6', openRound(asked));
    for (const each of size.forms) await seed(system, each);
    found.set('numbering the log', await onceOf(() => numberAll(system)));
    const admin = new TestBrowser(system.url);
    await admin.signIn('kanri');
    const { form, units } = size.forms[0];
    const pages = {
      tracker: '/rounds/R6',
      'review queue': '/rounds/R6/queue',
      'review page': `/rounds/R6/returns/${form}/${units[1]}/review`,
      summary: '/rounds/R6/summary',
      directory: size.directory.units === undefined ? '/directory' : '/directory?list=unit',
      accounts: '/accounts',
      'an account': '/accounts/new',
      contacts: '/contacts',
      mails: '/rounds/R6/mails',
      'a new mail': '/rounds/R6/mails/new',
      log: '/rounds/R6/log',
    };
    for (const [name, address] of Object.entries(pages))
      found.set(
        name,
        await cpuOf(async () => {
          const { status } = await admin.open(address);
          if (status !== 200) throw new Error(`${address}: ${status}`);
        }),
      );
    found.set('export', await onceOf(() => exportRound(system, 'R6')));
    return found;
  } finally {
    await system.stop();
  }
}

const base = await measured(few);
for (const size of [ofJapan(), ofOffices()]) {
  const times = await measured(size);
  const rows = [...times].flatMap(([what, cpu]): Row[] => {
    const small = base.get(what) ?? { first: 0, again: 0 };
    const row = (name: string, figure: number, of63: number): Row => {
      const aim = Math.max(mostMilliseconds, (of63 * size.count) / few.count);
      const shown = `${figure.toFixed(0)} ms`;
      return {
        what: `${name} (63: ${of63.toFixed(0)} ms)`,
        figure: shown,
        aim: `≤ ${aim.toFixed(0)}`,
        met: figure <= aim,
      };
    };
    const again = row(what, cpu.again, small.again);
    return cpu.first === cpu.again ? [again] : [row(`${what}, first`, cpu.first, small.first), again];
  });
  process.stdout.write(printTable(size.name, rows));
}
