/** A container's environment (kubernetes pkg/kubelet kubelet_pods makeEnvironmentVariables). Decides; never acts. */
import { decodeBase64, decodeUtf8 } from '../../../../protocol/bytes.ts';
import { milliOf, wholeOf } from '../../apimachinery/resource-amounts.ts';
import type { ConfigMap, Container, EnvVarSource, Pod, Secret, Service } from '../../apimachinery/types.ts';

/** Where values come from; undefined: no such object. */
export interface EnvSources {
  configMap(name: string): ConfigMap | undefined;
  secret(name: string): Secret | undefined;
  /** Services whose variables the container gets, oldest first. */
  readonly services: readonly Service[];
  readonly hostIp: string;
  readonly podIps: readonly string[];
  readonly nodeAllocatable: Readonly<Record<string, string>>;
}
export type EnvResult =
  { readonly env: readonly (readonly [name: string, value: string])[] } | { readonly error: string };

export function resolveEnv(container: Container, pod: Pod, sources: EnvSources): EnvResult {
  const values = new Map<string, string>();
  for (const from of container.envFrom ?? []) {
    const error = addAll(values, from, sources);
    if (error !== undefined) return { error };
  }
  const services = new Map(serviceVariables(sources.services, pod.spec.enableServiceLinks !== false));
  const known = (name: string): string | undefined => values.get(name) ?? services.get(name);
  for (const variable of container.env ?? []) {
    if (variable.valueFrom === undefined) {
      values.set(variable.name, expand(variable.value ?? '', known));
      continue;
    }
    const value = valueOf(variable.valueFrom, container, pod, sources);
    if (value === undefined) continue;
    if ('error' in value) return value;
    values.set(variable.name, value.value);
  }
  for (const [name, value] of services) if (!values.has(name)) values.set(name, value);
  return { env: [...values] };
}

function addAll(
  values: Map<string, string>,
  from: NonNullable<Container['envFrom']>[number],
  sources: EnvSources,
): string | undefined {
  const prefix = from.prefix ?? '';
  if (from.configMapRef !== undefined) {
    const map = sources.configMap(from.configMapRef.name);
    if (map === undefined)
      return from.configMapRef.optional === true ? undefined : `configmap "${from.configMapRef.name}" not found`;
    for (const [key, value] of Object.entries(map.data ?? {})) values.set(prefix + key, value);
  }
  if (from.secretRef !== undefined) {
    const secret = sources.secret(from.secretRef.name);
    if (secret === undefined)
      return from.secretRef.optional === true ? undefined : `secret "${from.secretRef.name}" not found`;
    for (const [key, value] of Object.entries(secret.data ?? {})) values.set(prefix + key, textOf(value));
  }
  return undefined;
}

const textOf = (base64: string): string => decodeUtf8(decodeBase64(base64) ?? new Uint8Array(0));

type Value = { readonly value: string } | { readonly error: string } | undefined;

function valueOf(from: EnvVarSource, container: Container, pod: Pod, sources: EnvSources): Value {
  const namespace = pod.metadata.namespace ?? '';
  if (from.fieldRef !== undefined) {
    const value = fieldValue(pod, from.fieldRef.fieldPath, sources.hostIp, sources.podIps);
    return value === undefined ? { error: `unsupported fieldPath: ${from.fieldRef.fieldPath}` } : { value };
  }
  if (from.resourceFieldRef !== undefined) {
    const { containerName, resource, divisor } = from.resourceFieldRef;
    const target =
      containerName === undefined || containerName === ''
        ? container
        : [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find(({ name }) => name === containerName);
    return target === undefined
      ? { error: `container ${containerName ?? ''} not found` }
      : { value: resourceValue(target, resource, divisor, sources.nodeAllocatable) };
  }
  if (from.configMapKeyRef !== undefined) {
    const { name, key, optional } = from.configMapKeyRef;
    const map = sources.configMap(name);
    if (map === undefined) return optional === true ? undefined : { error: `configmap "${name}" not found` };
    const value = map.data?.[key];
    if (value === undefined)
      return optional === true ? undefined : { error: `couldn't find key ${key} in ConfigMap ${namespace}/${name}` };
    return { value };
  }
  if (from.secretKeyRef !== undefined) {
    const { name, key, optional } = from.secretKeyRef;
    const secret = sources.secret(name);
    if (secret === undefined) return optional === true ? undefined : { error: `secret "${name}" not found` };
    const value = secret.data?.[key];
    if (value === undefined)
      return optional === true ? undefined : { error: `couldn't find key ${key} in Secret ${namespace}/${name}` };
    return { value: textOf(value) };
  }
  return { value: '' };
}

/** The value of a downward API field; undefined where there is no such field. */
export function fieldValue(pod: Pod, path: string, hostIp: string, podIps: readonly string[]): string | undefined {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed !== null)
    return (keyed[1] === 'labels' ? pod.metadata.labels : pod.metadata.annotations)?.[keyed[2] ?? ''] ?? '';
  switch (path) {
    case 'metadata.name':
      return pod.metadata.name;
    case 'metadata.namespace':
      return pod.metadata.namespace ?? '';
    case 'metadata.uid':
      return pod.metadata.uid;
    case 'metadata.labels':
      return formatMap(pod.metadata.labels ?? {});
    case 'metadata.annotations':
      return formatMap(pod.metadata.annotations ?? {});
    case 'spec.nodeName':
      return pod.spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return pod.spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return hostIp;
    case 'status.podIP':
      return podIps[0] ?? '';
    case 'status.podIPs':
      return podIps.join(',');
    default:
      return undefined;
  }
}

