/**
 * What dockerd says about the settings of daemon.json that it cannot take (moby daemon/config/config.go).
 * Models: unknown settings, those that the command line has too, values of another type, logging levels and formats, mirrors,
 * labels, counts and exec options. Leaves out: addresses of bridges and pools, runtimes, host gateways.
 */
import { isJsonObject } from '../../formats/json.ts';
import type { JsonObject, JsonValue } from '../../protocol/plain.ts';

type Kind = 'bool' | 'int' | 'string' | '[]string' | '[]net.IP' | 'map[string]string' | 'map[string]bool' | 'any';

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...named(
    'bool',
    'cri-containerd debug experimental icc init ip-forward ip-forward-no-drop ip-masq ip6tables iptables ipv6 live-restore ' +
      'no-new-privileges raw-logs selinux-enabled tls tlsverify userland-proxy allow-direct-routing',
  ),
  ...named(
    'int',
    'max-concurrent-downloads max-concurrent-uploads max-download-attempts mtu network-control-plane-mtu ' +
      'network-diagnostic-port shutdown-timeout',
  ),
  ...named(
    'string',
    'api-cors-header bip bip6 bridge cgroup-parent containerd containerd-namespace containerd-plugins-namespace data-root ' +
      'default-cgroupns-mode default-gateway default-gateway-v6 default-ipc-mode default-runtime exec-root fixed-cidr ' +
      'fixed-cidr-v6 group host-gateway-ip http-proxy https-proxy init-path ip log-driver log-format log-level metrics-addr ' +
      'no-proxy pidfile seccomp-profile storage-driver swarm-default-advertise-addr tlscacert tlscert tlskey userland-proxy-path ' +
      'userns-remap',
  ),
  ...named(
    '[]string',
    'allow-nondistributable-artifacts authorization-plugins cdi-spec-dirs dns-opts dns-search exec-opts hosts ' +
      'insecure-registries labels node-generic-resources registry-mirrors storage-opts',
  ),
  ...named('[]net.IP', 'dns'),
  ...named('map[string]string', 'log-opts'),
  ...named('map[string]bool', 'features'),
  ...named(
    'any',
    'builder default-address-pools default-network-opts default-shm-size default-ulimits proxies runtimes',
  ),
]);
/** Maps whose members are values of the setting, not settings of their own. */
const FLAT: ReadonlySet<string> = new Set([
  'default-network-opts',
  'log-opts',
  'runtimes',
  'default-ulimits',
  'features',
  'builder',
]);
/** Options of the command line that may stand in the file as well. */
const MAY_REPEAT: ReadonlySet<string> = new Set(['runtimes']);
/** Options whose name in the file is another. */
const FILE_NAMES: Readonly<Record<string, string>> = {
  H: 'hosts',
  host: 'hosts',
  D: 'debug',
  l: 'log-level',
  g: 'data-root',
  label: 'labels',
  'log-opt': 'log-opts',
  'exec-opt': 'exec-opts',
  'storage-opt': 'storage-opts',
  s: 'storage-driver',
  b: 'bridge',
  G: 'group',
  'insecure-registry': 'insecure-registries',
  'registry-mirror': 'registry-mirrors',
  'default-address-pool': 'default-address-pools',
  'default-ulimit': 'default-ulimits',
  'dns-opt': 'dns-opts',
};

function named(kind: Kind, names: string): readonly (readonly [string, Kind])[] {
  return names.split(' ').map((name) => [name, kind]);
}

/** The first thing that is wrong, as the daemon words it. */
export function settingsError(value: JsonObject, argv: readonly string[]): string | undefined {
  const flat = flattened(value);
  const unknown = [...flat.keys()].filter((key) => !KINDS.has(key)).toSorted();
  if (unknown.length > 0) return `the following directives don't match any configuration option: ${unknown.join(', ')}`;
  return conflicts(flat, argv) ?? wrongType(value) ?? invalidValue(value);
}

function flattened(value: JsonObject): ReadonlyMap<string, JsonValue> {
  const flat = new Map<string, JsonValue>();
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    if (isJsonObject(item) && !FLAT.has(key)) for (const [name, inner] of Object.entries(item)) flat.set(name, inner);
    else flat.set(key, item);
  }
  return flat;
}

function conflicts(flat: ReadonlyMap<string, JsonValue>, argv: readonly string[]): string | undefined {
  const found = [...flagsOf(argv)]
    .filter(([name]) => flat.has(name) && !MAY_REPEAT.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, from]) => {
      const isList = KINDS.get(name)?.startsWith('[]') === true;
      return `${name}: (from flag: ${isList ? `[${from.join(' ')}]` : (from.at(-1) ?? '')}, from file: ${goText(flat.get(name))})`;
    });
  return found.length === 0
    ? undefined
    : `the following directives are specified both as a flag and in the configuration file: ${found.join(', ')}`;
}

/** Options of the command line by their names in the file. */
function flagsOf(argv: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const flags = new Map<string, readonly string[]>();
  for (let at = 1; at < argv.length; at += 1) {
    const match = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/.exec(argv[at] ?? '');
    if (match === null) continue;
    const name = FILE_NAMES[match[1] ?? ''] ?? match[1] ?? '';
    let given = match[2];
    if (given === undefined && KINDS.get(name) !== 'bool') {
      at += 1;
      given = argv[at];
    }
    flags.set(name, [...(flags.get(name) ?? []), given ?? 'true']);
  }
  return flags;
}

