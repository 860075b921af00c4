/** The runtime's view of a container (kubernetes pkg/kubelet/kuberuntime). Decides; never acts. */
import type { ContainerSpec, ImageRecord, MountSpec } from '../../../machine/container/interface.ts';
import type { Notify } from '../../../sim/notify.ts';
import type { Container, Pod, PodSecurityContext, SecurityContext, Volume } from '../../apimachinery/types.ts';
import { containerResources, logDirectory, podCgroup, podDirectory, qosClass } from './cgroup-names.ts';
import { expand } from './env.ts';
import type { PodWork } from './work-state.ts';

/** Volumes with content of the API server's: a container only reads them. */
export const isWrittenByKubelet = ({ configMap, secret, downwardAPI, projected }: Volume): boolean =>
  [configMap, secret, downwardAPI, projected].some((source) => source !== undefined);

/** Where the kubelet keeps a volume that it makes itself. */
export function volumeDirectory(uid: string, volume: Volume): string | undefined {
  const base = `${podDirectory(uid)}/volumes`;
  if (volume.emptyDir !== undefined) return `${base}/kubernetes.io~empty-dir/${volume.name}`;
  if (volume.configMap !== undefined) return `${base}/kubernetes.io~configmap/${volume.name}`;
  if (volume.secret !== undefined) return `${base}/kubernetes.io~secret/${volume.name}`;
  if (volume.downwardAPI !== undefined) return `${base}/kubernetes.io~downward-api/${volume.name}`;
  if (volume.projected !== undefined) return `${base}/kubernetes.io~projected/${volume.name}`;
  return volume.hostPath?.path;
}

export interface SpecInput {
  readonly pod: Pod;
  readonly work: PodWork;
  readonly container: Container;
  readonly image: ImageRecord;
  readonly env: readonly (readonly [string, string])[];
  readonly attempt: number;
  readonly sandboxId: string;
  readonly nodeMemoryBytes: number;
  readonly exited: Notify;
}

export function containerSpec(input: SpecInput): ContainerSpec {
  const { pod, work, container, env } = input;
  const qos = qosClass(pod.spec);
  const values = new Map(env);
  const known = (name: string): string | undefined => values.get(name);
  const security = { ...pod.spec.securityContext, ...container.securityContext };
  const groups = [
    ...(pod.spec.securityContext?.fsGroup === undefined ? [] : [pod.spec.securityContext.fsGroup]),
    ...(pod.spec.securityContext?.supplementalGroups ?? []),
  ];
  const user = userOf(security, input.image);
  const { capabilities, privileged } = container.securityContext ?? {};
  return {
    namespace: 'k8s.io',
    name: container.name,
    image: input.image.id,
    sandboxId: input.sandboxId,
    labels: {
      'io.kubernetes.container.name': container.name,
      'io.kubernetes.pod.name': pod.metadata.name,
      'io.kubernetes.pod.namespace': pod.metadata.namespace ?? '',
      'io.kubernetes.pod.uid': work.uid,
    },
    ...(container.command === undefined ? {} : { entrypoint: container.command.map((word) => expand(word, known)) }),
    ...(container.args === undefined ? {} : { command: container.args.map((word) => expand(word, known)) }),
    env: env.map(([name, value]) => `${name}=${value}`),
    ...(container.workingDir === undefined || container.workingDir === '' ? {} : { workingDir: container.workingDir }),
    ...(user === undefined ? {} : { user }),
    ...(groups.length === 0 ? {} : { supplementaryGroups: groups }),
    tty: container.tty === true,
    stdin: container.stdin === true,
    stdinOnce: container.stdinOnce === true,
    mounts: mountsOf(pod, work, container, known),
    ...(container.securityContext?.readOnlyRootFilesystem === true ? { readonlyRootfs: true } : {}),
    resources: containerResources(container, qos, input.nodeMemoryBytes),
    cgroupParent: podCgroup(work.uid, qos),
    ...(privileged === true ? { privileged } : {}),
    ...(capabilities?.add === undefined ? {} : { capAdd: capabilities.add }),
    ...(capabilities?.drop === undefined ? {} : { capDrop: capabilities.drop }),
    ...(container.securityContext?.allowPrivilegeEscalation === false ? { noNewPrivileges: true } : {}),
    ...(privileged !== true && security.seccompProfile?.type === 'RuntimeDefault' ? { seccomp: true } : {}),
    network: pod.spec.hostNetwork === true ? 'host' : 'sandbox',
    pid: pod.spec.hostPID === true ? 'host' : pod.spec.shareProcessNamespace === true ? 'sandbox' : 'private',
    ipc: pod.spec.hostIPC === true ? 'host' : 'sandbox',
    uts: pod.spec.hostNetwork === true ? 'host' : 'sandbox',
    log: { driver: 'cri', path: logPath(pod, work.uid, container.name, input.attempt) },
    attempt: input.attempt,
    exited: input.exited,
  };
}

