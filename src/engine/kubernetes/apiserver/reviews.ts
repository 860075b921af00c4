import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { formatRfc3339 } from '../../sim/clock.ts';
import { type FailureStatus, isFailure, notFound } from '../apimachinery/status.ts';
import type { ApiRequest, UserInfo } from '../client/interface.ts';
import type { Authenticator } from './auth/authenticator.ts';
import type { Authorizer } from './auth/authorizer.ts';
import { ISSUER } from './auth/token-claims.ts';
import type { TokenKeys } from './auth/tokens.ts';
import type { Core, Outcome } from './core.ts';
import type { ResourceInfo } from './registry.ts';
import { asApiObject, objectAt } from './selection.ts';
import { metaOf, textAt } from './write-common.ts';

const DEFAULT_TOKEN_SECONDS = 3600;
const MIN_TOKEN_SECONDS = 600;

export interface ReviewServices {
  readonly core: Core;
  readonly authorizer: Authorizer;
  readonly authenticator: Authenticator;
  readonly tokens: TokenKeys;
}

type Create = Extract<ApiRequest, { verb: 'create' }>;

/** Requests that ask something and store nothing; undefined for all others. */
export function review(
  services: ReviewServices,
  user: UserInfo,
  info: ResourceInfo,
  request: Create,
): Outcome | FailureStatus | undefined {
  if (request.options.subresource === 'token') return issueToken(services, request);
  const spec = objectAt(request.object, 'spec') ?? {};
  const answer = (status: JsonValue): Outcome => ({
    object: {
      kind: info.kind,
      apiVersion: info.apiVersion,
      metadata: {},
      ...(request.object['spec'] === undefined ? {} : { spec }),
      status,
    },
    code: 201,
  });
  switch (info.kind) {
    case 'SelfSubjectAccessReview':
      return answer(decision(services.authorizer, user, spec));
    case 'SubjectAccessReview':
    case 'LocalSubjectAccessReview': {
      const groups = spec['groups'];
      const asked: UserInfo = {
        name: textAt(spec, 'user'),
        groups: Array.isArray(groups) ? groups.filter((group): group is string => typeof group === 'string') : [],
      };
      return answer(decision(services.authorizer, asked, spec));
    }
    case 'SelfSubjectRulesReview': {
      const rules = services.authorizer.rulesFor(user, textAt(spec, 'namespace'));
      return answer({
        incomplete: false,
        resourceRules: rules.filter(({ nonResourceURLs }) => nonResourceURLs === undefined),
        nonResourceRules: rules
          .filter(({ nonResourceURLs }) => nonResourceURLs !== undefined)
          .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
      });
    }
    case 'SelfSubjectReview':
      return answer({ userInfo: shown(user) });
    case 'TokenReview': {
      const found = services.authenticator.ofToken(textAt(spec, 'token'));
      return answer(
        found === undefined
          ? { user: {}, error: '[invalid bearer token]' }
          : { authenticated: true, user: shown(found), audiences: [ISSUER] },
      );
    }
    default:
      return undefined;
  }
}

const shown = (user: UserInfo): JsonObject => ({
  username: user.name,
  ...(user.uid === undefined ? {} : { uid: user.uid }),
  groups: user.groups,
  ...(user.extra === undefined ? {} : { extra: user.extra }),
});

function decision(authorizer: Authorizer, user: UserInfo, spec: JsonObject): JsonObject {
  const resource = objectAt(spec, 'resourceAttributes');
  if (resource !== undefined) {
    const subresource = textAt(resource, 'subresource');
    const allowed = authorizer.allows(user, {
      verb: textAt(resource, 'verb'),
      group: textAt(resource, 'group'),
      resource: textAt(resource, 'resource') + (subresource === '' ? '' : `/${subresource}`),
      namespace: textAt(resource, 'namespace'),
      name: textAt(resource, 'name'),
    });
    return allowed ? { allowed: true } : { allowed: false };
  }
  const path = objectAt(spec, 'nonResourceAttributes') ?? {};
  return { allowed: authorizer.allowsPath(user, textAt(path, 'verb'), textAt(path, 'path')) };
}

/** POST serviceaccounts/{name}/token. */
function issueToken({ core, tokens }: ReviewServices, request: Create): Outcome | FailureStatus {
  const namespace = request.namespace ?? '';
  const accounts = core.registry.find('serviceaccounts');
  if (accounts === undefined) return notFound('serviceaccounts', request.name ?? '');
  const entry = core.storage.entry(accounts, namespace, request.name ?? '');
  if (isFailure(entry)) return entry;
  const account = asApiObject(entry.value).metadata;
  const spec = objectAt(request.object, 'spec') ?? {};
  const bound = objectAt(spec, 'boundObjectRef');
  const asked = spec['expirationSeconds'];
  const seconds = typeof asked === 'number' ? Math.max(MIN_TOKEN_SECONDS, asked) : DEFAULT_TOKEN_SECONDS;
  const issuedAt = Math.floor(core.simulation.clock.unixMs / 1000);
  const audiences =
    Array.isArray(spec['audiences']) && spec['audiences'].length > 0
      ? spec['audiences'].filter((item): item is string => typeof item === 'string')
      : [ISSUER];
  const pod =
    bound !== undefined && textAt(bound, 'kind') === 'Pod'
      ? { name: textAt(bound, 'name'), uid: textAt(bound, 'uid') }
      : undefined;
  const token = tokens.sign({
    namespace,
    account: { name: account.name, uid: account.uid },
    ...(pod === undefined ? {} : { pod }),
    audiences,
    issuedAt,
    expiresAt: issuedAt + seconds,
    id: core.simulation.random.for('apiserver', 'token').uuid(),
  });
  return {
    object: {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { name: account.name, namespace, creationTimestamp: formatRfc3339(core.simulation.clock.unixMs) },
      spec: { ...spec, audiences, expirationSeconds: seconds, boundObjectRef: bound ?? null },
      status: { token, expirationTimestamp: formatRfc3339((issuedAt + seconds) * 1000) },
    },
    code: 201,
  };
}

export { metaOf };
