import type { Server } from 'node:http';
import { parseArgs } from 'node:util';
import { createStaticServer } from './static-server.ts';
import { buildWebIfStale } from './web-build.ts';

const DEFAULT_PORT = 4173;
const PORTS_TO_TRY = 20;

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const wanted = values.port ?? process.env['PORT'];
const server = createStaticServer(await buildWebIfStale(process.cwd()));
const port = wanted === undefined ? await listenOnFreePort(server) : await listen(server, Number(wanted));
if (port === undefined) {
  process.stderr.write(`drydock: port ${wanted ?? String(DEFAULT_PORT)} is in use; choose another with --port\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`Drydock is at http://127.0.0.1:${String(port)}/\n`);
}

async function listenOnFreePort(candidate: Server): Promise<number | undefined> {
  for (let next = DEFAULT_PORT; next < DEFAULT_PORT + PORTS_TO_TRY; next++) {
    const bound = await listen(candidate, next);
    if (bound !== undefined) return bound;
  }
  return undefined;
}

/** The port it listens on, or undefined if somebody else has it. Only this machine can connect. */
function listen(candidate: Server, on: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    candidate.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    candidate.listen(on, '127.0.0.1', () => {
      candidate.removeAllListeners('error');
      resolve(on);
    });
  });
}
