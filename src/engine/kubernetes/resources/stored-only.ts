/**
 * Fields that the API server checks and keeps and that no component here acts on, by model of the schema, so that every
 * kind which embeds the model is covered. Whoever writes one is told so. What nobody acts on as a kind stands in
 * engine/assembly/cluster/acted-on.ts, and fields that only record something (a status, an event) do not count.
 */
import type { JsonValue } from '../../../protocol/plain.ts';

/** Without effect whatever it says; unless it says what happens anyway; or with a part of its effect, and what is missing. */
export type StoredOnly =
  | { readonly effect: 'none' }
  | { readonly effect: 'usual'; readonly values: readonly JsonValue[] }
  | { readonly effect: 'partly'; readonly missing: string };

/** Fields of one model; the names of those without effect are parted by blanks. */
function fields(
  none: string,
  usual: Readonly<Record<string, readonly JsonValue[]>> = {},
  partly: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, StoredOnly> {
  const names = none.split(' ').filter((name) => name !== '');
  return new Map<string, StoredOnly>([
    ...names.map((name) => [name, { effect: 'none' }] as const),
    ...Object.entries(usual).map(([name, values]) => [name, { effect: 'usual', values }] as const),
    ...Object.entries(partly).map(([name, missing]) => [name, { effect: 'partly', missing }] as const),
  ]);
}

const CONTAINER = 'resizePolicy restartPolicyRules volumeDevices';

export const STORED_ONLY: Readonly<Record<string, ReadonlyMap<string, StoredOnly>>> = {
  V1ClusterRole: fields('aggregationRule'),
  V1Container: fields(CONTAINER, { terminationMessagePolicy: ['File'] }),
  V1ContainerPort: fields('', {}, { hostPort: 'is kept free by the scheduler, the node opens no port for it yet' }),
  V1CronJobSpec: fields('', { timeZone: ['Etc/UTC', 'UTC'] }),
  V1CustomResourceDefinitionSpec: fields('', { conversion: [{ strategy: 'None' }], preserveUnknownFields: [false] }),
  V1CustomResourceDefinitionVersion: fields('deprecationWarning schema selectableFields', { deprecated: [false] }),
  V1CustomResourceSubresources: fields('scale'),
  V1DaemonSetSpec: fields('revisionHistoryLimit'),
  V1Endpoint: fields('deprecatedTopology hints'),
  V1EnvVarSource: fields('fileKeyRef'),
  V1EphemeralContainer: fields(`${CONTAINER} targetContainerName`, { terminationMessagePolicy: ['File'] }),
  V1JobSpec: fields('backoffLimitPerIndex managedBy maxFailedIndexes podFailurePolicy successPolicy', {
    podReplacementPolicy: ['TerminatingOrFailed'],
  }),
  V1Lifecycle: fields('stopSignal'),
  V1LimitRangeItem: fields('maxLimitRequestRatio', { type: ['Container'] }),
  V1NodeSpec: fields('configSource externalID'),
  V1PodAffinityTerm: fields('matchLabelKeys mismatchLabelKeys'),
  V1PodSecurityContext: fields('seLinuxChangePolicy seLinuxOptions windowsOptions', {
    appArmorProfile: [{ type: 'Unconfined' }],
    // Of no account for the volumes that there are: it is not for those that the kubelet makes itself.
    fsGroupChangePolicy: ['Always', 'OnRootMismatch'],
    supplementalGroupsPolicy: ['Merge'],
  }),
  V1PodSpec: fields('hostnameOverride imagePullSecrets resourceClaims resources runtimeClassName schedulingGroup', {
    hostUsers: [true],
    os: [{ name: 'linux' }],
    setHostnameAsFQDN: [false],
  }),
  V1Probe: fields('terminationGracePeriodSeconds'),
  V1ResourceQuotaSpec: fields('scopeSelector scopes'),
  V1ResourceRequirements: fields('claims'),
  V1RollingUpdateDaemonSet: fields('', { maxSurge: [0, '0%'] }),
  V1RollingUpdateStatefulSetStrategy: fields('', { maxUnavailable: [1] }),
  V1SeccompProfile: fields('localhostProfile'),
  V1SecurityContext: fields('seLinuxOptions windowsOptions', {
    appArmorProfile: [{ type: 'Unconfined' }],
    procMount: ['Default'],
  }),
  V1ServiceAccount: fields('imagePullSecrets'),
  V1ServiceSpec: fields(
    'healthCheckNodePort loadBalancerClass loadBalancerIP loadBalancerSourceRanges trafficDistribution',
    { allocateLoadBalancerNodePorts: [true] },
  ),
  V1StatefulSetSpec: fields(
    'ordinals revisionHistoryLimit',
    { persistentVolumeClaimRetentionPolicy: [{ whenDeleted: 'Retain', whenScaled: 'Retain' }] },
    { volumeClaimTemplates: 'makes claims, nothing makes volumes for them yet' },
  ),
  V1TopologySpreadConstraint: fields('matchLabelKeys', { nodeAffinityPolicy: ['Honor'], nodeTaintsPolicy: ['Ignore'] }),
  // The kubelet refuses to mount these, by an event of the pod.
  V1Volume: fields(
    'awsElasticBlockStore azureDisk azureFile cephfs cinder csi ephemeral fc flexVolume flocker gcePersistentDisk gitRepo ' +
      'glusterfs image iscsi nfs persistentVolumeClaim photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos ' +
      'vsphereVolume',
  ),
  V1VolumeMount: fields('', { recursiveReadOnly: ['Disabled'] }),
  V1VolumeProjection: fields('clusterTrustBundle podCertificate'),
};
