/** kube-controller-manager and kube-scheduler of a control-plane host. */
import type { ApiServer } from '../../kubernetes/apiserver/server.ts';
import { InProcessClient } from '../../kubernetes/client/in-process-client.ts';
import { ControllerManager } from '../../kubernetes/controllers/index.ts';
import { KubeScheduler } from '../../kubernetes/scheduler/scheduler.ts';
import { type ClusterContext, informersOf, recorderOf } from './cluster-context.ts';
import { CONTROLLER_MANAGER, SCHEDULER } from './component-users.ts';

export function makeControllerManager(context: ClusterContext, { registry, tokens }: ApiServer): ControllerManager {
  const { simulation, cluster, pki, controlPlane } = context;
  const target = `kube-controller-manager/${controlPlane}`;
  const client = new InProcessClient(CONTROLLER_MANAGER, context.transport(controlPlane), 'kube-controller-manager');
  const manager = new ControllerManager({
    simulation,
    client,
    informers: informersOf(context, `${target}/informers`, CONTROLLER_MANAGER, controlPlane),
    target,
    recorder: (component) => recorderOf(target, { simulation, client, component }),
    podCidr: cluster.podCidr,
    rootCertificate: () => pki.authority.certificatePem,
    secretToken: (namespace, { name, uid }, secret) => tokens.sign({ namespace, account: { name, uid }, secret }),
    namespacedResources: () =>
      [...registry.all()]
        .filter(({ namespaced, verbs, stored }) => namespaced && stored && verbs.includes('delete'))
        .map(({ groupResource }) => groupResource),
    resourceOf: (apiVersion, kind) => {
      const info = [...registry.all()].find((one) => one.apiVersion === apiVersion && one.kind === kind);
      return info === undefined ? undefined : { resource: info.groupResource, namespaced: info.namespaced };
    },
    nodes: cluster.nodes,
  });
  for (const [name, controller] of manager.components()) simulation.loop.register(name, controller);
  return manager;
}

export function makeScheduler(context: ClusterContext): KubeScheduler {
  const { simulation, controlPlane } = context;
  const target = `kube-scheduler/${controlPlane}`;
  const client = new InProcessClient(SCHEDULER, context.transport(controlPlane), 'kube-scheduler');
  const scheduler = new KubeScheduler({
    simulation,
    client,
    informers: informersOf(context, `${target}/informers`, SCHEDULER, controlPlane),
    recorder: recorderOf(target, { simulation, client, component: 'default-scheduler' }),
    target,
  });
  simulation.loop.register(target, scheduler);
  return scheduler;
}
