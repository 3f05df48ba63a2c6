import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prefectureIds, prefectureNamed } from '../../infra/prefectures/catalogue.ts';
import { readPrefecture } from '../../infra/prefectures/schema.ts';

const contact = { department: '福祉部', phone: '048-000-0000', email: 'a@saitama.example' };
/** What a prefecture must say, and nothing else. */
const saitama = {
  purpose: 'demo',
  code: '110001',
  name: '埼玉県',
  contact,
  identity: { kind: 'own', domainPrefix: 'yoriai-saitama' },
  alarmRecipients: ['a@saitama.example'],
};
/** What a prefecture need not say. */
const defaults = {
  licence: 'CC-BY-4.0',
  exportAt: '03:00',
  edge: { kind: 'internet' },
  retention: { roundYears: 5, copyMonths: 12, vaultLock: 'none' },
  scanUploads: false,
  analysts: 'public',
};
const domain = {
  name: 'yoriai.pref.saitama.example',
  certificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000',
};
const mailSender = 'chousa@pref.saitama.example';
const endpoints = { kind: 'private', vpcEndpointIds: ['vpce-0123456789abcdef0'] };
const openid = {
  kind: 'openid',
  domainPrefix: 'yoriai-saitama',
  issuer: 'https://idp.pref.saitama.example',
  clientId: 'yoriai',
  clientSecretName: 'yoriai/provider',
  clientSecretVersionId: '00000000-0000-4000-8000-000000000000',
};

describe('the prefectures', () => {
  it('are those of the folder, one file each', () => {
    const files = readdirSync(new URL('../../infra/prefectures/', import.meta.url));
    expect(prefectureIds).toEqual(
      files.filter((file) => file.endsWith('.json')).map((file) => file.replace('.json', '')),
    );
    expect(prefectureIds).toContain('gunma');
  });

  it('are found by name', () => {
    expect(prefectureNamed('saitama')).toMatchObject({ id: 'saitama', code: '110001', name: '埼玉県', ...defaults });
    expect(prefectureNamed('gunma')).toMatchObject({ id: 'gunma', code: '100005', name: '群馬県', ...defaults });
  });

  it('share nothing that only one deployment can have', () => {
    const all = prefectureIds.map(prefectureNamed);
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
    expect(new Set(all.map(({ identity }) => identity.domainPrefix)).size).toBe(all.length);
  });

  it.each(['tokyo', '', 'Saitama', 'toString', '__proto__'])(
    'do not include %j, and the error lists those there are',
    (id) => {
      expect(() => prefectureNamed(id)).toThrow(
        `県「${id}」の設定がありません。-c prefecture= に指定できるのは gunma、saitama です。`,
      );
    },
  );
});