/** `user:group`; undefined where the image decides. A group alone goes with the image's user. */
function userOf(
  { runAsUser, runAsGroup }: PodSecurityContext & SecurityContext,
  { config }: ImageRecord,
): string | undefined {
  if (runAsGroup === undefined) return runAsUser === undefined ? undefined : String(runAsUser);
  const [imageUser = ''] = (config.User ?? '').split(':');
  return `${String(runAsUser ?? (imageUser === '' ? 0 : imageUser))}:${String(runAsGroup)}`;
}

export const logPath = (pod: Pod, uid: string, container: string, attempt: number): string =>
  `${logDirectory(pod, uid)}/${container}/${String(attempt)}.log`;

function mountsOf(
  pod: Pod,
  work: PodWork,
  container: Container,
  known: (name: string) => string | undefined,
): readonly MountSpec[] {
  const mounts: MountSpec[] = [];
  const volumes = new Map((pod.spec.volumes ?? []).map((volume) => [volume.name, volume]));
  for (const mount of container.volumeMounts ?? []) {
    const volume = volumes.get(mount.name);
    const directory = volume === undefined ? undefined : volumeDirectory(work.uid, volume);
    if (volume === undefined || directory === undefined) continue;
    const subPath = mount.subPathExpr === undefined ? mount.subPath : expand(mount.subPathExpr, known);
    const readonly = mount.readOnly === true || isWrittenByKubelet(volume);
    const propagation =
      mount.mountPropagation === 'Bidirectional'
        ? 'rshared'
        : mount.mountPropagation === 'HostToContainer'
          ? 'rslave'
          : 'private';
    mounts.push({
      type: 'bind',
      source: subPath === undefined || subPath === '' ? directory : `${directory}/${subPath}`,
      target: mount.mountPath,
      readonly,
      propagation,
      createSource: subPath !== undefined,
    });
  }
  if (!mounts.some(({ target }) => target === '/etc/hosts'))
    mounts.push({ type: 'bind', source: `${podDirectory(work.uid)}/etc-hosts`, target: '/etc/hosts' });
  mounts.push({
    type: 'bind',
    source: `${podDirectory(work.uid)}/resolv.conf`,
    target: '/etc/resolv.conf',
    readonly: container.securityContext?.readOnlyRootFilesystem === true,
  });
  return mounts;
}

/** /etc/hosts of a pod on the pod network, as the kubelet writes it. */
export function hostsFile(pod: Pod, ips: readonly string[], hostname: string, domain: string): string {
  const lines = [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix',
    'fe00::1\tip6-allnodes',
    'fe00::2\tip6-allrouters',
  ];
  const { subdomain } = pod.spec;
  const full =
    subdomain === undefined ? '' : `${hostname}.${subdomain}.${pod.metadata.namespace ?? ''}.svc.${domain}\t`;
  for (const ip of ips) lines.push(`${ip}\t${full}${hostname}`);
  if ((pod.spec.hostAliases ?? []).length > 0) {
    lines.push('', '# Entries added by HostAliases.');
    for (const alias of pod.spec.hostAliases ?? []) lines.push(`${alias.ip}\t${(alias.hostnames ?? []).join('\t')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** /etc/resolv.conf by the pod's DNS policy. `host` is the host's own file. */
export function resolvConf(
  pod: Pod,
  cluster: { readonly servers: readonly string[]; readonly domain: string },
  host: string,
): string {
  const policy = pod.spec.dnsPolicy ?? 'ClusterFirst';
  const usesHost = policy === 'Default' || (policy === 'ClusterFirst' && pod.spec.hostNetwork === true);
  const namespace = pod.metadata.namespace ?? '';
  let servers: string[] = [];
  let searches: string[] = [];
  let options: string[] = [];
  const fromHost = parseResolvConf(host);
  if (usesHost) ({ servers, searches, options } = fromHost);
  else if (policy !== 'None') {
    servers = [...cluster.servers];
    searches = [`${namespace}.svc.${cluster.domain}`, `svc.${cluster.domain}`, cluster.domain, ...fromHost.searches];
    options = ['ndots:5'];
  }
  const extra = pod.spec.dnsConfig;
  servers = [...new Set([...servers, ...(extra?.nameservers ?? [])])];
  searches = [...new Set([...searches, ...(extra?.searches ?? [])])];
  for (const option of extra?.options ?? []) {
    options = [
      ...options.filter((item) => item.split(':')[0] !== option.name),
      option.value === undefined ? option.name : `${option.name}:${option.value}`,
    ];
  }
  const lines = [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...servers.map((server) => `nameserver ${server}`),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function parseResolvConf(text: string): { servers: string[]; searches: string[]; options: string[] } {
  const parsed = { servers: [] as string[], searches: [] as string[], options: [] as string[] };
  for (const line of text.split('\n')) {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    if (word === 'nameserver') parsed.servers.push(...rest);
    else if (word === 'search') parsed.searches = rest.filter((item) => item !== '.');
    else if (word === 'options') parsed.options = rest;
  }
  return parsed;
}
