/** /etc/docker/daemon.json: what dockerd reads at start, and how it refuses. */
import { parseJson } from '../../formats/json-parse.ts';
import { isJsonObject } from '../../formats/json.ts';
import type { JsonValue } from '../../protocol/plain.ts';

/** `default-address-pools`: networks of `size` within `base`. */
export interface AddressPool {
  readonly base: string;
  readonly size: number;
}

export interface DaemonConfig {
  readonly logDriver: 'json-file' | 'none';
  readonly logOptions: Readonly<Record<string, string>>;
  readonly storageDriver: string;
  readonly cgroupDriver: 'systemd' | 'cgroupfs';
  readonly insecureRegistries: readonly string[];
  readonly registryMirrors: readonly string[];
  readonly dataRoot: string;
  readonly bridgeCidr: string;
  readonly addressPools: readonly AddressPool[];
  readonly iptables: boolean;
  readonly userlandProxy: boolean;
  readonly liveRestore: boolean;
  readonly debug: boolean;
  readonly labels: readonly string[];
  readonly dns: readonly string[];
}

export const DEFAULT_CONFIG: DaemonConfig = {
  logDriver: 'json-file',
  logOptions: {},
  storageDriver: 'overlay2',
  cgroupDriver: 'systemd',
  insecureRegistries: ['127.0.0.0/8'],
  registryMirrors: [],
  dataRoot: '/var/lib/docker',
  bridgeCidr: '172.17.0.1/16',
  addressPools: [],
  iptables: true,
  userlandProxy: true,
  liveRestore: false,
  debug: false,
  labels: [],
  dns: [],
};

const KNOWN = new Set([
  'allow-nondistributable-artifacts',
  'api-cors-header',
  'authorization-plugins',
  'bip',
  'bridge',
  'builder',
  'cgroup-parent',
  'containerd',
  'containerd-namespace',
  'containers',
  'cri-containerd',
  'data-root',
  'debug',
  'default-address-pools',
  'default-cgroupns-mode',
  'default-gateway',
  'default-ipc-mode',
  'default-network-opts',
  'default-runtime',
  'default-shm-size',
  'default-ulimits',
  'dns',
  'dns-opts',
  'dns-search',
  'exec-opts',
  'exec-root',
  'experimental',
  'features',
  'fixed-cidr',
  'fixed-cidr-v6',
  'graph',
  'group',
  'host-gateway-ip',
  'hosts',
  'icc',
  'init',
  'init-path',
  'insecure-registries',
  'ip',
  'ip-forward',
  'ip-masq',
  'ip6tables',
  'iptables',
  'ipv6',
  'labels',
  'live-restore',
  'log-driver',
  'log-format',
  'log-level',
  'log-opts',
  'max-concurrent-downloads',
  'max-concurrent-uploads',
  'max-download-attempts',
  'metrics-addr',
  'mtu',
  'no-new-privileges',
  'node-generic-resources',
  'oom-score-adjust',
  'pidfile',
  'proxies',
  'raw-logs',
  'registry-mirrors',
  'runtimes',
  'seccomp-profile',
  'selinux-enabled',
  'shutdown-timeout',
  'storage-driver',
  'storage-opts',
  'swarm-default-advertise-addr',
  'tls',
  'tlscacert',
  'tlscert',
  'tlskey',
  'tlsverify',
  'userland-proxy',
  'userland-proxy-path',
  'userns-remap',
]);

/** Settings that make no difference here: the daemon says so when it starts. */
const WITHOUT_EFFECT = new Set(
  'bridge cgroup-parent default-cgroupns-mode default-gateway default-ipc-mode default-runtime default-shm-size default-ulimits dns-opts dns-search exec-root fixed-cidr group hosts icc init ip ip-forward ip-masq ip6tables ipv6 log-level max-concurrent-downloads max-concurrent-uploads metrics-addr mtu no-new-privileges proxies registry-mirrors runtimes seccomp-profile shutdown-timeout userns-remap'.split(
    ' ',
  ),
);

/** The settings of a file that are known and make no difference. */
export function settingsWithoutEffect(source: string): readonly string[] {
  const parsed = parseJson(source.trim());
  return parsed.ok && isJsonObject(parsed.value)
    ? Object.keys(parsed.value).filter((key) => WITHOUT_EFFECT.has(key))
    : [];
}

/** The configuration, or dockerd's own message. */
export function parseDaemonConfig(path: string, source: string): DaemonConfig | { readonly error: string } {
  const prefix = `unable to configure the Docker daemon with file ${path}: `;
  const parsed = parseJson(source.trim());
  if (!parsed.ok) return { error: `${prefix}${source.trim() === '' ? 'EOF' : parsed.message}` };
  const { value } = parsed;
  if (!isJsonObject(value))
    return {
      error: `${prefix}json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value} into Go value of type map[string]interface {}`,
    };
  const unknown = Object.keys(value).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0)
    return {
      error: `${prefix}the following directives don't match any configuration option: ${unknown.sort().join(', ')}`,
    };
  const strings = (key: string): readonly string[] =>
    Array.isArray(value[key]) ? value[key].filter((item: unknown) => typeof item === 'string') : [];
  const bool = (key: string, initial: boolean): boolean => (typeof value[key] === 'boolean' ? value[key] : initial);
  const string = (key: string, initial: string): string => (typeof value[key] === 'string' ? value[key] : initial);
  const driver = string('log-driver', 'json-file');
  if (driver !== 'json-file' && driver !== 'none')
    return { error: `failed to start daemon: drydock: log driver '${driver}' is not simulated` };
  const storage = string('storage-driver', 'overlay2');
  if (storage !== 'overlay2')
    return {
      error: `failed to start daemon: error initializing graphdriver: ${['aufs', 'devicemapper', 'overlay'].includes(storage) ? `driver not supported: ${storage}` : `driver not supported: ${storage}`}`,
    };
  const exec = strings('exec-opts')
    .find((option) => option.startsWith('native.cgroupdriver='))
    ?.slice('native.cgroupdriver='.length);
  if (exec !== undefined && exec !== 'systemd' && exec !== 'cgroupfs')
    return {
      error: `failed to start daemon: invalid native.cgroupdriver: "${exec}": only "cgroupfs" and "systemd" are supported`,
    };
  const options = isJsonObject(value['log-opts']) ? value['log-opts'] : {};
  return {
    ...DEFAULT_CONFIG,
    logDriver: driver,
    logOptions: Object.fromEntries(Object.entries(options).map(([key, item]) => [key, String(item)])),
    storageDriver: storage,
    cgroupDriver: exec ?? 'systemd',
    insecureRegistries: [...strings('insecure-registries'), ...DEFAULT_CONFIG.insecureRegistries],
    registryMirrors: strings('registry-mirrors'),
    dataRoot: string('data-root', DEFAULT_CONFIG.dataRoot),
    bridgeCidr: string('bip', DEFAULT_CONFIG.bridgeCidr),
    addressPools: poolsOf(value['default-address-pools']),
    iptables: bool('iptables', true),
    userlandProxy: bool('userland-proxy', true),
    liveRestore: bool('live-restore', false),
    debug: bool('debug', false),
    labels: strings('labels'),
    dns: strings('dns'),
  };
}

function poolsOf(value: JsonValue | undefined): readonly AddressPool[] {
  return (Array.isArray(value) ? value : []).flatMap((each: JsonValue) =>
    isJsonObject(each) && typeof each['base'] === 'string' && typeof each['size'] === 'number'
      ? [{ base: each['base'], size: each['size'] }]
      : [],
  );
}
