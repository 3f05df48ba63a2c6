import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';

import { startFauxqs } from 'fauxqs';

import { createDataDir, keptAt } from './data-dir.ts';

const HOST = '127.0.0.1';

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
  const server = await startFauxqs({
    port: 0,
    logger: false,
    defaultRegion: 'ap-northeast-1',
    init: { buckets: [...(options.buckets ?? [])] },
    ...(s3StorageDir === undefined ? {} : { s3StorageDir }),
  });

  // The emulator asks for no credentials and listens on every address of the machine; only this machine may use it.
  const refuseOtherHosts = (message: unknown): void => {
    if (
      typeof message === 'object' &&
      message !== null &&
      'socket' in message &&
      message.socket instanceof Socket &&
      message.socket.localPort === server.port &&
      message.socket.localAddress !== HOST
    ) {
      message.socket.destroy();
    }
  };
  subscribe('net.server.socket', refuseOtherHosts);

  return {
    endpoint: `http://${HOST}:${server.port}`,
    stop: async () => {
      await server.stop();
      unsubscribe('net.server.socket', refuseOtherHosts);
    },
  };
}
