/** Images of a Kubernetes cluster's own components, as kubeadm pulls them, and flannel's. */
import {
  COREDNS_VERSION,
  ETCD_VERSION,
  FLANNEL_CNI_PLUGIN_VERSION,
  FLANNEL_VERSION,
  KUBERNETES_VERSION,
  PAUSE_VERSION,
} from '../../versions.ts';
import { directory, executable, file, type LayerFile } from '../container/layer-files.ts';
import { emptyStep, layer, type ImageDefinition, type LayerStep } from '../container/image-definition.ts';
import { ALPINE_3_20 } from './alpine.ts';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const DISTROLESS_FILES: readonly LayerFile[] = [
  file(
    '/etc/passwd',
    'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
  ),
  file('/etc/group', 'root:x:0:\nnobody:x:65534:\ntty:x:5:\nstaff:x:50:\nnonroot:x:65532:\n'),
  file(
    '/etc/os-release',
    'PRETTY_NAME="Distroless"\nNAME="Debian GNU/Linux"\nID="debian"\nVERSION_ID="12"\nVERSION="Debian GNU/Linux 12 (bookworm)"\nHOME_URL="https://github.com/GoogleContainerTools/distroless"\n',
  ),
  file('/etc/nsswitch.conf', 'hosts:      files dns\n'),
  file('/etc/ssl/certs/ca-certificates.crt', ''),
  directory('/home/nonroot', { uid: 65_532, gid: 65_532, mode: 0o700 }),
  directory('/root', { mode: 0o700 }),
  directory('/tmp', { mode: 0o1777 }),
  ...[
    '/bin',
    '/boot',
    '/dev',
    '/lib',
    '/proc',
    '/run',
    '/sbin',
    '/sys',
    '/usr/bin',
    '/usr/sbin',
    '/usr/local/bin',
    '/var/lib',
    '/var/log',
    '/etc',
  ].map((path) => directory(path)),
];
/** gcr.io/distroless/static: certificates, zone data, passwd. */
export const DISTROLESS_STATIC: LayerStep = layer(
  'bazel build @distroless//base:static_root_amd64_debian12',
  2_360_000,
  792_000,
  () => DISTROLESS_FILES,
);

interface Component {
  readonly name: string;
  readonly path: string;
  readonly repository: string;
  readonly tags: readonly string[];
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly user?: string;
  readonly ports?: readonly string[];
  readonly base?: LayerStep;
  readonly more?: readonly LayerFile[];
  readonly workingDir?: string;
}

function component({
  name,
  path,
  repository,
  tags,
  sizeBytes,
  compressedBytes,
  entrypoint,
  cmd,
  user,
  ports,
  base,
  more,
  workingDir,
}: Component): ImageDefinition {
  return {
    references: tags.map((tag) => `${repository}:${tag}`),
    created: '2026-01-01T00:00:00Z',
    config: {
      ...(user === undefined ? {} : { User: user }),
      Env: [PATH, 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'],
      ...(entrypoint === undefined ? {} : { Entrypoint: entrypoint }),
      ...(cmd === undefined ? {} : { Cmd: cmd }),
      ...(ports === undefined ? {} : { ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])) }),
      WorkingDir: workingDir ?? '/',
    },
    steps: [
      base ?? DISTROLESS_STATIC,
      layer(`COPY /${name} ${path} # buildkit`, sizeBytes, compressedBytes, () => [
        executable(path, name),
        ...(more ?? []),
      ]),
      ...(entrypoint === undefined ? [] : [emptyStep(`ENTRYPOINT ${JSON.stringify(entrypoint)}`)]),
    ],
  };
}

/** The pinned release and those that documents and lessons name. */
const RELEASES = [KUBERNETES_VERSION, 'v1.36.0', 'v1.35.0', 'v1.34.0', 'v1.33.0', 'v1.32.0'].filter(
  (tag, index, all) => all.indexOf(tag) === index,
);

const kube = (name: string, sizeBytes: number, compressedBytes: number): ImageDefinition =>
  component({
    name,
    path: `/usr/local/bin/${name}`,
    repository: `registry.k8s.io/${name}`,
    tags: RELEASES,
    sizeBytes,
    compressedBytes,
    entrypoint: ['/go-runner'],
    more: [executable('/go-runner', 'go-runner')],
  });

/** What kube-proxy needs of its base: iptables and conntrack, and a shell-less Debian around it. */
const KUBE_PROXY_BASE: LayerStep = layer('COPY / / # buildkit', 34_900_000, 13_200_000, () => [
  ...DISTROLESS_FILES,
  ...[
    'iptables',
    'iptables-save',
    'iptables-restore',
    'ip6tables',
    'ip6tables-save',
    'ip6tables-restore',
    'conntrack',
    'ipset',
  ].map((name) => executable(`/usr/sbin/${name}`, name)),
]);

