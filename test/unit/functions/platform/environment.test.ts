import { describe, expect, it } from 'vitest';
import { exportEnvironment, httpEnvironment, readEnvironment } from '../../../../functions/platform/environment.ts';

const common = {
  TABLE_NAME: 'table',
  BUCKET_NAME: 'bucket',
  PREFECTURE_CODE: '110001',
  METRICS_NAMESPACE: 'Yoriai/saitama',
  UPLOADS_SCANNED: 'no',
};
const contact = { department: '福祉部', phone: '048-000-0000', email: 'a@saitama.example' };
const http = {
  ...common,
  PREFECTURE_NAME: '埼玉県',
  PREFECTURE_CONTACT: JSON.stringify(contact),
  TOKEN_ISSUER: 'https://issuer.example/pool',
  TOKEN_CLIENT_ID: 'client',
  TOKEN_CLIENT_SECRET: 'secret',
  EXPORT_FUNCTION_NAME: 'export',
  PEOPLE_POOL_ID: 'ap-northeast-1_Pool',
  PEOPLE_HELD_BY: 'pool',
  SITE_OPEN_TO: 'everyone',
  RETENTION_YEARS: '5',
  MAILS: 'off',
  PUBLIC_BASE_PATH: '/main',
  PUBLIC_ADDRESS: 'on',
};

describe('the environment of a function', () => {
  it('is read by its names, whatever else is set', () => {
    expect(readEnvironment(httpEnvironment, { ...http, HOME: '/root' })).toEqual({
      ...http,
      PREFECTURE_CONTACT: contact,
      RETENTION_YEARS: 5,
    });
    expect(readEnvironment(exportEnvironment, { ...http, HOME: '/root' })).toEqual({
      ...common,
      DATA_LICENCE: 'CC-BY-4.0',
    });
  });

  it('offers no public address unless it is said', () => {
    const { PUBLIC_ADDRESS: _, ...unsaid } = http;
    expect(readEnvironment(httpEnvironment, unsaid).PUBLIC_ADDRESS).toBe('off');
  });

  it('has no path in front of the links unless one is given', () => {
    const { PUBLIC_BASE_PATH: _, ...atTheRoot } = http;
    expect(readEnvironment(httpEnvironment, atTheRoot).PUBLIC_BASE_PATH).toBe('');
    expect(readEnvironment(httpEnvironment, { ...http, PUBLIC_BASE_PATH: '' }).PUBLIC_BASE_PATH).toBe('');
  });

  it.each(['/', '/main/', 'main', '//host', '/a b', '/../x'])('refuses %j as path in front of the links', (path) => {
    expect(() => readEnvironment(httpEnvironment, { ...http, PUBLIC_BASE_PATH: path })).toThrow('PUBLIC_BASE_PATH');
  });

  it('is open to everyone unless it says otherwise, and then to the prefecture', () => {
    const { SITE_OPEN_TO: _, ...silent } = http;
    expect(readEnvironment(httpEnvironment, silent).SITE_OPEN_TO).toBe('everyone');
    expect(readEnvironment(httpEnvironment, { ...http, SITE_OPEN_TO: 'prefecture' }).SITE_OPEN_TO).toBe('prefecture');
    expect(() => readEnvironment(httpEnvironment, { ...http, SITE_OPEN_TO: 'nobody' })).toThrow('SITE_OPEN_TO');
  });

  it('knows emulators only where they are given', () => {
    const local = { ...common, DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000', S3_ENDPOINT: 'http://127.0.0.1:9000' };
    expect(readEnvironment(exportEnvironment, local)).toEqual({ ...local, DATA_LICENCE: 'CC-BY-4.0' });
    expect(readEnvironment(exportEnvironment, common)).not.toHaveProperty('S3_ENDPOINT');
  });

  it('takes the division that the report names, where there is one', () => {
    expect(readEnvironment(exportEnvironment, { ...common, REPORT_DIVISION: '障害者支援課' })).toMatchObject({
      REPORT_DIVISION: '障害者支援課',
    });
    expect(readEnvironment(exportEnvironment, common)).not.toHaveProperty('REPORT_DIVISION');
    expect(() => readEnvironment(exportEnvironment, { ...common, REPORT_DIVISION: '' })).toThrow('REPORT_DIVISION');
  });

  it('takes the domains of a deployment that has them', () => {
    const domains = { SIGN_OUT_URL: 'https://yoriai.auth.example/logout', PUBLIC_ORIGIN: 'https://yoriai.example' };
    expect(readEnvironment(httpEnvironment, { ...http, ...domains })).toEqual({
      ...http,
      ...domains,
      PREFECTURE_CONTACT: contact,
      RETENTION_YEARS: 5,
    });
    expect(() => readEnvironment(httpEnvironment, { ...http, PUBLIC_ORIGIN: 'https://yoriai.example/main' })).toThrow(
      'PUBLIC_ORIGIN',
    );
  });

  it.each(['', '{', '{}', JSON.stringify({ ...contact, phone: '' })])('refuses %j as contact', (text) => {
    expect(() => readEnvironment(httpEnvironment, { ...http, PREFECTURE_CONTACT: text })).toThrow(
      'malformed: PREFECTURE_CONTACT',
    );
  });

  it('names every variable that is missing or malformed, and never a value', () => {
    const wrong = { ...http, TABLE_NAME: undefined, PREFECTURE_CODE: 'eleven', TOKEN_ISSUER: 'not an address' };
    expect(() => readEnvironment(httpEnvironment, wrong)).toThrow(
      'Environment variables missing or malformed: TABLE_NAME, PREFECTURE_CODE, TOKEN_ISSUER',
    );
  });
});
