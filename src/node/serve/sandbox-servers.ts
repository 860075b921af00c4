/** A sandbox's servers on ports of the loopback; the sandbox runs in real time. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DrydockSandbox } from '../../engine/sandbox.ts';
import { drive } from '../../engine/sim/drive.ts';
import type { ServerName } from '../../protocol/simulation.ts';
import { macrotask } from '../macrotask.ts';
import { dockerAdaptor, kubernetesAdaptor } from './adaptors.ts';
import type { Backend } from './call.ts';
import { Call } from './call.ts';
import { serveHttp } from './http-server.ts';
import type { RealTime } from './real-time.ts';

/** Runs a booted sandbox up to the wall clock: clients compute ages with their own. */
export async function catchUp({ simulation }: DrydockSandbox): Promise<void> {
  const untilUs = simulation.clock.nowUs + Math.max(0, Date.now() - simulation.clock.unixMs) * 1000;
  await drive(simulation, { macrotask }, { untilUs });
  if (simulation.clock.nowUs < untilUs) simulation.clock.advanceTo(untilUs);
}

export const kubernetesServer = (sandbox: DrydockSandbox, realTime: RealTime): Server =>
  serveHttp(kubernetesAdaptor(backend(sandbox, realTime, 'kubernetes')));

/** The Docker Engine of one host. */
export const dockerServer = (sandbox: DrydockSandbox, realTime: RealTime, host: string): Server =>
  serveHttp(dockerAdaptor(backend(sandbox, realTime, { docker: host })));

/** Answers the port that was opened (0 takes a free one), or why it was not. */
export function open(server: Server, port: number): Promise<number | string> {
  return new Promise((resolve) => {
    server.once('error', (error) => {
      resolve(error.message);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function backend(sandbox: DrydockSandbox, realTime: RealTime, server: ServerName): Backend {
  return {
    open: (request, streaming, listener) =>
      new Call(
        (work) => {
          realTime.act(work);
        },
        () => sandbox.handle(server, request, streaming),
        listener,
      ),
  };
}
