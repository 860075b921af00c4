/**
 * Programs that projects publish as single files or archives: GitHub releases, which lie behind a redirect to its store,
 * dl.k8s.io, which sends on to its cache, and get.helm.sh.
 * Models: which releases exist, names of files and what is in an archive, digests beside a file, what each server answers
 * for a path that it has not.
 * Leaves out: other machines than linux/amd64, signatures, a file's program in another version than the emulated one: such a
 * program says that it is not simulated. Sizes are of the real files of these versions' time.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { writeTar, type TarEntry } from '../../../formats/tar.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { executableText } from '../../../protocol/program.ts';
import { CRICTL_VERSION } from '../../../protocol/client-versions.ts';
import { ETCD_VERSION, KUBERNETES_VERSION } from '../../versions.ts';
import { gzipStored } from '../container/layer-archive.ts';
import type { ArchiveFile } from './deb-archive.ts';
import { CNI_PLUGINS, COMPOSE_V1, COMPOSE_V2, CRI_TOOLS, ETCD, HELM, KUBERNETES, type Releases } from './releases.ts';

/** A short text with the type that the server gives it. */
export interface Page {
  readonly text: string;
  readonly type: string;
}

/** What a site has at a path: a file, or where it is, or what it says instead. */
export type SiteAnswer = ArchiveFile | { readonly redirect: string; readonly page?: Page } | { readonly missing: Page };

/** GitHub's store. */
export const RELEASE_ASSETS = 'release-assets.githubusercontent.com';
/** The cache before Kubernetes' bucket. */
const KUBERNETES_CACHE = 'cdn.dl.k8s.io';
const MEGABYTE = 1_000_000;
/** Times in an archive say nothing: 2026-01-01. */
const PACKED_MS = 1_767_225_600_000;

/** The program of a release; only the emulated one's is simulated. */
const executable = (program: string, version: string, emulated: string): string =>
  executableText(version === emulated ? program : `${program} v${version}`);
const published = (text: string, megabytes: number): ArchiveFile => ({
  bytes: encodeUtf8(text),
  sizeBytes: megabytes * MEGABYTE,
});
const plain = (written: string): ArchiveFile => {
  const bytes = encodeUtf8(written);
  return { bytes, sizeBytes: bytes.length };
};

interface Packed {
  readonly name: string;
  /** None for a directory. */
  readonly text?: string;
  readonly mode?: number;
}

/** A .tar.gz. */
function archive(packed: readonly Packed[], megabytes: number): ArchiveFile {
  const entries = packed.map(({ name, text, mode }): TarEntry => ({
    name,
    type: text === undefined ? 'directory' : 'file',
    mode: mode ?? 0o755,
    uid: 0,
    gid: 0,
    modifiedMs: PACKED_MS,
    ...(text === undefined ? {} : { bytes: encodeUtf8(text) }),
  }));
  return { bytes: gzipStored(writeTar(entries)), sizeBytes: megabytes * MEGABYTE };
}

/** What a project publishes under a release: files by their names. */
interface Project {
  /** A tag's version in this list, if it is one of the project's. */
  readonly version: (tag: string) => string | undefined;
  readonly file: (version: string, name: string) => ArchiveFile | undefined;
}

const tagged =
  (releases: Releases) =>
  (tag: string): string | undefined =>
    releases.includes(tag.slice(1)) && tag.startsWith('v') ? tag.slice(1) : undefined;

const LATEST_COMPOSE = COMPOSE_V2.at(-1) ?? '';
const KUBERNETES_EMULATED = KUBERNETES_VERSION.slice(1);
const ETCD_EMULATED = ETCD_VERSION.replace(/-.*/, '');
const CNI_PROGRAMS =
  'bandwidth bridge dhcp dummy firewall host-device host-local ipvlan loopback macvlan portmap ptp sbr static tap tuning vlan vrf';

const compose: Project = {
  version: (tag) => (COMPOSE_V1.includes(tag) ? tag : tagged(COMPOSE_V2)(tag)),
  file: (version, name) =>
    name === (version.startsWith('1.') ? 'docker-compose-Linux-x86_64' : 'docker-compose-linux-x86_64')
      ? published(executableText('docker-compose'), version.startsWith('1.') ? 11 : 60)
      : undefined,
};
const etcd: Project = {
  version: tagged(ETCD),
  file: (version, name) => {
    const folder = `etcd-v${version}-linux-amd64`;
    if (name !== `${folder}.tar.gz`) return undefined;
    const programs = version.startsWith('3.4.') ? ['etcd', 'etcdctl'] : ['etcd', 'etcdctl', 'etcdutl'];
    return archive(
      [
        { name: folder },
        { name: `${folder}/README.md`, text: '# etcd\n', mode: 0o644 },
        ...programs.map((each) => ({ name: `${folder}/${each}`, text: executable(each, version, ETCD_EMULATED) })),
      ],
      20,
    );
  },
};
const criTools: Project = {
  version: tagged(CRI_TOOLS),
  file: (version, name) =>
    name === `crictl-v${version}-linux-amd64.tar.gz`
      ? archive([{ name: 'crictl', text: executable('crictl', version, CRICTL_VERSION) }], 19)
      : undefined,
};
const cniPlugins: Project = {
  version: tagged(CNI_PLUGINS),
  file: (version, name) =>
    name === `cni-plugins-linux-amd64-v${version}.tgz`
      ? archive(
          [
            { name: '.' },
            ...CNI_PROGRAMS.split(' ').map((each) => ({ name: `./${each}`, text: executable(each, version, '') })),
          ],
          45,
        )
      : undefined,
};