export const kubernetesImages: readonly ImageDefinition[] = [
  kube('kube-apiserver', 92_600_000, 28_200_000),
  kube('kube-controller-manager', 79_500_000, 24_100_000),
  kube('kube-scheduler', 54_400_000, 17_900_000),
  component({
    name: 'kube-proxy',
    path: '/usr/local/bin/kube-proxy',
    repository: 'registry.k8s.io/kube-proxy',
    tags: RELEASES,
    sizeBytes: 41_200_000,
    compressedBytes: 13_100_000,
    base: KUBE_PROXY_BASE,
    entrypoint: ['/go-runner'],
    more: [executable('/go-runner', 'go-runner')],
  }),
  component({
    name: 'etcd',
    path: '/usr/local/bin/etcd',
    repository: 'registry.k8s.io/etcd',
    tags: [ETCD_VERSION, '3.6.4-0', '3.5.21-0', '3.5.16-0'].filter((tag, index, all) => all.indexOf(tag) === index),
    sizeBytes: 60_800_000,
    compressedBytes: 22_700_000,
    cmd: [],
    more: ['etcdctl', 'etcdutl'].map((name) => executable(`/usr/local/bin/${name}`, name)),
  }),
  component({
    name: 'coredns',
    path: '/coredns',
    repository: 'registry.k8s.io/coredns/coredns',
    tags: [COREDNS_VERSION, 'v1.12.1', 'v1.11.3'].filter((tag, index, all) => all.indexOf(tag) === index),
    sizeBytes: 72_900_000,
    compressedBytes: 22_600_000,
    entrypoint: ['/coredns'],
    user: 'nonroot:nonroot',
    ports: ['53/tcp', '53/udp'],
  }),
  component({
    name: 'flanneld',
    path: '/opt/bin/flanneld',
    repository: 'ghcr.io/flannel-io/flannel',
    tags: [FLANNEL_VERSION, 'v0.26.1', 'v0.25.7'].filter((tag, index, all) => all.indexOf(tag) === index),
    sizeBytes: 72_500_000,
    compressedBytes: 29_500_000,
    base: ALPINE_3_20.base,
    entrypoint: ['/opt/bin/flanneld'],
    more: [
      executable('/opt/bin/mk-docker-opts.sh', 'mk-docker-opts'),
      ...['iptables', 'iptables-save', 'iptables-restore', 'ip6tables', 'ip'].map((name) =>
        executable(`/usr/sbin/${name}`, name),
      ),
    ],
  }),
  component({
    name: 'flannel',
    path: '/flannel',
    repository: 'ghcr.io/flannel-io/flannel-cni-plugin',
    tags: [FLANNEL_CNI_PLUGIN_VERSION, 'v1.6.0-flannel1', 'v1.5.1-flannel2'].filter(
      (tag, index, all) => all.indexOf(tag) === index,
    ),
    sizeBytes: 2_580_000,
    compressedBytes: 1_270_000,
    base: ALPINE_3_20.base,
  }),
];

function pause(
  tags: readonly string[],
  repositories: readonly string[],
  created: string,
  sizeBytes: number,
  compressedBytes: number,
): ImageDefinition {
  return {
    references: repositories.flatMap((repository) => tags.map((tag) => `${repository}:${tag}`)),
    created,
    config: {
      User: '65535:65535',
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Entrypoint: ['/pause'],
      WorkingDir: '/',
    },
    steps: [
      emptyStep('ARG ARCH'),
      layer('ADD bin/pause-linux-amd64 /pause # buildkit', sizeBytes, compressedBytes, () => [
        executable('/pause', 'pause'),
      ]),
      emptyStep('USER 65535:65535'),
      emptyStep('ENTRYPOINT ["/pause"]'),
    ],
    rests: { memoryBytes: 4 * 1024 * 1024, processes: 1 },
  };
}

export const pauseImages: readonly ImageDefinition[] = [
  pause(
    [...new Set([PAUSE_VERSION, '3.10.1', '3.10', 'latest'])],
    ['registry.k8s.io/pause'],
    '2024-05-22T17:37:45Z',
    736_000,
    319_000,
  ),
  pause(['3.9', '3.8', '3.7'], ['registry.k8s.io/pause'], '2022-10-13T00:00:00Z', 744_000, 322_000),
  pause(
    ['3.6', '3.5', '3.4.1', '3.3', '3.2', '3.1', '3.0', '2.0', 'latest'],
    [
      'k8s.gcr.io/pause',
      'gcr.io/google_containers/pause',
      'gcr.io/google-containers/pause',
      'docker.io/kubernetes/pause',
    ],
    '2021-08-20T00:00:00Z',
    683_000,
    302_000,
  ),
  pause(
    ['3.6', '3.5', '3.4.1', '3.3', '3.2', '3.1', '3.0', '2.0'],
    ['registry.k8s.io/pause'],
    '2021-08-20T00:00:00Z',
    683_000,
    302_000,
  ),
];

export const distrolessImages: readonly ImageDefinition[] = [
  ...(['static', 'static-debian12', 'base', 'base-debian12'] as const).flatMap((name): readonly ImageDefinition[] => [
    {
      references: ['latest', 'debug']
        .filter((tag) => tag === 'latest')
        .map((tag) => `gcr.io/distroless/${name}:${tag}`),
      created: '2025-01-01T00:00:00Z',
      config: { User: '0', Env: [PATH, 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'], WorkingDir: '/' },
      steps: [DISTROLESS_STATIC],
    },
    {
      references: [`gcr.io/distroless/${name}:nonroot`],
      created: '2025-01-01T00:00:00Z',
      config: {
        User: '65532',
        Env: [PATH, 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'],
        WorkingDir: '/home/nonroot',
      },
      steps: [DISTROLESS_STATIC],
    },
  ]),
];
