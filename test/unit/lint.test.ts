/**
 * That the linter would object: every arrow that the layering forbids, and every habit that the style forbids, is
 * written into a small tree with the project's own configuration, and found there.
 */

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

const project = new URL('../..', import.meta.url).pathname;
const layering = 'eslint(no-restricted-imports)';

interface Sample {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** The rule that objects; absent where none may. */
  readonly rule?: string;
}

function imports(layer: string, module: string, rule?: string): Sample {
  const name = `${layer} imports ${module}`;
  const text = `import { x } from '${module}';\nexport const y = x;\n`;
  return {
    name,
    file: `${layer}/${name.replaceAll(/[^a-z]+/gi, '-')}.ts`,
    text,
    ...(rule === undefined ? {} : { rule }),
  };
}

/** What no folder of the pages may import, whatever its task. */
const besideTasks = [
  '@aws-sdk/client-s3',
  '../../api/x.ts',
  '../../export/x.ts',
  '../../../infra/x.ts',
  '../../../test/x.ts',
];
const tasks = ['answer', 'review', 'publish', 'manage', 'questionnaires'].map((task) => `../${task}/x.ts`);
const besideThePages = [
  '@aws-sdk/client-s3',
  '../api/x.ts',
  '../web/x.ts',
  '../http/x.ts',
  '../../infra/x.ts',
  '../../test/x.ts',
];

/** What each layer must not import. */
const forbidden: Readonly<Record<string, readonly string[]>> = {
  schemas: [
    'hono',
    '@aws-sdk/client-s3',
    'node:fs',
    'fs',
    'jose',
    '../functions/domain/x.ts',
    '../functions/storage/x.ts',
    '../infra/x.ts',
    '../test/x.ts',
  ],
  'functions/domain': ['storage', 'platform', 'service', 'api', 'web', 'http', 'export', 'import', 'mail', 'retention']
    .map((layer) => `../${layer}/x.ts`)
    .concat(
      'node:fs',
      'fs',
      'hono',
      'hono/jsx',
      'jose',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-s3/dist/x',
      'aws-cdk-lib',
    )
    .concat('../../infra/x.ts', '../../test/x.ts'),
  'functions/storage': [
    '../service/x.ts',
    '../api/x.ts',
    '../web/x.ts',
    '../http/x.ts',
    '../export/x.ts',
    '../../infra/x.ts',
    '../../test/x.ts',
  ],
  'functions/platform': [
    '@aws-sdk/client-s3',
    '../storage/x.ts',
    '../service/x.ts',
    '../api/x.ts',
    '../web/x.ts',
    '../http/x.ts',
    '../export/x.ts',
    '../../infra/x.ts',
    '../../test/x.ts',
  ],
  'functions/service': [
    '@aws-sdk/client-s3',
    '../api/x.ts',
    '../web/x.ts',
    '../http/x.ts',
    '../export/x.ts',
    '../../infra/x.ts',
    '../../test/x.ts',
  ],
  'functions/api': [
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-s3/dist/x',
    '@aws-sdk/lib-dynamodb',
    '../web/x.ts',
    '../http/x.ts',
    '../../infra/x.ts',
    '../../test/x.ts',
  ],
  'functions/api/routes': ['@aws-sdk/client-s3', '../../web/x.ts', '../../../infra/x.ts', '../../../test/x.ts'],
  'functions/web': ['@aws-sdk/client-s3', '../api/x.ts', '../http/x.ts', '../../infra/x.ts', '../../test/x.ts'],
  'functions/web/answer': [
    ...besideTasks,
    '../review/x.ts',
    '../publish/x.ts',
    '../manage/x.ts',
    '../questionnaires/x.ts',
  ],
  'functions/web/review': [
    ...besideTasks,
    '../answer/x.ts',
    '../publish/x.ts',
    '../manage/x.ts',
    '../questionnaires/x.ts',
  ],
  'functions/web/publish': [
    ...besideTasks,
    '../answer/x.ts',
    '../review/x.ts',
    '../manage/x.ts',
    '../questionnaires/x.ts',
  ],
  'functions/web/manage': [
    ...besideTasks,
    '../answer/x.ts',
    '../review/x.ts',
    '../publish/x.ts',
    '../questionnaires/x.ts',
  ],
  'functions/web/manage/directory': [
    ...besideTasks.map((module) => module.replace('../', '../../')),
    '../../review/x.ts',
  ],
  'functions/web/questionnaires': [...besideTasks, '../review/x.ts', '../publish/x.ts', '../manage/x.ts'],
  'functions/web/fields': [...besideTasks, ...tasks],
  'functions/web/shared': [...besideTasks, ...tasks],
  'functions/web/browser': [...besideTasks, ...tasks, '../shared/x.ts', '../../domain/x.ts', 'hono', 'node:fs'],
  'functions/export': besideThePages,
  'functions/mail': besideThePages,
  'functions/retention': besideThePages,
  'functions/http': ['@aws-sdk/client-lambda', '../../infra/x.ts', '../../test/x.ts'],
  infra: ['../test/x.ts'],
  'infra/constructs': ['../../test/x.ts'],
};

