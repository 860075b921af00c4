/**
 * Patch strategies and list types that are not the default, atomic replacement (kubernetes staging/src/k8s.io/api, struct tags
 * patchStrategy and patchMergeKey, comments +listType and +listMapKey). `Model.field`, without the version.
 */
export interface PatchFact {
  readonly strategies?: readonly ('merge' | 'retainKeys')[];
  readonly mergeKey?: string;
  readonly listType?: 'atomic' | 'map' | 'set';
  readonly listMapKeys?: readonly string[];
}

const mergedBy = (key: string): PatchFact => ({
  strategies: ['merge'],
  mergeKey: key,
  listType: 'map',
  listMapKeys: [key],
});
const ATOMIC: PatchFact = { listType: 'atomic' };
const SET: PatchFact = { listType: 'set' };

export const PATCH_FACTS: Readonly<Record<string, PatchFact>> = {
  'APIServiceStatus.conditions': mergedBy('type'),
  'CSIDriverSpec.volumeLifecycleModes': SET,
  'CSINodeSpec.drivers': mergedBy('name'),
  'CertificateSigningRequestStatus.conditions': { listType: 'map', listMapKeys: ['type'] },
  'ComponentStatus.conditions': mergedBy('type'),
  'Container.env': mergedBy('name'),
  'Container.ports': {
    strategies: ['merge'],
    mergeKey: 'containerPort',
    listType: 'map',
    listMapKeys: ['containerPort', 'protocol'],
  },
  'Container.volumeDevices': mergedBy('devicePath'),
  'Container.volumeMounts': mergedBy('mountPath'),
  'DaemonSetStatus.conditions': mergedBy('type'),
  'DeploymentSpec.strategy': { strategies: ['retainKeys'] },
  'DeploymentStatus.conditions': mergedBy('type'),
  'Endpoint.addresses': SET,
  'EndpointSlice.endpoints': ATOMIC,
  'EndpointSlice.ports': ATOMIC,
  'EphemeralContainer.env': mergedBy('name'),
  'EphemeralContainer.ports': {
    strategies: ['merge'],
    mergeKey: 'containerPort',
    listType: 'map',
    listMapKeys: ['containerPort', 'protocol'],
  },
  'EphemeralContainer.volumeDevices': mergedBy('devicePath'),
  'EphemeralContainer.volumeMounts': mergedBy('mountPath'),
  'FlowSchemaStatus.conditions': mergedBy('type'),
  'HorizontalPodAutoscalerStatus.conditions': mergedBy('type'),
  'JobStatus.conditions': mergedBy('type'),
  'MutatingAdmissionPolicySpec.matchConditions': mergedBy('name'),
  'MutatingWebhook.matchConditions': mergedBy('name'),
  'MutatingWebhookConfiguration.webhooks': mergedBy('name'),
  'NamespaceStatus.conditions': mergedBy('type'),
  'NodeSpec.podCIDRs': { strategies: ['merge'], listType: 'set' },
  'NodeStatus.addresses': mergedBy('type'),
  'NodeStatus.conditions': mergedBy('type'),
  'NonResourcePolicyRule.nonResourceURLs': SET,
  'NonResourcePolicyRule.verbs': SET,
  'ObjectMeta.finalizers': { strategies: ['merge'], listType: 'set' },
  'ObjectMeta.ownerReferences': mergedBy('uid'),
  'PersistentVolumeClaimStatus.conditions': mergedBy('type'),
  'PodDisruptionBudgetStatus.conditions': mergedBy('type'),
  'PodSpec.containers': mergedBy('name'),
  'PodSpec.ephemeralContainers': mergedBy('name'),
  'PodSpec.hostAliases': mergedBy('ip'),
  'PodSpec.imagePullSecrets': mergedBy('name'),
  'PodSpec.initContainers': mergedBy('name'),
  'PodSpec.resourceClaims': {
    strategies: ['merge', 'retainKeys'],
    mergeKey: 'name',
    listType: 'map',
    listMapKeys: ['name'],
  },
  'PodSpec.schedulingGates': mergedBy('name'),
  'PodSpec.topologySpreadConstraints': {
    strategies: ['merge'],
    mergeKey: 'topologyKey',
    listType: 'map',
    listMapKeys: ['topologyKey', 'whenUnsatisfiable'],
  },
  'PodSpec.volumes': { strategies: ['merge', 'retainKeys'], mergeKey: 'name', listType: 'map', listMapKeys: ['name'] },
  'PodStatus.conditions': mergedBy('type'),
  'PodStatus.hostIPs': { strategies: ['merge'], mergeKey: 'ip', listType: 'atomic' },
  'PodStatus.podIPs': mergedBy('ip'),
  'PodStatus.resourceClaimStatuses': {
    strategies: ['merge', 'retainKeys'],
    mergeKey: 'name',
    listType: 'map',
    listMapKeys: ['name'],
  },
  'PriorityLevelConfigurationStatus.conditions': mergedBy('type'),
  'ReplicaSetStatus.conditions': mergedBy('type'),
  'ReplicationControllerStatus.conditions': mergedBy('type'),
  'ResourceClaimStatus.reservedFor': mergedBy('uid'),
  'ResourcePolicyRule.apiGroups': SET,
  'ResourcePolicyRule.namespaces': SET,
  'ResourcePolicyRule.resources': SET,
  'ResourcePolicyRule.verbs': SET,
  'ServerStorageVersion.decodableVersions': SET,
  'ServiceAccount.secrets': mergedBy('name'),
  'ServiceCIDRStatus.conditions': mergedBy('type'),
  'ServiceSpec.ports': { strategies: ['merge'], mergeKey: 'port', listType: 'map', listMapKeys: ['port', 'protocol'] },
  'ServiceStatus.conditions': mergedBy('type'),
  'StatefulSetStatus.conditions': mergedBy('type'),
  'StorageVersionMigrationStatus.conditions': mergedBy('type'),
  'StorageVersionStatus.conditions': { listType: 'map', listMapKeys: ['type'] },
  'StorageVersionStatus.storageVersions': { listType: 'map', listMapKeys: ['apiServerID'] },
  'TopologySpreadConstraint.matchLabelKeys': ATOMIC,
  'ValidatingAdmissionPolicySpec.matchConditions': mergedBy('name'),
  'ValidatingAdmissionPolicySpec.variables': mergedBy('name'),
  'ValidatingAdmissionPolicyStatus.conditions': { listType: 'map', listMapKeys: ['type'] },
  'ValidatingWebhook.matchConditions': mergedBy('name'),
  'ValidatingWebhookConfiguration.webhooks': mergedBy('name'),
};
