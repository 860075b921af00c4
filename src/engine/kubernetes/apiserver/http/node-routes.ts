/** Requests that the API server passes on to a kubelet: log, exec, attach, portforward. */
import { type FailureStatus, badRequest } from '../../apimachinery/status.ts';
import type { Pod } from '../../apimachinery/types.ts';
import type { Target } from './routes.ts';

/** A kubelet's request as the API server sends it. */
export interface NodeRequest {
  readonly node: string;
  readonly namespace: string;
  readonly pod: string;
  readonly podUid: string;
  readonly container: string;
  readonly action: 'log' | 'exec' | 'attach' | 'portforward';
  /** Path and query of the kubelet's own API: `/containerLogs/default/web/nginx?follow=true`. */
  readonly target: string;
}

export const NODE_ACTIONS: ReadonlySet<string> = new Set(['log', 'exec', 'attach', 'portforward']);

const KUBELET_PATH = { log: 'containerLogs', exec: 'exec', attach: 'attach', portforward: 'portForward' } as const;
/** Query names of exec and attach at the kubelet. */
const STREAM_NAMES: Readonly<Record<string, string>> = { stdin: 'input', stdout: 'output', stderr: 'error' };

/** The kubelet's request for a pod's subresource, or why there is none. */
export function nodeRequest(pod: Pod, action: NodeRequest['action'], target: Target): NodeRequest | FailureStatus {
  const { name, namespace = '', uid } = pod.metadata;
  const container =
    action === 'portforward' ? '' : chooseContainer(pod, target.query.get('container')?.[0] ?? '', action);
  if (typeof container !== 'string') return container;
  const node = pod.spec.nodeName ?? '';
  if (node === '') return badRequest(`pod ${name} does not have a host assigned`);
  const path = [KUBELET_PATH[action], namespace, name, ...(container === '' ? [] : [container])].join('/');
  const query = [...target.query].flatMap(([key, values]) =>
    key === 'container'
      ? []
      : values.map(
          (value) =>
            `${STREAM_NAMES[key] !== undefined && action !== 'log' ? STREAM_NAMES[key] : key}=${encodeURIComponent(value)}`,
        ),
  );
  return {
    node,
    namespace,
    pod: name,
    podUid: uid,
    container,
    action,
    target: `/${path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
  };
}

function chooseContainer(pod: Pod, asked: string, action: 'log' | 'exec' | 'attach'): string | FailureStatus {
  const { name } = pod.metadata;
  const main = pod.spec.containers.map((container) => container.name);
  const init = (pod.spec.initContainers ?? []).map((container) => container.name);
  const ephemeral = (pod.spec.ephemeralContainers ?? []).map((container) => container.name);
  if (asked !== '')
    return [...main, ...init, ...ephemeral].includes(asked)
      ? asked
      : badRequest(`container ${asked} is not valid for pod ${name}`);
  const [only] = main;
  if (
    main.length === 1 &&
    only !== undefined &&
    (action !== 'log' || init.length + ephemeral.length === 0 || main.length === 1)
  )
    return only;
  const others = init.length > 0 ? ` or one of the init containers: [${init.join(' ')}]` : '';
  return badRequest(`a container name must be specified for pod ${name}, choose one of: [${main.join(' ')}]${others}`);
}
