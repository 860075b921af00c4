/** Two nodes wired as flannel does it, with pods; for specs. */
import type { Rule } from '../../../formats/iptables/rule.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { ConnectOptions } from '../../../protocol/program.ts';
import { createSimulation } from '../../sim/create-simulation.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { HostNetwork, NetnsId, Network, SocketId } from './interface.ts';
import { createNetwork } from './network.ts';

/** Collects what it is told. */
export class Listener implements Component {
  readonly events: { readonly type: string; readonly payload: Plain; readonly atUs: number }[] = [];
  constructor(private readonly simulation: Simulation) {}
  handle(type: string, payload: Plain): void {
    this.events.push({ type, payload, atUs: this.simulation.clock.nowUs });
  }
  snapshot(): Plain {
    return null;
  }
  restore(): void {
    // Nothing is kept.
  }
  last(): { readonly [key: string]: Plain } {
    return (this.events.at(-1)?.payload ?? {}) as { readonly [key: string]: Plain };
  }
}

export interface Bench {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly told: Listener;
  readonly hosts: readonly HostNetwork[];
  pod(host: number, ip: string): NetnsId;
  /** Runs until nothing is due within `us`. */
  run(us?: number): void;
  must<T>(result: T): Exclude<T, { readonly errno: string }>;
}

export function bench(hostCount = 2): Bench {
  const simulation = createSimulation(1);
  const network = createNetwork(simulation);
  const told = new Listener(simulation);
  simulation.loop.register('test', told);
  const hosts = Array.from({ length: hostCount }, (_, n) =>
    network.addHost({ name: `node-${String(n)}`, ip: `192.168.56.${String(10 + n)}` }),
  );
  hosts.forEach((host, n) => {
    host.setSysctl(host.netns, 'net.ipv4.ip_forward', '1');
    host.setSysctl(host.netns, 'net.bridge.bridge-nf-call-iptables', '1');
    host.addLink(host.netns, { kind: 'bridge', name: 'cni0', mtu: 1450 });
    host.changeLink(host.netns, 'cni0', { up: true });
    host.addAddress(host.netns, 'cni0', `10.244.${String(n)}.1/24`);
    host.addLink(host.netns, {
      kind: 'vxlan',
      name: 'flannel.1',
      id: 1,
      port: 8472,
      device: 'eth0',
      local: host.ip,
      learning: false,
    });
    host.changeLink(host.netns, 'flannel.1', { up: true });
    host.addAddress(host.netns, 'flannel.1', `10.244.${String(n)}.0/32`);
  });
  hosts.forEach((host) => {
    hosts.forEach((peer, m) => {
      const mac = peer.link(peer.netns, 'flannel.1')?.mac ?? '';
      if (peer === host) return;
      host.addRoute(host.netns, {
        destination: `10.244.${String(m)}.0/24`,
        via: `10.244.${String(m)}.0`,
        device: 'flannel.1',
        onlink: true,
      });
      host.setNeighbour(host.netns, 'flannel.1', `10.244.${String(m)}.0`, mac);
      host.setForwarding(host.netns, 'flannel.1', mac, { remote: peer.ip });
    });
  });
  let veths = 0;
  const must = <T>(result: T): Exclude<T, { readonly errno: string }> => {
    if (failed(result)) throw new Error(result.errno);
    return result as Exclude<T, { readonly errno: string }>;
  };
  return {
    simulation,
    network,
    told,
    hosts,
    must,
    pod(n, ip) {
      const host = hosts[n];
      if (host === undefined) throw new Error('no such host');
      const netns = host.createNamespace();
      veths += 1;
      const name = `veth${String(veths)}`;
      must(host.addLink(host.netns, { kind: 'veth', name, mtu: 1450, peer: { name: 'eth0', netns } }));
      must(host.changeLink(host.netns, name, { master: 'cni0', up: true, hairpin: true }));
      must(host.changeLink(netns, 'lo', { up: true }));
      must(host.changeLink(netns, 'eth0', { up: true }));
      must(host.addAddress(netns, 'eth0', `${ip}/24`));
      must(host.addRoute(netns, { destination: 'default', via: `10.244.${String(n)}.1` }));
      return netns;
    },
    run(us = 200_000_000) {
      const endUs = simulation.clock.nowUs + us;
      for (;;) {
        const due = simulation.loop.nextDueUs();
        if (due === undefined || due > endUs) return;
        simulation.loop.step();
      }
    },
  };
}

/** A rule from its parts, for specs. */
export const rule = (matches: Rule['matches'], target: Rule['target']): Rule =>
  target === undefined ? { matches } : { matches, target };

/** Opens a listener and a connection and answers both ends. */
export function connected(
  b: Bench,
  from: NetnsId,
  to: {
    readonly netns: NetnsId;
    readonly ip: string;
    readonly port: number;
    readonly service?: string;
    readonly from?: ConnectOptions['from'];
  },
): { readonly client: SocketId; readonly server: SocketId; readonly listener: SocketId } {
  const owner = { pid: 1, host: 'node-0' };
  const listener = b.must(b.network.sockets.listen(to.netns, { family: 'inet', ip: '0.0.0.0', port: to.port }, owner));
  const client = b.must(
    b.network.sockets.connect(
      from,
      { family: 'inet', ip: to.service ?? to.ip, port: to.port },
      owner,
      to.from === undefined ? {} : { from: to.from },
      { target: 'test', type: 'connected' },
    ),
  );
  b.run();
  const server = b.network.sockets.accept(listener, owner);
  if (failed(server) || server === undefined) throw new Error(`not connected: ${JSON.stringify(b.told.last())}`);
  return { client, server, listener };
}
