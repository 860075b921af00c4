/** Facts about resources that only upstream's registry code states (kubernetes pkg/registry, ShortNames and Categories). */

/** Keys are `plural` or, where a plural exists in two groups with the same answer, still `plural`. */
export const SHORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  certificatesigningrequests: ['csr'],
  componentstatuses: ['cs'],
  configmaps: ['cm'],
  cronjobs: ['cj'],
  customresourcedefinitions: ['crd', 'crds'],
  daemonsets: ['ds'],
  deployments: ['deploy'],
  endpoints: ['ep'],
  events: ['ev'],
  horizontalpodautoscalers: ['hpa'],
  ingresses: ['ing'],
  ipaddresses: ['ip'],
  limitranges: ['limits'],
  namespaces: ['ns'],
  networkpolicies: ['netpol'],
  nodes: ['no'],
  persistentvolumeclaims: ['pvc'],
  persistentvolumes: ['pv'],
  poddisruptionbudgets: ['pdb'],
  pods: ['po'],
  priorityclasses: ['pc'],
  replicasets: ['rs'],
  replicationcontrollers: ['rc'],
  resourcequotas: ['quota'],
  serviceaccounts: ['sa'],
  services: ['svc'],
  statefulsets: ['sts'],
  storageclasses: ['sc'],
  volumeattributesclasses: ['vac'],
};

const ALL = ['all'];
const API_EXTENSIONS = ['api-extensions'];

export const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  apiservices: API_EXTENSIONS,
  cronjobs: ALL,
  customresourcedefinitions: API_EXTENSIONS,
  daemonsets: ALL,
  deployments: ALL,
  horizontalpodautoscalers: ALL,
  jobs: ALL,
  mutatingadmissionpolicies: API_EXTENSIONS,
  mutatingadmissionpolicybindings: API_EXTENSIONS,
  mutatingwebhookconfigurations: API_EXTENSIONS,
  pods: ALL,
  replicasets: ALL,
  replicationcontrollers: ALL,
  services: ALL,
  statefulsets: ALL,
  validatingadmissionpolicies: API_EXTENSIONS,
  validatingadmissionpolicybindings: API_EXTENSIONS,
  validatingwebhookconfigurations: API_EXTENSIONS,
};

/** The kind a subresource answers with, where it is not the resource's own: `group/version Kind`, group empty for core. */
export const SUBRESOURCE_KINDS: Readonly<Record<string, readonly [group: string, version: string, kind: string]>> = {
  'nodes/proxy': ['', 'v1', 'NodeProxyOptions'],
  'pods/attach': ['', 'v1', 'PodAttachOptions'],
  'pods/binding': ['', 'v1', 'Binding'],
  'pods/eviction': ['policy', 'v1', 'Eviction'],
  'pods/exec': ['', 'v1', 'PodExecOptions'],
  'pods/portforward': ['', 'v1', 'PodPortForwardOptions'],
  'pods/proxy': ['', 'v1', 'PodProxyOptions'],
  'serviceaccounts/token': ['authentication.k8s.io', 'v1', 'TokenRequest'],
  'services/proxy': ['', 'v1', 'ServiceProxyOptions'],
};
export const SCALE_KIND: readonly [string, string, string] = ['autoscaling', 'v1', 'Scale'];

/** Verbs of subresources that hand the connection on; upstream's discovery names them by what each connecter allows. */
export const CONNECT_VERBS: Readonly<Record<string, readonly string[]>> = {
  attach: ['create', 'get'],
  exec: ['create', 'get'],
  portforward: ['create', 'get'],
  proxy: ['create', 'delete', 'get', 'patch', 'update'],
};
