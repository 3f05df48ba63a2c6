import type { AdapterFactory, AdapterPayload } from 'oidc-provider';

export function memoryAdapter(): AdapterFactory {
  const remembered = new Map<string, { payload: AdapterPayload; expiresAt: number }>();
  return (model) => {
    const keyOf = (id: string): string => `${model}:${id}`;
    return {
      upsert: async (id, payload, expiresIn = Number.POSITIVE_INFINITY) => {
        for (const [key, { expiresAt }] of remembered) {
          if (expiresAt < Date.now()) {
            remembered.delete(key);
          }
        }
        remembered.set(keyOf(id), { payload, expiresAt: Date.now() + expiresIn * 1000 });
      },
      find: async (id) => remembered.get(keyOf(id))?.payload,
      findByUid: async (uid) =>
        remembered.entries().find(([key, { payload }]) => key.startsWith(keyOf('')) && payload.uid === uid)?.[1]
          .payload,
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const entry = remembered.get(keyOf(id));
        if (entry !== undefined) {
          entry.payload.consumed = Math.floor(Date.now() / 1000);
        }
      },
      destroy: async (id) => {
        remembered.delete(keyOf(id));
      },
      revokeByGrantId: async (grantId) => {
        for (const [key, { payload }] of remembered) {
          if (payload.grantId === grantId) {
            remembered.delete(key);
          }
        }
      },
    };
  };
}