const PROJECTS: Readonly<Record<string, Project>> = {
  'docker/compose': compose,
  'etcd-io/etcd': etcd,
  'kubernetes-sigs/cri-tools': criTools,
  'containernetworking/plugins': cniPlugins,
};

/** GitHub's answer for a file that a release has not, or a release that is none. */
const NOT_FOUND: SiteAnswer = { missing: { text: 'Not Found', type: 'text/plain; charset=utf-8' } };
const RELEASE_FILE = /^([^/]+\/[^/]+)\/releases\/download\/([^/]+)\/([^/]+?)(\.sha256)?$/;

function releaseFile(path: string): ArchiveFile | undefined {
  const [, repository = '', tag = '', name = '', digest] = RELEASE_FILE.exec(path) ?? [];
  const project = PROJECTS[repository];
  const version = project?.version(tag);
  const file = version === undefined ? undefined : project?.file(version, name);
  if (file === undefined || digest === undefined) return file;
  return plain(`${bytesToHex(sha256(file.bytes))} *${name}\n`);
}

/** A path of github.com: releases are elsewhere. */
export function gitHubFile(path: string): SiteAnswer {
  const latest = /^docker\/compose\/releases\/latest\/download\/([^/]+)$/.exec(path)?.[1];
  if (latest !== undefined)
    return { redirect: `https://github.com/docker/compose/releases/download/v${LATEST_COMPOSE}/${latest}` };
  return releaseFile(path) === undefined ? NOT_FOUND : { redirect: `https://${RELEASE_ASSETS}/${path}` };
}

/** A path of the store behind GitHub's releases. */
export const gitHubAsset = (path: string): SiteAnswer | undefined => releaseFile(path);

const MOVED: Page = {
  text: '<html>\r\n<head><title>302 Found</title></head>\r\n<body>\r\n<center><h1>302 Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
  type: 'text/html',
};

/** A path of dl.k8s.io: everything is in the cache, a release with or without `release/` before it. */
export const kubernetesDownload = (path: string): SiteAnswer => ({
  redirect: `https://${KUBERNETES_CACHE}/${path.startsWith('release/') ? path : `release/${path}`}`,
  page: MOVED,
});

const KUBERNETES_BINARIES: Readonly<Record<string, number>> = { kubectl: 60, kubeadm: 74, kubelet: 60 };

/** A path of the cache, which answers as the bucket behind it. */
export function kubernetesRelease(path: string): SiteAnswer {
  return (
    kubernetesMarker(path) ??
    kubernetesBinary(path) ?? {
      missing: {
        text: `<?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Details>No such object: kubernetes-release/${path}</Details></Error>`,
        type: 'application/xml; charset=UTF-8',
      },
    }
  );
}

/** Files that name the newest release. */
function kubernetesMarker(path: string): ArchiveFile | undefined {
  if (path === 'release/stable.txt') return plain(KUBERNETES_VERSION);
  const minor = /^release\/stable-(\d+\.\d+)\.txt$/.exec(path)?.[1];
  const newest = minor === undefined ? undefined : KUBERNETES.findLast((each) => each.startsWith(`${minor}.`));
  return newest === undefined ? undefined : plain(`v${newest}`);
}

function kubernetesBinary(path: string): ArchiveFile | undefined {
  const [, version = '', program = '', digest] =
    /^release\/v([^/]+)\/bin\/linux\/amd64\/([a-z-]+)(\.sha256)?$/.exec(path) ?? [];
  const megabytes = KUBERNETES_BINARIES[program];
  if (megabytes === undefined || !KUBERNETES.includes(version)) return undefined;
  const file = published(executable(program, version, KUBERNETES_EMULATED), megabytes);
  return digest === undefined ? file : plain(bytesToHex(sha256(file.bytes)));
}

/** A path of get.helm.sh. */
export function helmRelease(path: string): SiteAnswer | undefined {
  const version = /^helm-v([\d.]+)-linux-amd64\.tar\.gz$/.exec(path)?.[1];
  if (version === undefined || !HELM.includes(version)) return undefined;
  return archive(
    [
      { name: 'linux-amd64' },
      { name: 'linux-amd64/helm', text: executableText('helm') },
      { name: 'linux-amd64/README.md', text: '# Helm\n', mode: 0o644 },
    ],
    16,
  );
}