/** `key="value"` lines in the order of the keys. */
const formatMap = (map: Readonly<Record<string, string>>): string =>
  Object.keys(map)
    .toSorted()
    .map((key) => `${key}=${JSON.stringify(map[key] ?? '')}`)
    .join('\n');

/** `limits.cpu` and the like in units of the divisor, rounded up; without a limit the node's allocatable amount. */
export function resourceValue(
  container: Container,
  resource: string,
  divisor: string | undefined,
  allocatable: Readonly<Record<string, string>>,
): string {
  const [kind = '', name = ''] = resource.split(/\.(.*)/s, 2);
  const given = kind === 'limits' ? container.resources?.limits?.[name] : container.resources?.requests?.[name];
  const quantity = given ?? (kind === 'limits' ? allocatable[name] : undefined);
  if (name === 'cpu') {
    const unit = divisor === undefined || divisor === '0' ? 1000 : milliOf(divisor);
    return String(Math.ceil(milliOf(quantity) / Math.max(1, unit)));
  }
  const unit = divisor === undefined || divisor === '0' ? 1 : wholeOf(divisor);
  return String(Math.ceil(wholeOf(quantity) / Math.max(1, unit)));
}

/** `$(NAME)` replaced by what is known; unknown names stay, `$$` is a dollar sign (kubernetes third_party/forked/golang/expansion). */
export function expand(text: string, known: (name: string) => string | undefined): string {
  if (!text.includes('$')) return text;
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) =>
    whole === '$$' ? '$' : (known(name ?? '') ?? whole),
  );
}

/** `WEB_SERVICE_HOST` and the docker-link variables of services; only `kubernetes` where links are off. */
export function serviceVariables(services: readonly Service[], links: boolean): readonly Variable[] {
  return services.flatMap((service) =>
    links || (service.metadata.name === 'kubernetes' && service.metadata.namespace === 'default')
      ? variablesOf(service)
      : [],
  );
}
type Variable = readonly [name: string, value: string];

/** All containers of a namespace get the same variables. */
const ofServices = new WeakMap<Service, readonly Variable[]>();

function variablesOf(service: Service): readonly Variable[] {
  const known = ofServices.get(service);
  if (known !== undefined) return known;
  const made = makeVariables(service);
  ofServices.set(service, made);
  return made;
}

function makeVariables({ metadata, spec }: Service): readonly Variable[] {
  const { clusterIP, ports = [] } = spec;
  const [first] = ports;
  if (clusterIP === undefined || clusterIP === '' || clusterIP === 'None' || first === undefined) return [];
  const prefix = variableName(metadata.name);
  const url = (port: typeof first): string =>
    `${(port.protocol ?? 'TCP').toLowerCase()}://${clusterIP}:${String(port.port)}`;
  return [
    [`${prefix}_SERVICE_HOST`, clusterIP],
    [`${prefix}_SERVICE_PORT`, String(first.port)],
    ...ports
      .filter(({ name }) => name !== undefined && name !== '')
      .map(({ name = '', port }): Variable => [`${prefix}_SERVICE_PORT_${variableName(name)}`, String(port)]),
    [`${prefix}_PORT`, url(first)],
    ...ports.flatMap((port): Variable[] => {
      const protocol = port.protocol ?? 'TCP';
      const base = `${prefix}_PORT_${String(port.port)}_${protocol}`;
      return [
        [base, url(port)],
        [`${base}_PROTO`, protocol.toLowerCase()],
        [`${base}_PORT`, String(port.port)],
        [`${base}_ADDR`, clusterIP],
      ];
    }),
  ];
}

const variableName = (name: string): string => name.toUpperCase().replaceAll('-', '_');
