/** /etc/docker/daemon.json: what dockerd reads at start, and how it refuses. */
import { parseJson } from '../../formats/json-parse.ts';
import { isJsonObject } from '../../formats/json.ts';
import type { JsonObject, JsonValue } from '../../protocol/plain.ts';
import { jsonKind, settingsError } from './daemon-settings.ts';

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

/** The configuration, or dockerd's own message. `argv`: its command line, whose options the file must not repeat. */
export function parseDaemonConfig(
  path: string,
  source: string,
  argv: readonly string[] = [],
): DaemonConfig | { readonly error: string } {
  const text = source.trim();
  if (text === '') return DEFAULT_CONFIG;
  const refuse = (why: string): { readonly error: string } => ({
    error: `unable to configure the Docker daemon with file ${path}: ${why}`,
  });
  const parsed = parseJson(text);
  if (!parsed.ok) return refuse(parsed.message);
  const { value } = parsed;
  if (!isJsonObject(value))
    return refuse(`json: cannot unmarshal ${jsonKind(value)} into Go value of type map[string]interface {}`);
  const wrong = settingsError(value, argv);
  if (wrong !== undefined) return refuse(wrong);
  const late = startError(value);
  return late === undefined ? fromObject(value) : { error: late };
}

/** What is found only when the daemon starts with settings that can be read. */
function startError(value: JsonObject): string | undefined {
  const labels = labelConflict(stringsOf(value['labels']));
  if (labels !== undefined) return labels;
  const why = (text: string): string => `failed to start daemon: ${text}`;
  const driver = value['log-driver'];
  if (typeof driver === 'string' && driver !== '' && driver !== 'json-file' && driver !== 'none')
    return why(`drydock: log driver '${driver}' is not simulated`);
  const options = isJsonObject(value['log-opts']) ? Object.keys(value['log-opts']) : [];
  const unknown = driver === 'none' ? undefined : options.find((key) => !LOG_OPTIONS.has(key));
  if (unknown !== undefined)
    return why(`failed to set log opts: unknown log opt '${unknown}' for json-file log driver`);
  const cgroups = cgroupDriverOf(value);
  if (cgroups !== undefined && cgroups !== 'systemd' && cgroups !== 'cgroupfs')
    return why(
      cgroups === 'none'
        ? 'native.cgroupdriver option none is internally used and cannot be specified manually'
        : `native.cgroupdriver option ${cgroups} not supported`,
    );
  const storage = value['storage-driver'];
  return typeof storage === 'string' && storage !== '' && storage !== 'overlay2'
    ? why(`error initializing graphdriver: driver not supported: ${storage}`)
    : undefined;
}

const LOG_OPTIONS: ReadonlySet<string> = new Set(
  'max-file max-size compress labels labels-regex env env-regex tag mode max-buffer-size'.split(' '),
);

const stringsOf = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item: unknown) => typeof item === 'string') : [];

const cgroupDriverOf = (value: JsonObject): string | undefined =>
  stringsOf(value['exec-opts'])
    .map((option) => /^\s*native\.cgroupdriver\s*=\s*(.*?)\s*$/i.exec(option)?.[1])
    .findLast((each) => each !== undefined);

function labelConflict(labels: readonly string[]): string | undefined {
  const seen = new Map<string, string>();
  for (const label of labels) {
    const equals = label.indexOf('=');
    const [key, value] = [label.slice(0, equals), label.slice(equals + 1)];
    const before = seen.get(key);
    if (before !== undefined && before !== value) return `conflict labels for ${key}=${value} and ${key}=${before}`;
    seen.set(key, value);
  }
  return undefined;
}

function fromObject(value: JsonObject): DaemonConfig {
  const bool = (key: string, initial: boolean): boolean => (typeof value[key] === 'boolean' ? value[key] : initial);
  const string = (key: string, initial: string): string =>
    typeof value[key] === 'string' && value[key] !== '' ? value[key] : initial;
  const options = isJsonObject(value['log-opts']) ? value['log-opts'] : {};
  return {
    ...DEFAULT_CONFIG,
    logDriver: value['log-driver'] === 'none' ? 'none' : 'json-file',
    logOptions: Object.fromEntries(Object.entries(options).map(([key, item]) => [key, String(item)])),
    storageDriver: string('storage-driver', 'overlay2'),
    cgroupDriver: cgroupDriverOf(value) === 'cgroupfs' ? 'cgroupfs' : 'systemd',
    insecureRegistries: [...stringsOf(value['insecure-registries']), ...DEFAULT_CONFIG.insecureRegistries],
    registryMirrors: stringsOf(value['registry-mirrors']),
    dataRoot: string('data-root', DEFAULT_CONFIG.dataRoot),
    bridgeCidr: string('bip', DEFAULT_CONFIG.bridgeCidr),
    addressPools: poolsOf(value['default-address-pools']),
    iptables: bool('iptables', true),
    userlandProxy: bool('userland-proxy', true),
    liveRestore: bool('live-restore', false),
    debug: bool('debug', false),
    labels: stringsOf(value['labels']),
    dns: stringsOf(value['dns']),
  };
}

function poolsOf(value: JsonValue | undefined): readonly AddressPool[] {
  return (Array.isArray(value) ? value : []).flatMap((each: JsonValue) =>
    isJsonObject(each) && typeof each['base'] === 'string' && typeof each['size'] === 'number'
      ? [{ base: each['base'], size: each['size'] }]
      : [],
  );
}
