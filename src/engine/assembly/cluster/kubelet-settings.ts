/** What a kubelet reads when its process starts: flags and /var/lib/kubelet/config.yaml (kubelet.config.k8s.io/v1beta1). */
import { isJsonObject } from '../../../formats/json.ts';
import { parseYaml } from '../../../formats/yaml.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { flagProblem, invalidSettings, kindProblem, KUBELET_FIELDS } from './kubelet-checks.ts';
import { deepEqual } from '../../kubernetes/apimachinery/equality.ts';
import type { FileView } from '../../machine/files/interface.ts';

export interface KubeletSettings {
  readonly clusterDns: readonly string[];
  readonly clusterDomain: string;
  readonly maxPods: number;
  readonly staticPodPath: string;
  readonly failSwapOn: boolean;
}

export type ReadSettings =
  | {
      readonly settings: KubeletSettings;
      /** Keys of the file that Drydock does nothing about. */
      readonly ignored: readonly string[];
      /** Keys that no kubelet knows: it reads on without them. */
      readonly unknown: readonly string[];
    }
  /** Why the kubelet ends, as it says it after `err=`. */
  | { readonly refusal: string };

export const DEFAULT_SETTINGS: KubeletSettings = {
  clusterDns: [],
  clusterDomain: '',
  maxPods: 110,
  staticPodPath: '',
  failSwapOn: true,
};
const DEFAULT_PATH = '/var/lib/kubelet/config.yaml';

type Kind = 'string' | 'int32' | 'bool' | '[]string';
const KINDS: Readonly<Record<keyof KubeletSettings, Kind>> = {
  clusterDns: '[]string',
  clusterDomain: 'string',
  maxPods: 'int32',
  staticPodPath: 'string',
  failSwapOn: 'bool',
};
/** Where the file's spelling is another. */
const SPELLINGS: Readonly<Record<string, keyof KubeletSettings>> = { clusterDNS: 'clusterDns' };
/** Keys that the simulated kubelet follows as kubeadm writes them, and only so. */
const FOLLOWED: Readonly<Record<string, JsonValue>> = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  authentication: {
    anonymous: { enabled: false },
    webhook: { cacheTTL: '0s', enabled: true },
    x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' },
  },
  authorization: { mode: 'Webhook' },
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
  healthzBindAddress: '127.0.0.1',
  healthzPort: 10248,
  rotateCertificates: true,
};

/** What the runtime says counts, whatever the file says: KubeletCgroupDriverFromCRI, with a runtime that answers RuntimeConfig. */
const OVERRULED: Readonly<Record<string, readonly JsonValue[]>> = { cgroupDriver: ['systemd', 'cgroupfs'] };

/** Reads the file that `--config` names and what flags say instead. */
export function readKubeletSettings(files: FileView, argv: readonly string[]): ReadSettings {
  const flag = (name: string): string | undefined =>
    argv.findLast((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const wrongFlag = flagProblem(argv);
  if (wrongFlag !== undefined) return { refusal: `failed to parse kubelet flag: ${wrongFlag}` };
  const path = flag('config') ?? DEFAULT_PATH;
  const refuse = (why: string): ReadSettings => ({
    refusal: `failed to load kubelet config file, path: ${path}, error: failed to load Kubelet config file ${path}, error ${why}`,
  });
  const text = files.readText(path);
  if (failed(text))
    return refuse(`failed to read kubelet config file "${path}", error: open ${path}: ${strerror(text).toLowerCase()}`);
  if (text === '') return refuse(`kubelet config file "${path}" was empty`);
  const parsed = parseYaml(text);
  if (!parsed.ok) return refuse(`failed to decode: error converting YAML to JSON: ${parsed.error.message}`);
  const { value } = parsed;
  if (!isJsonObject(value)) return refuse("failed to decode: couldn't get version/kind; json parse error");
  const undecoded = kindProblem(value, text);
  if (undecoded !== undefined) return refuse(`failed to decode: ${undecoded}`);
  const read = fromObject(value);
  if (typeof read === 'string') return refuse(`failed to decode: ${read}`);
  const invalid = invalidSettings(value);
  if (invalid.length > 0)
    return {
      refusal: `failed to validate kubelet configuration, error: ${invalid.length === 1 ? (invalid[0] ?? '') : `[${invalid.join(', ')}]`}, path: &TypeMeta{Kind:,APIVersion:,}`,
    };
  const maxPods = flag('max-pods');
  const failSwapOn = flag('fail-swap-on');
  return {
    ignored: read.ignored,
    unknown: read.unknown,
    settings: {
      ...read.settings,
      ...(maxPods === undefined ? {} : { maxPods: Number(maxPods) }),
      ...(failSwapOn === undefined ? {} : { failSwapOn: failSwapOn !== 'false' }),
    },
  };
}

interface FromObject {
  readonly settings: KubeletSettings;
  readonly ignored: readonly string[];
  readonly unknown: readonly string[];
}

function fromObject(object: JsonObject): FromObject | string {
  const settings: Record<string, JsonValue> = {};
  const ignored: string[] = [];
  const unknown = Object.keys(object).filter((key) => !KUBELET_FIELDS.has(key));
  for (const [key, value] of Object.entries(object)) {
    const name = SPELLINGS[key] ?? key;
    const kind = isSetting(name) ? KINDS[name] : undefined;
    if (unknown.includes(key)) continue;
    const isTrue = deepEqual(value, FOLLOWED[key]) || OVERRULED[key]?.some((each) => each === value) === true;
    if (kind === undefined && !isTrue) ignored.push(key);
    if (kind === undefined || value === null || value === undefined) continue;
    if (!fits(value, kind))
      return `json: cannot unmarshal ${typeWord(value)} into Go struct field KubeletConfiguration.${key} of type ${kind}`;
    settings[name] = value;
  }
  // Every value has just been held against its kind.
  return { settings: { ...DEFAULT_SETTINGS, ...(settings as Partial<KubeletSettings>) }, ignored, unknown };
}

const isSetting = (name: string): name is keyof KubeletSettings => name in KINDS;

function fits(value: JsonValue, kind: Kind): boolean {
  switch (kind) {
    case 'string':
      return typeof value === 'string';
    case 'int32':
      return Number.isInteger(value);
    case 'bool':
      return typeof value === 'boolean';
    case '[]string':
      return Array.isArray(value) && value.every((each) => typeof each === 'string');
  }
}

const typeWord = (value: JsonValue): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
