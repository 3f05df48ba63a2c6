/** The OpenAPI 3.1 document, generated from the routes that answer and from the forms they carry. */

import * as z from 'zod';
import * as mini from 'zod/mini';
import { compile } from '../../schemas/compile.ts';
import type { Catalogue, Form } from '../../schemas/form.ts';
import { jsonSchema } from '../../schemas/json-schema.ts';
import type { JsonSchema } from '../../schemas/json-schema.ts';
import { problems } from '../../schemas/problem.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { formIn } from '../../schemas/round-forms.ts';
import type { RequestBody } from './routes/request-body.ts';
import type { Route } from './routes/route.ts';

/** `yearly-report` at 2024 → `YearlyReport2024`; digits stand apart, so that no two forms have one name: `a-1` at 2 → `A_1_2`. */
function componentName({ id, version }: Form): string {
  const words = [...id.split('-'), String(version)].map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return words.reduce((name, word, index) => {
    const isApart = /^\d/.test(word) && (index < words.length - 1 || /\d$/.test(name));
    return `${name}${isApart ? '_' : ''}${word}`;
  });
}

function allForms(forms: Catalogue): Form[] {
  return [...forms.values()].flatMap((versions) => [...versions.values()].map((form) => formIn(form, {})));
}

/** Inside a document, a schema does not declare its dialect again. */
function embedded(schema: JsonSchema): JsonSchema {
  const { $schema: _dialect, ...rest } = schema;
  return rest;
}

function schemaWriter(forms: Catalogue): (schema: z.ZodType) => JsonSchema {
  const submissions = allForms(forms).map((form) => ({ $ref: `#/components/schemas/${componentName(form)}` }));
  const drafts = allForms(forms).map((form) => ({ $ref: `#/components/schemas/${componentName(form)}Draft` }));
  return (schema) =>
    embedded(
      z.toJSONSchema(schema, {
        io: 'input',
        unrepresentable: 'any',
        override: ({ jsonSchema: written }) => {
          const use: unknown = Reflect.get(written, 'answersOf');
          Reflect.deleteProperty(written, 'answersOf');
          if (use === 'draft') written.anyOf = drafts;
          if (use === 'submission') written.anyOf = submissions;
          if (use === 'part') written.description = 'One section or entry, as the schema of its form describes it.';
        },
      }),
    );
}

function formComponents(forms: Catalogue): JsonSchema {
  return Object.fromEntries(
    allForms(forms).flatMap((form) => [
      [componentName(form), embedded(jsonSchema(form))],
      [`${componentName(form)}Draft`, embedded({ ...mini.toJSONSchema(compile(form).shape), title: form.title })],
    ]),
  );
}

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z
    .array(
      z.object({
        path: z.string(),
        code: z.string(),
        message: z.string(),
        check: z.string().optional(),
        cell: z.string().optional(),
      }),
    )
    .optional(),
  /** How many more errors there are: the first 200 are answered. */
  moreErrors: z.int().optional(),
  receipt: z.string().optional(),
  version: z.int().optional(),
  exportId: z.string().optional(),
});

function problemResponses(codes: readonly ProblemCode[]): [string, JsonSchema][] {
  const byStatus = Map.groupBy(codes, (code) => problems[code].status);
  return [...byStatus].map(([status, same]) => [
    String(status),
    {
      description: same.map((code) => `${code}: ${problems[code].title}`).join('\n'),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
}

/** What any call can be refused with, besides the problems it names. */
export function problemsOf({ action, onBehalf, body = onBehalf, problems: own, path }: Route): ProblemCode[] {
  return [
    ...new Set<ProblemCode>([
      ...(action === undefined ? [] : (['unauthenticated', 'forbidden', 'site-closed'] as const)),
      ...(path.includes('{') ? (['not-found'] as const) : []),
      ...(path.includes('{round}') ? (['round-disposed', 'round-removed'] as const) : []),
      ...(path.includes('{round}') && path.includes('{form}') ? (['form-not-deployed'] as const) : []),
      ...(path.includes('{round}') && path.includes('{unit}') ? (['unit-ended'] as const) : []),
      ...(body === undefined
        ? []
        : ([
            ...(body.contentType === undefined ? (['malformed-json'] as const) : []),
            'malformed-request',
            'unsupported-media-type',
            'unsupported-content-encoding',
            'too-large',
            body.problem,
          ] as const)),
      ...own,
      'busy',
      'unavailable',
      'internal',
    ]),
  ];
}

function requestBody(
  { contentType, schema }: RequestBody,
  required: boolean,
  write: (schema: z.ZodType) => JsonSchema,
): JsonSchema {
  const content =
    contentType === undefined
      ? { 'application/json': { schema: write(schema) } }
      : { [contentType]: { schema: { type: 'string', format: 'binary' } } };
  return { required, content };
}

/** A file by itself, named in the query, or as a form sends it. */
const uploadBody = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
    },
    'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
  },
};

function operation(route: Route, write: (schema: z.ZodType) => JsonSchema): JsonSchema {
  const pathParameters = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const headers = (route.headers ?? []).map((header) => ({ ...header, in: 'header', schema: { type: 'string' } }));
  const query = route.query === undefined ? {} : write(route.query);
  const queryParameters = Object.entries(query['properties'] ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  }));
  const answers = route.answers.map(({ status, description, schema, contentType = 'application/json' }) => [
    String(status),
    {
      description,
      ...(schema === undefined && contentType === 'application/json'
        ? {}
        : { content: { [contentType]: { schema: schema === undefined ? {} : write(schema) } } }),
    },
  ]);
  // What the prefecture sends has all that others send.
  const body = route.onBehalf ?? route.body;
  return {
    operationId: `${route.method} ${route.path}`,
    summary: route.summary,
    security: route.action === undefined ? [] : [{ bearer: [] }],
    parameters: [...pathParameters, ...queryParameters, ...headers],
    ...(body === undefined ? {} : { requestBody: requestBody(body, route.body !== undefined, write) }),
    ...(route.upload === undefined ? {} : { requestBody: uploadBody }),
    responses: Object.fromEntries([...answers, ...problemResponses(problemsOf(route))]),
  };
}

/** How many are kept: who is there sees the forms that they are asked. */
const mostKept = 8;

/** Building a document compiles every form: it is built when it is first asked for, and kept. */
export function keptOpenApi(routes: readonly Route[]): (forms: Catalogue) => JsonSchema {
  let kept: { readonly forms: readonly Form[]; readonly document: JsonSchema }[] = [];
  return (catalogue) => {
    const forms = [...catalogue.values()].flatMap((versions) => [...versions.values()]);
    const known = kept.find(
      (each) => each.forms.length === forms.length && each.forms.every((form, at) => form === forms[at]),
    );
    const found = known ?? { forms, document: openApi(routes, catalogue) };
    kept = [found, ...kept.filter((each) => each !== found)].slice(0, mostKept);
    return found.document;
  };
}

export function openApi(routes: readonly Route[], forms: Catalogue): JsonSchema {
  const write = schemaWriter(forms);
  const paths: Record<string, JsonSchema> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route, write) };
  return {
    openapi: '3.1.0',
    info: { title: 'Yoriai', version: '1', summary: '調査の回答と集計' },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: write(problemSchema), ...formComponents(forms) },
    },
  };
}
