/**
 * Image references as distribution/reference parses them: `nginx`, `quay.io/org/app:v1`, `nginx@sha256:…`.
 */
export interface ImageReference {
  /** `docker.io`, `registry.k8s.io`, `localhost:5000`. */
  readonly registry: string;
  /** `library/nginx`. */
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}
export interface ReferenceError {
  /** After `invalid reference format`; empty where upstream says no more. */
  readonly detail: string;
}

const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `${DOMAIN_PART}(?:\\.${DOMAIN_PART})*(?::[0-9]+)?`;
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const SHAPE = new RegExp(
  `^((?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*)(?::([\\w][\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
);

/** Parses a reference as typed; without tag and digest the tag is left out (see `withDefaultTag`). */
export function parseReference(text: string): ImageReference | ReferenceError {
  if (/^[a-f0-9]{64}$/.test(text)) {
    return { detail: `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings` };
  }
  const { registry, rest } = splitDomain(text);
  const end = rest.search(/[:@]/);
  const remote = end < 0 ? rest : rest.slice(0, end);
  if (remote.toLowerCase() !== remote)
    return { detail: `invalid reference format: repository name (${remote}) must be lowercase` };
  const match = SHAPE.exec(`${registry}/${rest}`);
  if (match === null) return { detail: 'invalid reference format' };
  const [, name = '', tag, digest] = match;
  if (name.length - registry.length > 256) return { detail: 'repository name must not be more than 255 characters' };
  return {
    registry,
    path: name.slice(registry.length + 1),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

export const isReferenceError = (value: ImageReference | ReferenceError): value is ReferenceError => 'detail' in value;

function splitDomain(text: string): { registry: string; rest: string } {
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  const isDomain = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const registry = !isDomain || first === 'index.docker.io' ? 'docker.io' : first;
  const rest = isDomain ? text.slice(slash + 1) : text;
  return { registry, rest: registry === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest };
}

/** Adds `:latest` to a name that has neither tag nor digest. */
export const withDefaultTag = (reference: ImageReference): ImageReference =>
  reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference;

/** `docker.io/library/nginx`. */
export const repositoryOf = (reference: ImageReference): string => `${reference.registry}/${reference.path}`;

/** `docker.io/library/nginx:1.27`, with the digest too if there is one. */
export const formatReference = (reference: ImageReference): string =>
  repositoryOf(reference) +
  (reference.tag === undefined ? '' : `:${reference.tag}`) +
  (reference.digest === undefined ? '' : `@${reference.digest}`);

/** As docker shows it: `nginx:1.27`, `user/app`, `quay.io/org/app`. */
export function familiarName(normalised: string): string {
  if (normalised.startsWith('docker.io/library/')) return normalised.slice('docker.io/library/'.length);
  return normalised.startsWith('docker.io/') ? normalised.slice('docker.io/'.length) : normalised;
}
