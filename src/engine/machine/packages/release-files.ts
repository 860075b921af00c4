/**
 * Programs that projects publish as single files: GitHub releases, which lie behind a redirect to its store, and
 * dl.k8s.io. Sizes are of the real files of these versions' time.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { executableText } from '../../../protocol/program.ts';

import { KUBERNETES_VERSION } from '../../versions.ts';
import type { ArchiveFile } from './deb-archive.ts';

/** What a site has at a path: a file, or where it is. */
export type SiteAnswer = ArchiveFile | { readonly redirect: string };

/** GitHub's store. */
export const RELEASE_ASSETS = 'release-assets.githubusercontent.com';
const MEGABYTE = 1_000_000;

const published = (program: string, megabytes: number): ArchiveFile => ({
  bytes: encodeUtf8(executableText(program)),
  sizeBytes: megabytes * MEGABYTE,
});
const text = (written: string): ArchiveFile => {
  const bytes = encodeUtf8(written);
  return { bytes, sizeBytes: bytes.length };
};
/** The file itself, and beside it under `.sha256` its digest. */
const withDigest = (file: ArchiveFile, digest: boolean): ArchiveFile =>
  digest ? text(bytesToHex(sha256(file.bytes))) : file;

const COMPOSE_RELEASE =
  /^docker\/compose\/releases\/(?:download\/v?\d+\.\d+\.\d+|latest\/download)\/docker-compose-linux-x86_64(\.sha256)?$/i;

/** A path of github.com: releases are elsewhere. */
export const gitHubFile = (path: string): SiteAnswer | undefined =>
  COMPOSE_RELEASE.test(path) ? { redirect: `https://${RELEASE_ASSETS}/${path}` } : undefined;

/** A path of the store behind GitHub's releases. */
export function gitHubAsset(path: string): SiteAnswer | undefined {
  const found = COMPOSE_RELEASE.exec(path);
  return found === null ? undefined : withDigest(published('docker-compose', 11), found[1] !== undefined);
}

const KUBERNETES_BINARIES: Readonly<Record<string, number>> = { kubectl: 60, kubeadm: 74, kubelet: 60 };
const BINARY = new RegExp(
  `^(?:release/)?${KUBERNETES_VERSION.replaceAll('.', '\\.')}/bin/linux/amd64/(kubectl|kubeadm|kubelet)(\\.sha256)?$`,
);

/** A path of dl.k8s.io. */
export function kubernetesRelease(path: string): SiteAnswer | undefined {
  const minor = KUBERNETES_VERSION.slice(1, KUBERNETES_VERSION.lastIndexOf('.'));
  if (path === 'release/stable.txt' || path === `release/stable-${minor}.txt`) return text(KUBERNETES_VERSION);
  const [, program = '', digest] = BINARY.exec(path) ?? [];
  const megabytes = KUBERNETES_BINARIES[program];
  return megabytes === undefined ? undefined : withDigest(published(program, megabytes), digest !== undefined);
}
