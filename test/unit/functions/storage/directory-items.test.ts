import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packDirectory, unpackDirectory } from '../../../../functions/storage/directory-items.ts';
import { directory as directorySchema } from '../../../../schemas/directory.ts';
import saitama from '../../../fixtures/saitama-r6/directory.json' with { type: 'json' };

/** Earlier releases know no short names. */
const councils = saitama.councils.map(({ id, name, members, lead }) => ({ id, name, members, lead }));
const plain = directorySchema.parse({ ...saitama, councils, validFrom: '2024-09-01' });
const described = directorySchema.parse({
  ...plain,
  classes: [{ id: 'area', label: '圏域' }],
  municipalities: plain.municipalities.map((each) => ({ ...each, shortName: '略', classes: { area: '南部' } })),
});

function released(gzip: Uint8Array): unknown {
  return JSON.parse(gunzipSync(gzip).toString('utf8'));
}

describe('an item of the directory', () => {
  it('is as it ever was where the directory says no more than earlier releases take', () => {
    const packed = packDirectory(plain);
    expect(Object.keys(packed)).toEqual(['gzip']);
    expect(released(packed.gzip)).toEqual(plain);
    expect(unpackDirectory(packed)).toEqual(plain);
  });

  it('holds what earlier releases take beside the whole', () => {
    const packed = packDirectory(described);
    expect(released(packed.gzip)).toEqual(plain);
    expect(unpackDirectory(packed)).toEqual(described);
  });
});
