/** Files of ConfigMap, Secret, downward API and projected volumes (kubernetes pkg/volume). Decides; never acts. */
import { decodeBase64, encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { ConfigMap, DownwardFile, KeyToPath, Pod, Secret, Volume } from '../../apimachinery/types.ts';
import { fieldValue, resourceValue } from '../pod/env.ts';

export interface VolumeFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** Root's where nothing is said. */
  readonly uid?: number;
}
export interface VolumeSources {
  configMap(name: string): ConfigMap | undefined;
  secret(name: string): Secret | undefined;
  token(
    audience: string | undefined,
    expirationSeconds: number,
  ): { readonly token: string } | { readonly error: string };
  readonly hostIp: string;
  readonly podIps: readonly string[];
  readonly nodeAllocatable: Readonly<Record<string, string>>;
}
export type Payload = { readonly files: readonly VolumeFile[] } | { readonly error: string };

const DEFAULT_MODE = 0o644;

/** The content of a volume that the kubelet writes itself; undefined for others. */
export function volumePayload(volume: Volume, pod: Pod, sources: VolumeSources): Payload | undefined {
  if (volume.configMap !== undefined) {
    const { name, items, optional, defaultMode } = volume.configMap;
    return mapFiles('configmap', name, sources.configMap(name), items, optional === true, defaultMode ?? DEFAULT_MODE);
  }
  if (volume.secret !== undefined) {
    const { secretName, items, optional, defaultMode } = volume.secret;
    return mapFiles(
      'secret',
      secretName,
      sources.secret(secretName),
      items,
      optional === true,
      defaultMode ?? DEFAULT_MODE,
    );
  }
  if (volume.downwardAPI !== undefined)
    return downward(volume.downwardAPI.items ?? [], volume.downwardAPI.defaultMode ?? DEFAULT_MODE, pod, sources);
  if (volume.projected !== undefined) return projected(volume.projected, pod, sources);
  return undefined;
}

function projected(volume: NonNullable<Volume['projected']>, pod: Pod, sources: VolumeSources): Payload {
  const mode = volume.defaultMode ?? DEFAULT_MODE;
  const files: VolumeFile[] = [];
  for (const source of volume.sources ?? []) {
    let part: Payload = { files: [] };
    if (source.configMap !== undefined) {
      part = mapFiles(
        'configmap',
        source.configMap.name,
        sources.configMap(source.configMap.name),
        source.configMap.items,
        source.configMap.optional === true,
        mode,
      );
    } else if (source.secret !== undefined) {
      part = mapFiles(
        'secret',
        source.secret.name,
        sources.secret(source.secret.name),
        source.secret.items,
        source.secret.optional === true,
        mode,
      );
    } else if (source.downwardAPI !== undefined) {
      part = downward(source.downwardAPI.items ?? [], mode, pod, sources);
    } else if (source.serviceAccountToken !== undefined) {
      const { audience, expirationSeconds, path } = source.serviceAccountToken;
      const token = sources.token(audience, expirationSeconds ?? 3600);
      part =
        'error' in token ? token : { files: [{ path, bytes: encodeUtf8(token.token), ...tokenAccess(pod, mode) }] };
    }
    if ('error' in part) return part;
    files.push(...part.files);
  }
  return { files };
}

/** A token is for the one user of all containers, or for the fsGroup alone (pkg/volume/projected). */
function tokenAccess(pod: Pod, mode: number): { readonly mode: number; readonly uid?: number } {
  const { securityContext, containers, initContainers = [] } = pod.spec;
  const users = new Set(
    [...initContainers, ...containers].map((each) => each.securityContext?.runAsUser ?? securityContext?.runAsUser),
  );
  const [user] = users;
  if (users.size === 1 && user !== undefined) return { mode: 0o600, uid: user };
  return { mode: securityContext?.fsGroup === undefined ? mode : 0o600 };
}

type Data = {
  readonly kind: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
};

function mapFiles(
  what: 'configmap' | 'secret',
  name: string,
  object: Data | undefined,
  items: readonly KeyToPath[] | undefined,
  optional: boolean,
  mode: number,
): Payload {
  if (object === undefined) return optional ? { files: [] } : { error: `${what} "${name}" not found` };
  const bytesOf = (key: string): Uint8Array | undefined => {
    const text = object.data?.[key];
    if (text !== undefined) return what === 'secret' ? (decodeBase64(text) ?? new Uint8Array(0)) : encodeUtf8(text);
    const binary = object.binaryData?.[key];
    return binary === undefined ? undefined : decodeBase64(binary);
  };
  if (items === undefined || items.length === 0) {
    const keys = [...Object.keys(object.data ?? {}), ...Object.keys(object.binaryData ?? {})].toSorted();
    return { files: keys.map((key) => ({ path: key, bytes: bytesOf(key) ?? new Uint8Array(0), mode })) };
  }
  const files: VolumeFile[] = [];
  for (const item of items) {
    const bytes = bytesOf(item.key);
    if (bytes !== undefined) files.push({ path: item.path, bytes, mode: item.mode ?? mode });
    else if (!optional)
      return {
        error:
          what === 'secret'
            ? 'references non-existent secret key: ' + item.key
            : `references non-existent config key: ${item.key}`,
      };
  }
  return { files };
}

function downward(items: readonly DownwardFile[], mode: number, pod: Pod, sources: VolumeSources): Payload {
  const files: VolumeFile[] = [];
  for (const item of items) {
    let text: string | undefined;
    if (item.fieldRef !== undefined) text = fieldValue(pod, item.fieldRef.fieldPath, sources.hostIp, sources.podIps);
    else if (item.resourceFieldRef !== undefined) {
      const { containerName, resource, divisor } = item.resourceFieldRef;
      const container = pod.spec.containers.find(({ name }) => name === containerName);
      if (container !== undefined) text = resourceValue(container, resource, divisor, sources.nodeAllocatable);
    }
    if (text === undefined) return { error: `unsupported downward API item ${item.path}` };
    files.push({ path: item.path, bytes: encodeUtf8(text), mode: item.mode ?? mode });
  }
  return { files };
}
