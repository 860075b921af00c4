import type { PullFailure } from './interface.ts';
import { familiarName } from './reference.ts';

/**
 * dockerd's message for a failed pull, without `Error response from daemon: `, and its HTTP status
 * (moby daemon/internal/distribution/errors.go).
 */
export function dockerPullError(failure: PullFailure): { readonly status: number; readonly message: string } {
  switch (failure.reason) {
    case 'invalid-reference':
      return { status: 400, message: failure.detail };
    case 'denied':
      return failure.repository.startsWith('docker.io/')
        ? {
            status: 404,
            message: `pull access denied for ${familiarName(failure.repository)}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
          }
        : { status: 500, message: `Head "${manifestUrl(failure)}": denied: denied` };
    case 'manifest-unknown':
      return {
        status: 404,
        message: `manifest for ${familiarName(`${failure.repository}${tagOrDigest(failure.tag)}`)} not found: manifest unknown: ${manifestUnknownDetail(failure)}`,
      };
    case 'unauthorized':
      return { status: 500, message: 'unauthorized: access to the requested resource is not authorized' };
    case 'not-simulated':
      return { status: 501, message: notSimulated(failure) };
    case 'unreachable':
      return { status: 500, message: `Get "https://${failure.registry}/v2/": ${failure.detail}` };
  }
}

/** containerd's message for a failed pull as CRI reports it, with the gRPC code that the kubelet shows. */
export function containerdPullError(failure: PullFailure): {
  readonly code: 'NotFound' | 'Unknown' | 'InvalidArgument';
  readonly message: string;
} {
  if (failure.reason === 'invalid-reference') {
    return {
      code: 'InvalidArgument',
      message: `failed to parse image reference "${failure.reference}": ${failure.detail}`,
    };
  }
  const name = `${failure.repository}${tagOrDigest(failure.tag)}`;
  const prefix = `failed to pull and unpack image "${name}": failed to resolve reference "${name}": `;
  switch (failure.reason) {
    case 'denied':
      return failure.repository.startsWith('docker.io/')
        ? {
            code: 'Unknown',
            message: `${prefix}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
          }
        : {
            code: 'Unknown',
            message: `${prefix}failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://${registryHost(failure.repository)}/token?scope=repository%3A${encodeSlashes(pathOf(failure.repository))}%3Apull&service=${registryHost(failure.repository)}: 403 Forbidden`,
          };
    case 'manifest-unknown':
      return { code: 'NotFound', message: `${prefix}${name}: not found` };
    case 'unauthorized':
      return {
        code: 'Unknown',
        message: `${prefix}unexpected status from HEAD request to ${manifestUrl(failure)}: 401 UNAUTHORIZED`,
      };
    case 'not-simulated':
      return { code: 'Unknown', message: notSimulated(failure) };
    case 'unreachable':
      return {
        code: 'Unknown',
        message: `${prefix}failed to do request: Head "${manifestUrl(failure)}": ${failure.detail}`,
      };
  }
}

const notSimulated = (failure: { repository: string; tag: string }): string =>
  `drydock: image '${familiarName(`${failure.repository}${tagOrDigest(failure.tag)}`)}' is not simulated`;
const tagOrDigest = (tag: string): string => (tag.includes(':') ? `@${tag}` : `:${tag}`);
const pathOf = (repository: string): string => repository.slice(repository.indexOf('/') + 1);
const encodeSlashes = (text: string): string => text.replaceAll('/', '%2F');

function registryHost(repository: string): string {
  const registry = repository.slice(0, repository.indexOf('/'));
  return registry === 'docker.io' ? 'registry-1.docker.io' : registry;
}

const manifestUrl = (failure: { repository: string; tag: string }): string =>
  `https://${registryHost(failure.repository)}/v2/${pathOf(failure.repository)}/manifests/${failure.tag}`;

function manifestUnknownDetail(failure: { repository: string; tag: string }): string {
  return /^(registry\.k8s\.io|gcr\.io|k8s\.gcr\.io)\//.test(failure.repository)
    ? `Failed to fetch "${failure.tag}"`
    : 'manifest unknown';
}