describe('the settings of a prefecture', () => {
  it('are taken as written when they are right, with what goes without saying', () => {
    const identity = { ...saitama.identity, generation: 1 };
    expect(readPrefecture('saitama', saitama)).toEqual({ id: 'saitama', ...saitama, ...defaults, identity });
  });

  it.each([
    ['its division, which the report prints', { division: '障害者支援課' }],
    ['a domain and its certificate', { purpose: 'production', domain, mailSender }],
    ['the networks that may come', { edge: { kind: 'allowlist', networks: ['203.0.113.0/24', '198.51.100.7/32'] } }],
    ['VPC endpoints, and then needs no domain', { purpose: 'production', edge: endpoints, mailSender }],
    ["the prefecture's OpenID provider", { identity: openid }],
    ['our own sign-in pages, which need no name for another', { identity: { kind: 'own', signIn: 'own' } }],
    [
      "the prefecture's SAML provider",
      { identity: { kind: 'saml', domainPrefix: 'a', metadataUrl: 'https://idp.example/saml' } },
    ],
    ['from where its own staff comes', { prefectureNetworks: ['203.0.113.0/24'] }],
    ['how long it keeps', { retention: { roundYears: 0, copyMonths: 120 } }],
    ['a key of its own', { encryptionKeyArn: 'arn:aws:kms:ap-northeast-1:123456789012:key/0a1b' }],
    ['who sends the mails', { mailSender: 'chousa@saitama.example' }],
  ])('may name %s', (_what, said) => {
    expect(readPrefecture('saitama', { ...saitama, ...said })).toMatchObject(said);
  });

  it.each([
    ['colour', { colour: 'green' }],
    ['domain.colour', { domain: { ...domain, colour: 'green' } }],
    ['edge.networks', { edge: { kind: 'internet', networks: [] } }],
    ['identity.secret', { identity: { ...openid, secret: 'x' } }],
    ['retention.days', { retention: { roundYears: 1, copyMonths: 1, days: 1 } }],
    ['contact.fax', { contact: { ...contact, fax: '1' } }],
  ])('with the unknown key %s are refused, naming it', (key, said) => {
    expect(() => readPrefecture('saitama', { ...saitama, ...said })).toThrow(
      `  ${key}: この項目はありません。綴りを確認してください。`,
    );
  });

  it.each([
    ['purpose', { purpose: 'test' }, 'demo または production'],
    ['licence', { licence: 'CC' }, 'CC-BY-4.0'],
    ['exportAt', { exportAt: '24:00' }, '03:00'],
    ['division', { division: '' }, '担当課'],
    ['code', { code: undefined }, '文字列'],
    ['code', { code: '11000' }, '6桁'],
    ['code', { code: '110002' }, '検査数字'],
    ['code', { code: '111007' }, '都道府県のコード'],
    ['code', { code: 110001 }, '文字列'],
    ['name', { name: '埼玉' }, '都道府県名'],
    ['name', { name: undefined }, '文字列'],
    ['contact', { contact: undefined }, 'department'],
    ['contact.phone', { contact: { ...contact, phone: '48' } }, '電話番号'],
    ['contact.email', { contact: { ...contact, email: 'saitama' } }, 'メールアドレス'],
    ['account', { account: '1234' }, '12桁'],
    ['contact.department', { contact: { ...contact, department: '' } }, '入力'],
    ['domain', { purpose: 'production' }, '本番（production）では、ドメインと証明書'],
    ['mailSender', { purpose: 'production', domain }, 'SES で検証したドメイン'],
    ['domain', { edge: endpoints, domain }, 'private では'],
    ['domain.name', { domain: { ...domain, name: 'https://yoriai.example' } }, 'ドメイン名'],
    ['domain.name', { domain: { certificateArn: domain.certificateArn } }, '文字列'],
    [
      'domain.certificateArn',
      { domain: { ...domain, certificateArn: domain.certificateArn.replace('ap-northeast-1', 'us-east-1') } },
      '東京リージョン',
    ],
    ['edge.kind', { edge: { kind: 'vpn' } }, 'internet、allowlist、private'],
    ['edge.networks', { edge: { kind: 'allowlist', networks: [] } }, '1件以上'],
    [
      'edge.networks.1',
      { edge: { kind: 'allowlist', networks: ['203.0.113.0/24', '203.0.113.1'] } },
      '203.0.113.0/24 の形',
    ],
    ['edge.networks.0', { edge: { kind: 'allowlist', networks: ['2001:db8::/32'] } }, 'IPv4'],
    ['edge.networks.0', { edge: { kind: 'allowlist', networks: ['0.0.0.0/0'] } }, 'internet'],
    ['edge.vpcEndpointIds', { edge: { kind: 'private' } }, '一覧'],
    ['edge.vpcEndpointIds.0', { edge: { kind: 'private', vpcEndpointIds: ['vpc-1'] } }, 'vpce-'],
    ['identity', { identity: undefined }, 'own、openid、saml'],
    ['identity.domainPrefix', { identity: { kind: 'own', domainPrefix: 'Yoriai' } }, '英小文字'],
    ['identity.domainPrefix', { identity: { kind: 'own', domainPrefix: 'my-cognito' } }, 'cognito'],
    ['identity.domainPrefix', { identity: { kind: 'own' } }, 'サインインの画面（hosted）のアドレス'],
    ['identity.signIn', { identity: { kind: 'own', domainPrefix: 'a', signIn: 'both' } }, 'own、hosted'],
    ['identity.signIn', { identity: { ...openid, signIn: 'own' } }, '県の認証基盤を使う場合は hosted'],
    ['identity.issuer', { identity: { ...openid, issuer: 'http://idp.example' } }, 'https://'],
    ['identity.clientSecretName', { identity: { ...openid, clientSecretName: undefined } }, '文字列'],
    [
      'identity.clientSecretVersionId',
      { identity: { ...openid, clientSecretVersionId: 'AWSCURRENT' } },
      'バージョン ID',
    ],
    ['identity.generation', { identity: { kind: 'own', domainPrefix: 'a', generation: 0 } }, '1以上'],
    ['identity.metadataUrl', { identity: { kind: 'saml', domainPrefix: 'a', metadataUrl: 'saml.xml' } }, 'https://'],
    ['prefectureNetworks.0', { prefectureNetworks: ['0.0.0.0/0'] }, 'internet を指定'],
    ['retention.roundYears', { retention: { roundYears: 31, copyMonths: 12 } }, '30年以下'],
    ['retention.copyMonths', { retention: { roundYears: 5, copyMonths: 0 } }, '1か月以上'],
    ['retention.vaultLock', { retention: { roundYears: 5, copyMonths: 1, vaultLock: 'yes' } }, 'permanent'],
    ['retention', { retention: 5 }, 'オブジェクト'],
    ['encryptionKeyArn', { encryptionKeyArn: 'alias/yoriai' }, 'KMS'],
    ['mailSender', { mailSender: '埼玉県' }, '送信元'],
    ['alarmRecipients', { alarmRecipients: [] }, '1件以上'],
    ['alarmRecipients.0', { alarmRecipients: ['担当'] }, '通知先'],
  ])('name the field in a message: %s of %j', (field, said, reason) => {
    expect(() => readPrefecture('saitama', { ...saitama, ...said })).toThrow(
      new RegExp(`^  ${field}: .*${reason}`, 'm'),
    );
  });

  it.each([null, [], 'saitama'])('that are none are refused: %j', (settings) => {
    expect(() => readPrefecture('saitama', settings)).toThrow(/全体: .*(オブジェクト|必須)/);
  });

  it('report all mistakes at once, also those of fields that do not go together', () => {
    const wrong = {
      ...saitama,
      purpose: 'production',
      code: '1',
      name: '',
      colour: 'green',
      size: 3,
      alarmRecipients: [],
    };
    expect(() => readPrefecture('saitama', wrong)).toThrow(
      /code: [^]*name: [^]*alarmRecipients: [^]*colour: [^]*size: [^]*domain: 本番/,
    );
  });

  it('report each mistake once', () => {
    const lines = (): string[] => {
      try {
        readPrefecture('saitama', { ...saitama, purpose: 'x', edge: { kind: 'vpn' } });
      } catch (error) {
        return String(error).split('\n').slice(1);
      }
      return [];
    };
    expect(lines().map((line) => line.trim().split(':')[0])).toEqual(['purpose', 'edge.kind']);
  });
});
