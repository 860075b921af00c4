/** An API server over etcd without machines, and clients to it. */
import { createSimulation } from '../../sim/create-simulation.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { InProcessClient } from '../client/in-process-client.ts';
import { SharedInformers } from '../client/informers.ts';
import type { Transport, UserInfo } from '../client/interface.ts';
import { Store } from '../etcd/store.ts';
import { ApiServer, type ApiServerOptions } from './server.ts';

export const ADMIN: UserInfo = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

export interface ApiOnly {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly server: ApiServer;
  readonly client: InProcessClient;
  readonly transport: Transport;
  /** Set to break every connection. */
  readonly fault: { broken?: string };
  informers(target?: string): SharedInformers;
  /** Runs events until the virtual time has passed. */
  advance(us: number): void;
}

export function apiOnly(seed = 1, extra: Partial<ApiServerOptions> = {}): ApiOnly {
  const simulation = createSimulation(seed);
  const store = new Store();
  const server = new ApiServer({
    simulation,
    target: 'kube-apiserver',
    etcd: { connect: () => ({ store }) },
    ...extra,
  });
  simulation.loop.register('kube-apiserver', server);
  server.start();
  const fault: { broken?: string } = {};
  const transport: Transport = { connect: () => (fault.broken === undefined ? { server } : { broken: fault.broken }) };
  const client = new InProcessClient(ADMIN, transport);
  client.create('serviceaccounts', { metadata: { name: 'default', namespace: 'default' } });
  return {
    simulation,
    store,
    server,
    client,
    transport,
    fault,
    informers: (target = 'informers') => {
      const informers = new SharedInformers({ simulation, target, user: ADMIN, transport });
      simulation.loop.register(target, informers);
      return informers;
    },
    advance: (us) => {
      const until = simulation.clock.nowUs + us;
      for (let due = simulation.loop.nextDueUs(); due !== undefined && due <= until; due = simulation.loop.nextDueUs())
        simulation.loop.step();
      simulation.clock.advanceTo(until);
    },
  };
}
