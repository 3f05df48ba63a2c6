import { expect, it } from 'vitest';
import { exportName } from '../../../../functions/domain/export-name.ts';

it('calls an export by the day and time in Japan', () => {
  expect(exportName('20241129T080000Z-ABCDEF')).toBe('令和6年11月29日 17:00の出力');
  expect(exportName('20241231T150500Z-ABCDEF')).toBe('令和7年1月1日 0:05の出力'.replace(' 0:', ' 00:'));
  for (const none of ['', 'e1', '20249999T080000Z-ABCDEF']) expect(exportName(none)).toBe('出力');
});
