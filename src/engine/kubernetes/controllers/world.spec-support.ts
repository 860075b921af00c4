/** An API server with the controller manager and the scheduler, and nodes whose pods are at once what they shall be. */
import { ClientEventRecorder } from '../client/event-recorder.ts';
import { apiOnly, type ApiOnly } from '../apiserver/api-only.spec-support.ts';
import { servedResources } from '../schema/index.ts';
import { KubeScheduler } from '../scheduler/scheduler.ts';
import { isFailure } from '../apimachinery/status.ts';
import type { Pod } from '../apimachinery/types.ts';
import { ControllerManager } from './index.ts';

export interface World extends ApiOnly {
  readonly manager: ControllerManager;
  readonly scheduler: KubeScheduler;
  /** Messages of the events about an object. */
  readonly events: (name: string) => readonly string[];
  readonly podNames: (prefix: string) => readonly string[];
  readonly advance: (us: number) => void;
}

export function world(nodes: number, options: { readonly maxPods?: number; readonly hollow?: boolean } = {}): World {
  const api = apiOnly(7);
  const { simulation, client } = api;
  const recorder = (component: string): ClientEventRecorder =>
    new ClientEventRecorder({ simulation, client, component });
  const manager = new ControllerManager({
    simulation,
    client,
    informers: api.informers('manager/informers'),
    target: 'manager',
    recorder,
    podCidr: '10.244.0.0/16',
    rootCertificate: () => 'CA',
    secretToken: (namespace, { name, uid }, secret) =>
      api.server.tokens.sign({ namespace, account: { name, uid }, secret }),
    namespacedResources: () =>
      servedResources()
        .filter((item) => item.namespaced)
        .map((item) => (item.group === '' ? item.plural : `${item.plural}.${item.group}`)),
    resourceOf: (apiVersion, kind) => {
      const found = servedResources().find(
        (item) =>
          item.kind === kind && (item.group === '' ? item.version : `${item.group}/${item.version}`) === apiVersion,
      );
      return found === undefined
        ? undefined
        : {
            resource: found.group === '' ? found.plural : `${found.plural}.${found.group}`,
            namespaced: found.namespaced,
          };
    },
  });
  for (const [target, component] of manager.components()) simulation.loop.register(target, component);
  const scheduler = new KubeScheduler({
    simulation,
    client,
    informers: api.informers('scheduler/informers'),
    recorder: recorder('default-scheduler'),
  });
  simulation.loop.register(scheduler.target, scheduler);
  manager.start();
  scheduler.start();
  for (let index = 1; index <= nodes; index += 1)
    addNode(api, `worker-${String(index)}`, String(options.maxPods ?? 110));
  if (options.hollow !== false) hollowKubelets(api);
  return {
    ...api,
    manager,
    scheduler,
    events: (name) => {
      const list = client.list('events');
      return isFailure(list)
        ? []
        : list.items.filter((event) => event.involvedObject.name === name).map((event) => event.message ?? '');
    },
    podNames: (prefix) => {
      const list = client.list('pods', { namespace: 'default' });
      return isFailure(list)
        ? []
        : list.items.map((pod) => pod.metadata.name).filter((name) => name.startsWith(prefix));
    },
  };
}

function addNode({ client }: ApiOnly, name: string, pods: string): void {
  const amounts = { cpu: '4', memory: '8Gi', pods, 'ephemeral-storage': '100Gi' };
  client.create('nodes', {
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: {},
    status: {
      capacity: amounts,
      allocatable: amounts,
      conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: '2036-01-01T00:00:00Z' }],
    },
  });
  client.patchStatus(
    'nodes',
    { name },
    {
      status: {
        capacity: amounts,
        allocatable: amounts,
        conditions: [
          { type: 'Ready', status: 'True', reason: 'KubeletReady', lastHeartbeatTime: '2036-01-01T00:00:00Z' },
        ],
      },
    },
  );
}

/** Bound pods are Running and Ready, or end at once where they do not restart; deletions are confirmed. */
function hollowKubelets(api: ApiOnly): void {
  const informers = api.informers('kubelets/informers');
  let ip = 1;
  informers.informer('pods').addHandler((event) => {
    const { object: pod } = event;
    if (event.type === 'deleted' || (pod.spec.nodeName ?? '') === '') return;
    if (pod.metadata.deletionTimestamp !== undefined)
      api.client.delete('pods', pod.metadata, { gracePeriodSeconds: 0 });
    else if (pod.status.phase === 'Pending') {
      ip += 1;
      api.client.patchStatus('pods', pod.metadata, {
        status: statusOf(pod, `10.244.${String(ip >> 8)}.${String(ip & 255)}`),
      });
    }
  });
  informers.start();
}

function statusOf(pod: Pod, podIP: string): Pod['status'] {
  const at = '2026-03-02T00:00:00Z';
  if (pod.spec.restartPolicy === 'Never') {
    const failed = pod.metadata.annotations?.['fails'] !== undefined;
    return {
      phase: failed ? 'Failed' : 'Succeeded',
      podIP,
      conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: at }],
    };
  }
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at }],
  };
}