/** What each layer is there to import. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  schemas: ['zod', 'zod/mini', './form.ts', './values/count.ts'],
  'schemas/forms': ['../form.ts', './catalogue.ts'],
  'functions/domain': ['zod', './answers.ts', '../../schemas/form.ts', '../../schemas/values/count.ts'],
  'functions/storage': ['@aws-sdk/lib-dynamodb', '../domain/answers.ts', '../../schemas/form.ts', 'node:crypto'],
  'functions/service': ['../storage/store.ts', '../domain/tally.ts'],
  'functions/api': ['hono', '../domain/life.ts', '../service/service.ts', '../platform/logger.ts'],
  'functions/web': ['hono', '../domain/life.ts', '../service/service.ts', './answer/x.ts'],
  'functions/web/answer': ['../fields/x.ts', '../shared/x.ts', './x.ts'],
  'functions/web/review': ['../fields/x.ts', '../shared/x.ts', '../../domain/life.ts'],
  'functions/web/fields': ['../shared/x.ts', '../../domain/life.ts', './x.ts'],
  'functions/web/browser': ['../fields/x.ts', '../../../schemas/values/count.ts', './x.ts'],
  'functions/retention': ['../storage/store.ts', '../platform/logger.ts'],
  'functions/http': ['../api/app.ts', '../web/app.tsx'],
  'functions/export': ['../storage/store.ts', '../domain/tables.ts'],
  infra: ['aws-cdk-lib', '../functions/export/env.ts', '../schemas/directory.ts'],
};

const habits: readonly Sample[] = [
  {
    name: 'any',
    file: 'functions/domain/any.ts',
    text: 'export const x: any = 1;\n',
    rule: 'typescript(no-explicit-any)',
  },
  {
    name: 'an assertion',
    file: 'functions/domain/assertion.ts',
    text: "export const x = JSON.parse('1') as number;\n",
    rule: 'typescript(consistent-type-assertions)',
  },
  {
    name: 'a non-null assertion',
    file: 'functions/domain/non-null.ts',
    text: 'export const x = (list: string[]): string => list[0]!;\n',
    rule: 'typescript(no-non-null-assertion)',
  },
  {
    name: 'a default export',
    file: 'functions/domain/default.ts',
    text: 'export default 1;\n',
    rule: 'import(no-default-export)',
  },
  {
    name: 'console',
    file: 'functions/domain/console.ts',
    text: "console.log('x');\nexport const x = 1;\n",
    rule: 'eslint(no-console)',
  },
  {
    name: 'a barrel',
    file: 'functions/domain/barrel.ts',
    text: "export * from './cycle-a.ts';\nexport * from './cycle-b.ts';\n",
    rule: 'oxc(no-barrel-file)',
  },
  {
    name: 'a cycle',
    file: 'functions/domain/cycle-a.ts',
    text: "import { b } from './cycle-b.ts';\nexport const a = (): number => b();\n",
    rule: 'import(no-cycle)',
  },
  {
    name: 'the other end of a cycle',
    file: 'functions/domain/cycle-b.ts',
    text: "import { a } from './cycle-a.ts';\nexport const b = (): number => a();\n",
    rule: 'import(no-cycle)',
  },
  {
    name: 'an import cycle of types and values',
    file: 'schemas/cycle-c.ts',
    text: "import { d } from './cycle-d.ts';\nexport const c = (): number => d();\n",
    rule: 'import(no-cycle)',
  },
  {
    name: 'its other end',
    file: 'schemas/cycle-d.ts',
    text: "import { c } from './cycle-c.ts';\nexport const d = (): number => c();\n",
    rule: 'import(no-cycle)',
  },
  {
    name: 'a promise nobody waits for',
    file: 'functions/storage/floating.ts',
    text: 'async function save(): Promise<void> {}\nexport function x(): void {\n  save();\n}\n',
    rule: 'typescript(no-floating-promises)',
  },
  {
    name: 'a switch that forgets a case',
    file: 'functions/domain/switch.ts',
    text: "export function x(y: 'a' | 'b'): number {\n  switch (y) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n",
    rule: 'typescript(switch-exhaustiveness-check)',
  },
];

const objections = Object.entries(forbidden).flatMap(([layer, modules]) =>
  modules.map((module) => imports(layer, module, layering)),
);
const permissions = Object.entries(allowed).flatMap(([layer, modules]) =>
  modules.map((module) => imports(layer, module)),
);

const report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });
/** The rules that object, by file. */
const found = new Map<string, string[]>();
let tree = '';

function lint(): string {
  const oxlint = path.join(project, 'node_modules/oxlint/bin/oxlint');
  try {
    return execFileSync(process.execPath, [oxlint, '--type-aware', '--format', 'json'], {
      cwd: tree,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
  } catch (error) {
    // Objections make it end with a failure; what it printed is the report all the same.
    return z.object({ stdout: z.string() }).parse(error).stdout;
  }
}

beforeAll(() => {
  tree = mkdtempSync(path.join(tmpdir(), 'lint-'));
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json'])
    copyFileSync(path.join(project, file), path.join(tree, file));
  writeFileSync(path.join(tree, '.gitignore'), readFileSync(path.join(project, '.gitignore')));
  symlinkSync(path.join(project, 'node_modules'), path.join(tree, 'node_modules'));
  for (const { file, text } of [...objections, ...permissions, ...habits]) {
    mkdirSync(path.join(tree, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  for (const { code, filename } of report.parse(JSON.parse(lint())).diagnostics)
    found.set(filename, [...(found.get(filename) ?? []), code]);
}, 30_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('the linter objects when', () => {
  it.each(objections.map((sample) => [sample.name, sample] as const))('%s', (_, { file, rule }) => {
    expect(found.get(file)).toContain(rule);
  });
});

describe('the linter does not mind that', () => {
  it.each(permissions.map((sample) => [sample.name, sample] as const))('%s', (_, { file }) => {
    expect(found.get(file) ?? []).not.toContain(layering);
  });
});

describe('the linter objects to', () => {
  it.each(habits.map((sample) => [sample.name, sample] as const))('%s', (_, { file, rule }) => {
    expect(found.get(file)).toContain(rule);
  });
});
