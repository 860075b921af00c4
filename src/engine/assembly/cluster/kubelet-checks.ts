/**
 * What a kubelet refuses of its flags and its configuration, in its words (pkg/kubelet/apis/config/validation, pkg/runtime
 * of apimachinery). Leaves out: checks of values that Drydock's kubelet does nothing about, but for those listed here.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';

const VERSION = 'kubelet.config.k8s.io/v1beta1';
const KIND = 'KubeletConfiguration';
const SCHEME = 'pkg/kubelet/apis/config/scheme/scheme.go:33';

/** Fields of KubeletConfiguration. */
export const KUBELET_FIELDS: ReadonlySet<string> = new Set(
  `apiVersion kind enableServer staticPodPath podLogsDir syncFrequency fileCheckFrequency httpCheckFrequency staticPodURL
  staticPodURLHeader address port readOnlyPort tlsCertFile tlsPrivateKeyFile tlsCipherSuites tlsMinVersion tlsCurvePreferences
  rotateCertificates serverTLSBootstrap authentication authorization registryPullQPS registryBurst
  imagePullCredentialsVerificationPolicy preloadedImagesVerificationAllowlist eventRecordQPS eventBurst
  enableDebuggingHandlers enableContentionProfiling healthzPort healthzBindAddress oomScoreAdj clusterDomain clusterDNS
  streamingConnectionIdleTimeout nodeStatusUpdateFrequency nodeStatusReportFrequency nodeLeaseDurationSeconds
  imageMinimumGCAge imageMaximumGCAge imageGCHighThresholdPercent imageGCLowThresholdPercent volumeStatsAggPeriod
  kubeletCgroups systemCgroups cgroupRoot cgroupsPerQOS cgroupDriver cpuManagerPolicy cpuManagerPolicyOptions
  singleProcessOOMKill cpuManagerReconcilePeriod memoryManagerPolicy topologyManagerPolicy topologyManagerScope
  topologyManagerPolicyOptions qosReserved runtimeRequestTimeout hairpinMode maxPods podCIDR podPidsLimit resolvConf runOnce
  cpuCFSQuota cpuCFSQuotaPeriod nodeStatusMaxImages maxOpenFiles contentType kubeAPIQPS kubeAPIBurst serializeImagePulls
  maxParallelImagePulls evictionHard evictionSoft evictionSoftGracePeriod evictionPressureTransitionPeriod
  evictionMaxPodGracePeriod evictionMinimumReclaim mergeDefaultEvictionSettings podsPerCore enableControllerAttachDetach
  protectKernelDefaults makeIPTablesUtilChains iptablesMasqueradeBit iptablesDropBit featureGates failSwapOn memorySwap
  containerLogMaxSize containerLogMaxFiles containerLogMaxWorkers containerLogMonitorInterval
  configMapAndSecretChangeDetectionStrategy systemReserved kubeReserved reservedSystemCPUs showHiddenMetricsForVersion
  systemReservedCgroup kubeReservedCgroup enforceNodeAllocatable allowedUnsafeSysctls volumePluginDir providerID
  kernelMemcgNotification logging enableSystemLogHandler enableSystemLogQuery shutdownGracePeriod
  shutdownGracePeriodCriticalPods shutdownGracePeriodByPodPriority crashLoopBackOff reservedMemory enableProfilingHandler
  enableDebugFlagsHandler seccompDefault memoryThrottlingFactor registerWithTaints registerNode tracing
  localStorageCapacityIsolation containerRuntimeEndpoint imageServiceEndpoint failCgroupV1 userNamespaces
  draManagerReconcilePeriod`.split(/\s+/),
);

/** What is wrong with what the file says that it is. */
export function kindProblem(object: JsonObject, text: string): string | undefined {
  const { apiVersion, kind } = object;
  if (typeof kind !== 'string' || kind === '') return `Object 'Kind' is missing in '${text}'`;
  if (typeof apiVersion !== 'string' || apiVersion === '') return `Object 'apiVersion' is missing in '${text}'`;
  return apiVersion === VERSION && kind === KIND
    ? undefined
    : `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme ${JSON.stringify(SCHEME)}`;
}

interface Bound {
  readonly key: string;
  readonly flag: string;
  readonly isFine: (value: number) => boolean;
  readonly words: string;
}

