/** Admission plugins that complete pods: Priority, DefaultTolerationSeconds, ServiceAccount. */
import { type FailureStatus, forbidden } from '../../apimachinery/status.ts';
import type {
  Container,
  Pod,
  PodSpec,
  PriorityClass,
  ServiceAccount,
  Toleration,
  Volume,
  VolumeMount,
} from '../../apimachinery/types.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { Random } from '../../../sim/random.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../core.ts';
import { type Registry, keyFor } from '../registry.ts';
import { asJson } from '../selection.ts';
import type { Storage } from '../storage.ts';
import { asPod } from '../subresources.ts';

const isNew = ({ operation, subresource }: AdmissionRequest): boolean => operation === 'CREATE' && subresource === '';
const withSpec = (pod: Pod, spec: PodSpec): JsonObject => (spec === pod.spec ? asJson(pod) : asJson({ ...pod, spec }));
const isMirror = (pod: Pod): boolean => pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;

const EVICTION_SECONDS = 300;
const DEFAULT_TOLERATIONS: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: EVICTION_SECONDS },
  {
    key: 'node.kubernetes.io/unreachable',
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: EVICTION_SECONDS,
  },
];

export class DefaultTolerationSeconds implements AdmissionPlugin {
  readonly name = 'DefaultTolerationSeconds';
  readonly resource = 'pods';
  admit(request: AdmissionRequest): JsonObject {
    if (!isNew(request)) return request.object;
    const pod = asPod(request.object);
    const own = pod.spec?.tolerations ?? [];
    const missing = DEFAULT_TOLERATIONS.filter(
      (wanted) =>
        !own.some(
          ({ key, effect }) =>
            (key === wanted.key || key === undefined || key === '') &&
            (effect === 'NoExecute' || effect === undefined || effect === ''),
        ),
    );
    if (missing.length === 0 || pod.spec === undefined) return request.object;
    return withSpec(pod, {
      ...pod.spec,
      tolerations:
        own.length === 0 && missing.length === DEFAULT_TOLERATIONS.length ? DEFAULT_TOLERATIONS : [...own, ...missing],
    });
  }
}

const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

export class Priority implements AdmissionPlugin {
  readonly name = 'Priority';
  readonly resource = 'pods';
  constructor(
    private readonly registry: Registry,
    private readonly storage: Storage,
  ) {}

  admit(request: AdmissionRequest): JsonObject | FailureStatus {
    if (!isNew(request)) return request.object;
    const pod = asPod(request.object);
    if (pod.spec === undefined) return request.object;
    const { priorityClassName = '' } = pod.spec;
    const found = this.#class(priorityClassName);
    if (found === undefined)
      return forbidden('pods', request.name, '', `no PriorityClass with name ${priorityClassName} was found`);
    const { value, preemptionPolicy, name } = found;
    if (pod.spec.priority !== undefined && pod.spec.priority !== value) {
      return forbidden(
        'pods',
        request.name,
        '',
        `the integer value of priority (${String(pod.spec.priority)}) must not be provided in pod spec; priority admission controller computed ${String(value)} from the given PriorityClass name`,
      );
    }
    return withSpec(pod, {
      ...pod.spec,
      priority: value,
      preemptionPolicy: pod.spec.preemptionPolicy ?? preemptionPolicy,
      ...(name === '' ? {} : { priorityClassName: name }),
    });
  }

  #class(
    name: string,
  ): { readonly name: string; readonly value: number; readonly preemptionPolicy: string } | undefined {
    const info = this.registry.find('priorityclasses.scheduling.k8s.io');
    const store = this.storage.store();
    if (info === undefined || 'kind' in store) return undefined;
    const view = (object: JsonObject): PriorityClass => object as unknown as PriorityClass;
    if (name !== '') {
      const entry = store.get(keyFor(info, '', name));
      const value = entry === undefined ? SYSTEM_PRIORITIES[name] : view(entry.value).value;
      return value === undefined
        ? undefined
        : {
            name,
            value,
            preemptionPolicy:
              (entry === undefined ? undefined : view(entry.value).preemptionPolicy) ?? 'PreemptLowerPriority',
          };
    }
    const range = store.range(info.prefix);
    const preferred =
      'error' in range
        ? undefined
        : range.entries.map(({ value }) => view(value)).find(({ globalDefault }) => globalDefault === true);
    return {
      name: preferred?.metadata.name ?? '',
      value: preferred?.value ?? 0,
      preemptionPolicy: preferred?.preemptionPolicy ?? 'PreemptLowerPriority',
    };
  }
}

const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
// One shared value for all pods: only the volume's name differs.
const TOKEN_SOURCES: NonNullable<Volume['projected']> = {
  sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: {
        items: [
          {
            path: 'namespace',
            fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } as { fieldPath: string },
          },
        ],
      },
    },
  ],
  defaultMode: 0o644,
};

export class ServiceAccountAdmission implements AdmissionPlugin {
  readonly name = 'ServiceAccount';
  readonly resource = 'pods';
  constructor(
    private readonly registry: Registry,
    private readonly storage: Storage,
    private readonly random: Random,
  ) {}

  admit(request: AdmissionRequest): JsonObject | FailureStatus {
    if (!isNew(request)) return request.object;
    const pod = asPod(request.object);
    if (pod.spec === undefined || isMirror(pod)) return request.object;
    const name =
      pod.spec.serviceAccountName === undefined || pod.spec.serviceAccountName === ''
        ? 'default'
        : pod.spec.serviceAccountName;
    const account = this.#account(request.namespace, name);
    if (account === undefined) {
      return forbidden(
        'pods',
        request.name,
        '',
        `error looking up service account ${request.namespace}/${name}: serviceaccount "${name}" not found`,
      );
    }
    let spec: PodSpec =
      pod.spec.serviceAccountName === name && pod.spec.serviceAccount === name
        ? pod.spec
        : { ...pod.spec, serviceAccountName: name, serviceAccount: name };
    if (spec.imagePullSecrets === undefined && account.imagePullSecrets !== undefined)
      spec = { ...spec, imagePullSecrets: account.imagePullSecrets };
    const automount = spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
    return withSpec(pod, automount ? this.#mounted(spec, request) : spec);
  }

  #account(namespace: string, name: string): ServiceAccount | undefined {
    const info = this.registry.find('serviceaccounts');
    const store = this.storage.store();
    if (info === undefined || 'kind' in store) return undefined;
    return store.get(keyFor(info, namespace, name))?.value as unknown as ServiceAccount | undefined;
  }

  #mounted(spec: PodSpec, request: AdmissionRequest): PodSpec {
    const all = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
    const needs = ({ volumeMounts = [] }: Container): boolean =>
      !volumeMounts.some(({ mountPath }) => mountPath === MOUNT_PATH);
    if (!all.some(needs)) return spec;
    const name = `kube-api-access-${this.random.for('apiserver', 'serviceaccount', request.namespace).safeString(5)}`;
    const mount: VolumeMount = { name, readOnly: true, mountPath: MOUNT_PATH };
    const mounted = (container: Container): Container =>
      needs(container) ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] } : container;
    return {
      ...spec,
      containers: (spec.containers ?? []).map(mounted),
      ...(spec.initContainers === undefined ? {} : { initContainers: spec.initContainers.map(mounted) }),
      volumes: [...(spec.volumes ?? []), { name, projected: TOKEN_SOURCES }],
    };
  }
}