/** As Go's %v prints what encoding/json has read. */
function goText(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isJsonObject(value))
    return `map[${Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${key}:${goText(item)}`)
      .join(' ')}]`;
  return value === null || value === undefined ? '<nil>' : String(value);
}

/** encoding/json's word for what a value is. */
export const jsonKind = (value: JsonValue): string =>
  Array.isArray(value) ? 'array' : isJsonObject(value) ? 'object' : typeof value === 'boolean' ? 'bool' : typeof value;

function wrongType(value: JsonObject): string | undefined {
  for (const [key, item] of Object.entries(value)) {
    const kind = KINDS.get(key);
    if (item === null || item === undefined || kind === undefined || kind === 'any') continue;
    const why = typeError(key, item, kind);
    if (why !== undefined) return why;
  }
  return undefined;
}

const MEMBERS: Readonly<Partial<Record<Kind, Kind>>> = {
  '[]string': 'string',
  'map[string]string': 'string',
  'map[string]bool': 'bool',
};

function typeError(key: string, value: JsonValue, kind: Kind): string | undefined {
  const say = (what: string): string =>
    `json: cannot unmarshal ${what} into Go struct field Config.${key} of type ${kind}`;
  const member = MEMBERS[kind];
  if (kind === '[]net.IP') return addressError(value) ?? (Array.isArray(value) ? undefined : say(jsonKind(value)));
  if (kind.startsWith('map[') && member !== undefined) {
    if (!isJsonObject(value)) return say(jsonKind(value));
    return firstOf(Object.values(value), (item) => typeError(key, item ?? null, member));
  }
  if (kind === '[]string') {
    if (!Array.isArray(value)) return say(jsonKind(value));
    return firstOf(value, (item: JsonValue) => typeError(key, item, 'string'));
  }
  if (kind === 'int' && typeof value === 'number')
    return Number.isInteger(value) ? undefined : say(`number ${String(value)}`);
  const fits = { bool: 'boolean', int: 'number', string: 'string' } as const;
  const wanted = kind === 'bool' || kind === 'int' || kind === 'string' ? fits[kind] : undefined;
  return value === null || typeof value === wanted ? undefined : say(jsonKind(value));
}

const firstOf = <T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined => {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

const addressError = (value: JsonValue): string | undefined =>
  Array.isArray(value)
    ? firstOf(value, (item: JsonValue) =>
        typeof item === 'string' && !isAddress(item) ? `invalid IP address: ${item}` : undefined,
      )
    : undefined;

const isAddress = (text: string): boolean =>
  text.includes(':') || (/^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) < 256));

/** Values of the right type that mean nothing. */
function invalidValue(value: JsonObject): string | undefined {
  const why = invalid(value);
  return why === undefined
    ? undefined
    : `merged configuration validation from file and command line flags failed: ${why}`;
}

const COUNTS: readonly (readonly [key: string, words: string])[] = [
  ['mtu', 'default MTU'],
  ['max-concurrent-downloads', 'max concurrent downloads'],
  ['max-concurrent-uploads', 'max concurrent uploads'],
  ['max-download-attempts', 'max download attempts'],
];

function invalid(value: JsonObject): string | undefined {
  const text = (key: string): string => (typeof value[key] === 'string' ? value[key] : '');
  const list = (key: string): readonly string[] =>
    Array.isArray(value[key]) ? value[key].filter((item: JsonValue) => typeof item === 'string') : [];
  const level = text('log-level');
  if (level !== '' && !/^(panic|fatal|error|warn|info|debug|trace)$/i.test(level))
    return `invalid logging level: ${level}`;
  const format = text('log-format');
  if (format !== '' && format !== 'text' && format !== 'json') return `invalid log format: ${format}`;
  const label = list('labels').find((each) => !/^[^=]+=/.test(each));
  if (label !== undefined) return `bad attribute format: ${label}`;
  const count = COUNTS.find(([key]) => typeof value[key] === 'number' && value[key] < 0);
  if (count !== undefined) return `invalid ${count[1]}: ${String(value[count[0]])}`;
  return firstOf(list('registry-mirrors'), mirrorError) ?? firstOf(list('exec-opts'), execOptionError);
}

function mirrorError(mirror: string): string | undefined {
  const how = "must use either 'https://' or 'http://'";
  const scheme = /^([^:/]+):\/\//.exec(mirror)?.[1];
  if (scheme === undefined) return `invalid mirror: no scheme specified for ${JSON.stringify(mirror)}: ${how}`;
  return scheme === 'http' || scheme === 'https'
    ? undefined
    : `invalid mirror: unsupported scheme ${JSON.stringify(scheme)} in ${JSON.stringify(mirror)}: ${how}`;
}

function execOptionError(option: string): string | undefined {
  const equals = option.indexOf('=');
  const name = option.slice(0, Math.max(0, equals)).trim().toLowerCase();
  const say = (why: string): string => `invalid exec-opt (${option}): ${why}`;
  if (name === '' || option.slice(equals + 1).trim() === '') return say("must be formatted 'opt=value'");
  if (name === 'isolation') return say("option 'isolation' is only supported on windows");
  return name === 'native.cgroupdriver' ? undefined : say(`unknown option: '${name}'`);
}
