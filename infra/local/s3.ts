import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { startFauxqs } from 'fauxqs';

import { createDataDir, keptAt } from './data-dir.ts';
import { HOST } from './environment.ts';

/** Published with the options of a server before it opens its port. */
const listening = 'tracing:net.server.listen:asyncStart';

/** The emulator asks for no credentials and listens on every address of the machine, which it lets nobody choose. */
function toThisMachine(message: unknown): void {
  if (typeof message !== 'object' || message === null || !('options' in message)) return;
  const { options } = message;
  if (typeof options === 'object' && options !== null && 'host' in options && options.host === '0.0.0.0')
    options.host = HOST;
}

/**
 * Starts S3 inside this process on a free port: the fauxqs emulator, objects as plain files under `dataDir`/s3.
 * Clients need `forcePathStyle` and any credentials. It ignores If-Match, If-None-Match and versioning.
 *
 * @param options.buckets buckets that must be there; those already there keep their objects
 */
export async function startS3(options: {
  dataDir: string;
  buckets?: readonly string[];
}): Promise<{ endpoint: string; stop(): Promise<void> }> {
  await createDataDir(options.dataDir);
  const s3StorageDir = keptAt(options.dataDir, 's3');
  subscribe(listening, toThisMachine);
  const server = await startFauxqs({
    port: 0,
    logger: false,
    defaultRegion: 'ap-northeast-1',
    init: { buckets: [...(options.buckets ?? [])] },
    ...(s3StorageDir === undefined ? {} : { s3StorageDir }),
  }).finally(() => unsubscribe(listening, toThisMachine));
  const endpoint = `http://${HOST}:${server.port}`;
  if (server.address === endpoint) return { endpoint, stop: () => server.stop() };
  await server.stop();
  throw new Error(`the S3 emulator listens at ${server.address}`);
}
