/** What a daemon outside of any swarm answers to requests about swarms (moby daemon/cluster): none can be started here. */
import { apiError } from '../model.ts';
import { NOT_A_MANAGER } from '../no-swarm.ts';
import { type Route, route } from './route.ts';

const notSimulated =
  (command: string): Route['run'] =>
  () =>
    apiError(501, `drydock: '${command}' is not simulated`);

export const swarmRoutes: readonly Route[] = [
  route('POST', '/swarm/init', notSimulated('docker swarm init')),
  route('POST', '/swarm/join', notSimulated('docker swarm join')),
  route('POST', '/swarm/leave', () => apiError(503, 'This node is not part of a swarm')),
  ...['GET', 'POST', 'DELETE'].map((method) =>
    route(method, '/(?:swarm|nodes|services|tasks|secrets|configs)(?:/.*)?', () => apiError(503, NOT_A_MANAGER)),
  ),
];
