/** What each site of packages and releases has; loads when somebody first asks one of them. */
import { encodeBase64 } from '../../../protocol/bytes.ts';
import { alpineFile } from './alpine-archive.ts';
import { distributionFile, dockerFile, kubernetesFile } from './deb-archive.ts';
import {
  gitHubAsset,
  gitHubFile,
  helmRelease,
  kubernetesDownload,
  kubernetesRelease,
  type SiteAnswer,
} from './release-files.ts';
import { epelFile, epelMetalink, rockyFile, rockyMirrors, vaultFile } from './rpm/rpm-archive.ts';
import type { SITE_NAMES } from './package-sites.ts';

type Site = (path: string, query: string) => SiteAnswer | undefined;

/** Each site: what it has at a path without its leading slash, with the query. */
export const SITE_CONTENTS: Readonly<Record<(typeof SITE_NAMES)[number], Site>> = {
  'archive.ubuntu.com': (path) => distributionFile('ubuntu', path.replace(/^ubuntu\//, '')),
  'security.ubuntu.com': (path) => distributionFile('ubuntu', path.replace(/^ubuntu\//, '')),
  'deb.debian.org': (path) => distributionFile('debian', path.replace(/^debian(-security)?\//, '')),
  'pkgs.k8s.io': (path) => kubernetesFile(path, encodeBase64),
  'download.docker.com': (path) => dockerFile(path, encodeBase64),
  'dl-cdn.alpinelinux.org': alpineFile,
  'dl.k8s.io': kubernetesDownload,
  'cdn.dl.k8s.io': kubernetesRelease,
  'github.com': gitHubFile,
  'release-assets.githubusercontent.com': gitHubAsset,
  'get.helm.sh': helmRelease,
  'mirrors.rockylinux.org': (path, query) => (path === 'mirrorlist' ? rockyMirrors(query) : undefined),
  'dl.rockylinux.org': rockyFile,
  'mirrors.fedoraproject.org': (path, query) => (path === 'metalink' ? epelMetalink(query) : undefined),
  'dl.fedoraproject.org': epelFile,
  'vault.centos.org': vaultFile,
};
