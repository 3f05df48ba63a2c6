import { describe, expect, it } from 'vitest';
import { openCommandSystem } from '../../../../infra/local/command-system.ts';

const deployed = { TABLE_NAME: 'yoriai', BUCKET_NAME: 'yoriai', AWS_REGION: 'ap-northeast-1' };

describe('a deployed system that a command is to work on', () => {
  it.each([undefined, '', 'true'])('is not opened without a word whether its files are scanned (%s)', async (said) => {
    await expect(openCommandSystem({ ...deployed, UPLOADS_SCANNED: said })).rejects.toThrow(
      'UPLOADS_SCANNED に、設定の scanUploads が true であれば yes、それ以外は no を指定してください。',
    );
  });

  it.each(['yes', 'no'])('is opened with it (%s)', async (said) => {
    const system = await openCommandSystem({ ...deployed, UPLOADS_SCANNED: said });
    await expect(system.stop()).resolves.toBeUndefined();
  });
});
