/** Pods from files: what /etc/kubernetes/manifests holds, as the kubelet names and marks them (kubernetes pkg/kubelet/config). */
import { failed } from '../../../../protocol/errno.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { parseYaml } from '../../../../formats/yaml.ts';
import type { FileView } from '../../../machine/files/interface.ts';
import { RunningHash } from '../../../sim/hash.ts';
import type { Draft, Node, Pod } from '../../apimachinery/types.ts';

export const CONFIG_HASH = 'kubernetes.io/config.hash';
export const CONFIG_MIRROR = 'kubernetes.io/config.mirror';
export const CONFIG_SOURCE = 'kubernetes.io/config.source';
export const CONFIG_SEEN = 'kubernetes.io/config.seen';

/** The pods of a directory in the order of the file names; files that are no pod are left out with a reason. */
export function readStaticPods(
  files: FileView,
  directory: string,
  nodeName: string,
  seen: string,
): { readonly pods: readonly Pod[]; readonly problems: readonly string[] } {
  const entries = files.list(directory);
  const pods: Pod[] = [];
  const problems: string[] = [];
  if (failed(entries)) return { pods, problems };
  for (const { name, type } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (type === 'directory' || name.startsWith('.')) continue;
    const text = files.readText(`${directory}/${name}`);
    if (failed(text)) continue;
    const pod = parseManifest(text, `${directory}/${name}`, nodeName, seen);
    if (typeof pod === 'string') problems.push(`${name}: ${pod}`);
    else pods.push(pod);
  }
  return { pods, problems };
}

function parseManifest(text: string, path: string, nodeName: string, seen: string): Pod | string {
  const parsed = parseYaml(text);
  if (!parsed.ok) return parsed.error.message;
  const document: unknown = parsed.value;
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return 'not an object';
  const given = document as JsonObject;
  if (given['kind'] !== 'Pod') return 'its kind is not Pod';
  const manifest = given as unknown as Pod;
  const hash = configHash(text, path, nodeName);
  return {
    ...manifest,
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...manifest.metadata,
      name: `${manifest.metadata.name}-${nodeName}`,
      namespace: manifest.metadata.namespace ?? 'default',
      uid: hash,
      resourceVersion: '',
      creationTimestamp: seen,
      annotations: {
        ...manifest.metadata.annotations,
        [CONFIG_HASH]: hash,
        [CONFIG_SEEN]: seen,
        [CONFIG_SOURCE]: 'file',
      },
    },
    spec: {
      ...withDefaults(manifest.spec),
      nodeName,
      tolerations: [...(manifest.spec.tolerations ?? []), { operator: 'Exists', effect: 'NoExecute' }],
    },
    status: { phase: 'Pending' },
  };
}

/** What the kubelet's defaulting adds and its own code reads. */
const withDefaults = (spec: Pod['spec']): Pod['spec'] => ({
  ...spec,
  restartPolicy: spec.restartPolicy ?? 'Always',
  terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
  dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
  enableServiceLinks: spec.enableServiceLinks ?? true,
});

/** 32 hexadecimal digits over content, path and node; upstream uses MD5. */
function configHash(text: string, path: string, nodeName: string): string {
  const first = new RunningHash();
  first.update(`${nodeName}|file:${path}|${text}`);
  const second = new RunningHash([0x9e3779b9, 0x85ebca6b]);
  second.update(`${path}|${text}|${nodeName}`);
  return first.digest() + second.digest();
}

/** The mirror by which the API server shows a static pod. */
export function mirrorPod(pod: Pod, node: Node): Draft<Pod> {
  const { name, namespace = 'default', labels, annotations } = pod.metadata;
  const owner = { apiVersion: 'v1', kind: 'Node', name: node.metadata.name, uid: node.metadata.uid, controller: true };
  return {
    metadata: {
      name,
      namespace,
      ...(labels === undefined ? {} : { labels }),
      annotations: { ...annotations, [CONFIG_MIRROR]: annotations?.[CONFIG_HASH] ?? '' },
      ownerReferences: [owner],
    },
    spec: pod.spec,
  };
}

export const isMirror = (pod: Pod): boolean => pod.metadata.annotations?.[CONFIG_MIRROR] !== undefined;
