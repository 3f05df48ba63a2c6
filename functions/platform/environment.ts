/**
 * What a function is told from outside: one contract for both sides. The function parses it once at start, and
 * infra is typed by it, so that a renamed or forgotten variable does not compile.
 */

import * as z from 'zod';
import { prefectureContact } from '../../schemas/contact.ts';
import { defaultLicence, licence } from '../../schemas/export.ts';
import { openTo } from '../../schemas/open-to.ts';

const required = z.string().min(1);

function parsedJson(text: string, context: z.RefinementCtx<string>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  }
}

const common = {
  TABLE_NAME: required,
  BUCKET_NAME: required,
  /** The six digits of the prefecture, with check digit. */
  PREFECTURE_CODE: z.string().regex(/^\d{6}$/),
  /** Under which CloudWatch keeps what this deployment counts. */
  METRICS_NAMESPACE: required,
};

/** Not set on a laptop, where the provider and the address are whatever was free. */
const domains = {
  /** The pool whose people sign in on our own pages; where it is not set, they sign in at the identity provider. */
  USER_POOL_ID: required.optional(),
  /** Where the identity provider signs people out: `https://<prefix>.auth.<region>.amazoncognito.com/logout`. */
  SIGN_OUT_URL: z.url().optional(),
  /** `https://…` as browsers see it. The origin of each request where it is not set. */
  PUBLIC_ORIGIN: z
    .url()
    .refine((url) => new URL(url).origin === url)
    .optional(),
};

const uploads = {
  /** Whether GuardDuty scans what is sent; a laptop has none. */
  UPLOADS_SCANNED: z.enum(['yes', 'no']).default('no'),
};

/** Of tables of Parquet in the catalogue; a laptop has none. */
const catalog = {
  INTERNAL_DATABASE: required.optional(),
  PUBLIC_DATABASE: required.optional(),
};

const retention = {
  /** Fiscal years that a round is kept after the one in which it closed; 0 keeps every round for good. */
  RETENTION_YEARS: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number),
};

/** Where the emulators listen. Set on a laptop only; on AWS the SDK knows. */
const emulators = {
  DYNAMODB_ENDPOINT: z.url().optional(),
  S3_ENDPOINT: z.url().optional(),
};

export const httpEnvironment = z.object({
  ...common,
  ...emulators,
  ...domains,
  ...retention,
  PREFECTURE_NAME: required,
  PREFECTURE_CONTACT: z.string().transform(parsedJson).pipe(prefectureContact),
  /** Issuer of the tokens, as in their `iss`. */
  TOKEN_ISSUER: z.url(),
  TOKEN_CLIENT_ID: required,
  /** With which the sign-in exchanges codes for tokens, or tells its calls of the pool from a stranger's. */
  TOKEN_CLIENT_SECRET: required,
  EXPORT_FUNCTION_NAME: required,
  /** The pool that holds the groups of everybody who signs in, wherever they do. */
  PEOPLE_POOL_ID: required,
  /** Whether it also holds their names and passwords, or a provider of the prefecture's does. */
  PEOPLE_HELD_BY: z.enum(['pool', 'provider']),
  ...uploads,
  SITE_OPEN_TO: openTo.default('everyone'),
  /** Whether everybody may come, so that published editions can have a public address. */
  PUBLIC_ADDRESS: z.enum(['on', 'off']).default('off'),
  /** Whether this deployment sends mails to municipalities: it has a sender's address. */
  MAILS: z.enum(['on', 'off']).default('off'),
  /** The path in front of every link: `/main` under a gateway's stage, empty at the root of a domain. */
  PUBLIC_BASE_PATH: z
    .string()
    .regex(/^(?:\/[\w-]+)*$/)
    .default(''),
});

export const exportEnvironment = z.object({
  ...common,
  ...emulators,
  ...uploads,
  ...catalog,
  DATA_LICENCE: licence.default(defaultLicence),
  /** 担当課 at the head of the report; the prefecture's name where it is not set. */
  REPORT_DIVISION: required.optional(),
});

export const disposalEnvironment = z.object({
  TABLE_NAME: common.TABLE_NAME,
  BUCKET_NAME: common.BUCKET_NAME,
  METRICS_NAMESPACE: common.METRICS_NAMESPACE,
  ...emulators,
  ...retention,
  ...catalog,
});

export const mailEnvironment = z.object({
  TABLE_NAME: common.TABLE_NAME,
  METRICS_NAMESPACE: common.METRICS_NAMESPACE,
  DYNAMODB_ENDPOINT: emulators.DYNAMODB_ENDPOINT,
  PREFECTURE_NAME: required,
  PREFECTURE_CONTACT: z.string().transform(parsedJson).pipe(prefectureContact),
  /** The address that mails come from. */
  MAIL_SENDER: z.email(),
  /** Of SES, by which it tells what did not arrive. */
  MAIL_CONFIGURATION_SET: required,
  /** The site's address as browsers see it, without a slash at its end. */
  SITE_URL: z.url(),
});

/** The variables that a deployment sets: all of the contract but the emulators. */
type Deployed<Contract extends z.ZodType> = Required<Omit<z.input<Contract>, keyof typeof emulators>>;

type OfSignIn = 'USER_POOL_ID' | 'SIGN_OUT_URL' | 'MAILS';

/** Who may use the site is known when it is deployed, or switched; where people sign in decides which of two is set. */
export type HttpVariables = Omit<Deployed<typeof httpEnvironment>, 'SITE_OPEN_TO' | OfSignIn> & {
  SITE_OPEN_TO: string;
} & Pick<z.input<typeof httpEnvironment>, OfSignIn>;
export type MailVariables = Deployed<typeof mailEnvironment>;
export type DisposalVariables = Deployed<typeof disposalEnvironment>;
export type ExportVariables = Omit<Deployed<typeof exportEnvironment>, 'REPORT_DIVISION'> &
  Pick<z.input<typeof exportEnvironment>, 'REPORT_DIVISION'>;

/**
 * Reads the variables that a contract demands and leaves the others alone.
 *
 * @param variables usually `process.env`
 * @throws Error naming every variable that is missing or malformed, never its value
 * @example const environment = readEnvironment(exportEnvironment, process.env)
 */
export function readEnvironment<Contract extends z.ZodType>(
  contract: Contract,
  variables: Readonly<Record<string, string | undefined>>,
): z.output<Contract> {
  // Read once: to compile a reader first, as Zod does for what is read often, takes longer.
  const parsed = contract.safeParse(variables, { jitless: true });
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map(({ path }) => path.join('.'));
  throw new Error(`Environment variables missing or malformed: ${[...new Set(names)].join(', ')}`);
}
