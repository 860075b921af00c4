/** What starts and stops with each of a cluster's processes. */
import type { ControllerManager } from '../../kubernetes/controllers/index.ts';
import type { KubeScheduler } from '../../kubernetes/scheduler/scheduler.ts';
import type { Role } from '../roles.ts';
import { controlPlaneHealth, kubeletPorts } from './answer-port.ts';
import type { ApiServerProcess } from './api-server.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { EtcdPort } from './etcd-port.ts';
import type { KubeletProcess } from './kubelet-process.ts';
import type { NodeAgents } from './node-agents.ts';

export interface Components {
  readonly etcd: EtcdPort;
  readonly api: ApiServerProcess;
  readonly controllers: ControllerManager;
  readonly scheduler: KubeScheduler;
  readonly agents: NodeAgents;
  readonly kubelets: ReadonlyMap<string, KubeletProcess>;
}

interface Life {
  start(host: string, pid: number): void;
  /** The last of its processes on the host is gone. */
  stop?(host: string): void;
  /** One of its processes is gone. */
  ended?(host: string, pid: number): void;
  readonly health?: Role['health'];
}

export function componentRoles(context: ClusterContext, components: Components): ReadonlyMap<string, Role> {
  return new Map(Object.entries(lives(context, components)).map(([name, life]) => [name, roleOf(context, name, life)]));
}

function roleOf({ running }: ClusterContext, name: string, life: Life): Role {
  return {
    started: ({ host, pid }) => {
      running.started(name, host, pid);
      life.start(host, pid);
    },
    ended: (host, pid) => {
      running.ended(name, host, pid);
      life.ended?.(host, pid);
      if (!running.has(name, host)) life.stop?.(host);
    },
    ...(life.health === undefined ? {} : { health: life.health }),
  };
}

/** By the name of the executable. */
function lives(context: ClusterContext, components: Components): Readonly<Record<string, Life>> {
  const { api, etcd, controllers, scheduler, agents, kubelets } = components;
  const controllersHealth = controlPlaneHealth(context, 'kube-controller-manager', 10257);
  const schedulerHealth = controlPlaneHealth(context, 'kube-scheduler', 10259);
  const kubeletListens = kubeletPorts(context);
  return {
    etcd: {
      start: (host, pid) => {
        etcd.listen(host, pid);
      },
      health: { ip: '127.0.0.1', port: 2381, paths: ['/livez', '/readyz', '/health'] },
    },
    'kube-apiserver': {
      start: (host, pid) => {
        api.start(host, pid);
      },
      stop: () => {
        api.stop();
      },
    },
    'kube-controller-manager': {
      start: (host, pid) => {
        controllersHealth.listen(host, pid);
        controllers.start();
      },
      stop: () => {
        controllers.stop();
      },
    },
    'kube-scheduler': {
      start: (host, pid) => {
        schedulerHealth.listen(host, pid);
        scheduler.start();
      },
      stop: () => {
        scheduler.stop();
      },
    },
    kubelet: {
      start: (host, pid) => {
        if (kubelets.get(host)?.start(pid) === true) for (const port of kubeletListens) port.listen(host, pid);
      },
      stop: (host) => {
        kubelets.get(host)?.stop();
      },
    },
    ...nodeAgentLives(agents),
  };
}

const nodeAgentLives = (agents: NodeAgents): Readonly<Record<string, Life>> => ({
  'kube-proxy': {
    start: (host) => {
      agents.startProxy(host);
    },
    stop: (host) => {
      agents.stopProxy(host);
    },
    health: { port: 10256, paths: ['/healthz', '/livez'] },
  },
  flanneld: {
    start: (host) => {
      agents.startFlannel(host);
    },
    stop: (host) => {
      agents.stopFlannel(host);
    },
  },
  // Several may run on one host, each in the network of its pod.
  coredns: {
    start: (host, pid) => {
      agents.startDns(host, pid);
    },
    ended: (host, pid) => {
      agents.stopDns(host, pid);
    },
  },
});