const isPercent = (value: number): boolean => value >= 0 && value <= 100;
const isPort = (value: number): boolean => value >= 1 && value <= 65_535;
const isNotNegative = (value: number): boolean => value >= 0;

/** In the order in which the kubelet looks. */
const BOUNDS: readonly Bound[] = [
  bound('eventBurst', 'event-burst', isNotNegative, 'must not be a negative number'),
  bound('eventRecordQPS', 'event-qps', isNotNegative, 'must not be a negative number'),
  bound('healthzPort', 'healthz-port', (port) => port === 0 || isPort(port), 'must be between 1 and 65535, inclusive'),
  bound('imageGCHighThresholdPercent', 'image-gc-high-threshold', isPercent, 'must be between 0 and 100, inclusive'),
  bound('imageGCLowThresholdPercent', 'image-gc-low-threshold', isPercent, 'must be between 0 and 100, inclusive'),
  bound('kubeAPIBurst', 'kube-api-burst', isNotNegative, 'must not be a negative number'),
  bound('kubeAPIQPS', 'kube-api-qps', isNotNegative, 'must not be a negative number'),
  bound('maxOpenFiles', 'max-open-files', isNotNegative, 'must not be a negative number'),
  bound('maxPods', 'max-pods', isNotNegative, 'must not be a negative number'),
  bound(
    'oomScoreAdj',
    'oom-score-adj',
    (score) => Math.abs(score) <= 1000,
    'must be between -1000 and 1000, inclusive',
  ),
  bound('podsPerCore', 'pods-per-core', isNotNegative, 'must not be a negative number'),
  bound('port', 'port', isPort, 'must be between 1 and 65535, inclusive'),
  bound(
    'readOnlyPort',
    'read-only-port',
    (port) => port === 0 || isPort(port),
    'must be between 0 and 65535, inclusive',
  ),
];

function bound(key: string, flag: string, isFine: Bound['isFine'], words: string): Bound {
  return { key, flag, isFine, words };
}

/** Values that can be read and that no kubelet runs with. */
export function invalidSettings(object: JsonObject): readonly string[] {
  const number = (value: JsonValue | undefined, initial: number): number =>
    typeof value === 'number' ? value : initial;
  const found = BOUNDS.filter(({ key, isFine }) => typeof object[key] === 'number' && !isFine(object[key])).map(
    ({ key, flag, words }) => `invalid configuration: ${key} (--${flag}) ${String(object[key])} ${words}`,
  );
  const low = number(object['imageGCLowThresholdPercent'], 80);
  const high = number(object['imageGCHighThresholdPercent'], 85);
  return low < high
    ? found
    : [
        ...found,
        `invalid configuration: imageGCLowThresholdPercent (--image-gc-low-threshold) ${String(low)} must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) ${String(high)}`,
      ];
}

/** Flags whose values are numbers or truth values, as pflag calls their kinds. */
const NUMBERS = new Set(['max-pods', 'v', 'port', 'healthz-port', 'read-only-port', 'pods-per-core', 'oom-score-adj']);
const TRUTHS = new Set([
  'fail-swap-on',
  'anonymous-auth',
  'rotate-certificates',
  'protect-kernel-defaults',
  'register-node',
]);

/** What pflag says of the first flag that it cannot take. */
export function flagProblem(argv: readonly string[]): string | undefined {
  for (const arg of argv.slice(1)) {
    const [, name = '', value] = /^--([\w-]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (value === undefined) continue;
    if (NUMBERS.has(name) && !/^[-+]?\d+$/.test(value))
      return `invalid argument ${JSON.stringify(value)} for "--${name}" flag: strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`;
    if (TRUTHS.has(name) && !/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value))
      return `invalid argument ${JSON.stringify(value)} for "--${name}" flag: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
  }
  return argv
    .slice(1)
    .map((arg) => /^--([\w-]+)/.exec(arg)?.[1])
    .filter((name) => name !== undefined && REMOVED.has(name))
    .map((name) => `unknown flag: --${name ?? ''}`)[0];
}

/** Flags of older kubelets that notes still name. */
const REMOVED = new Set(
  'container-runtime network-plugin cni-bin-dir cni-conf-dir docker-endpoint image-pull-progress-deadline cadvisor-port allow-privileged pod-infra-container-image'.split(
    ' ',
  ),
);
