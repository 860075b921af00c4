import type { JsonObject } from '../src/protocol/plain.ts';
import type { World } from './world.ts';
import { deployment, readyPods, world } from './world.ts';

export interface Row {
  readonly name: string;
  readonly runs: number;
  readonly limitMs: number;
  readonly limitOn: 'first' | 'median';
  /** The peer's row that does the same work. */
  readonly peerRow?: 'up' | 'pods-100';
  /** One run, in ms of wall time. */
  measure(): Promise<number>;
}

const PODS = '/api/v1/namespaces/default/pods';

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** From POST through handle() to the LIST through handle() that shows all Ready. */
async function pods(topology: string, count: number): Promise<number> {
  const made = await world(topology);
  return timed(async () => {
    const { status, object } = await made.request(
      'POST',
      '/apis/apps/v1/namespaces/default/deployments',
      deployment('web', count),
    );
    if (status !== 201) throw new Error(JSON.stringify(object));
    await made.until(PODS, (list) => readyPods(list) === count, 600);
  });
}

let filled: Promise<World> | undefined;
/** scale-10 with 1,000 ready pods, made once. */
function thousand(): Promise<World> {
  filled ??= (async () => {
    const made = await world('scale-10');
    await made.request('POST', '/apis/apps/v1/namespaces/default/deployments', deployment('web', 1000));
    await made.until(PODS, (list) => readyPods(list) === 1000, 600);
    return made;
  })();
  return filled;
}

export const rows: readonly Row[] = [
  {
    name: 'kube-system-ready',
    runs: 6,
    limitMs: 300,
    limitOn: 'first',
    peerRow: 'up',
    measure: () =>
      timed(async () => {
        const made = await world('kubeadm-3');
        await made.until(
          '/api/v1/namespaces/kube-system/pods',
          (list) =>
            (list['items'] as readonly JsonObject[]).length > 0 &&
            readyPods(list) === (list['items'] as readonly JsonObject[]).length,
          120,
        );
      }),
  },
  {
    name: 'pods-100-on-kubeadm-3',
    runs: 6,
    limitMs: 200,
    limitOn: 'median',
    peerRow: 'pods-100',
    measure: () => pods('kubeadm-3', 100),
  },
  { name: 'pods-500-on-scale-5', runs: 3, limitMs: 1000, limitOn: 'median', measure: () => pods('scale-5', 500) },
  { name: 'pods-1000-on-scale-10', runs: 3, limitMs: 2000, limitOn: 'median', measure: () => pods('scale-10', 1000) },
  {
    name: 'list-1000-pods-shared',
    runs: 6,
    limitMs: 5,
    limitOn: 'median',
    measure: async () => {
      const made = await thousand();
      return timed(() => made.request('GET', PODS));
    },
  },
  {
    name: 'list-1000-pods-json',
    runs: 6,
    limitMs: 40,
    limitOn: 'median',
    measure: async () => {
      const made = await thousand();
      return timed(async () => JSON.stringify((await made.request('GET', PODS)).object).length);
    },
  },
  {
    name: 'idle-simulated-hour',
    runs: 2,
    limitMs: 2000,
    limitOn: 'median',
    measure: async () => {
      const made = await world('kubeadm-3');
      return timed(() => made.advance(3600));
    },
  },
];
