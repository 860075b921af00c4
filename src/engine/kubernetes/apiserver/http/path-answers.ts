import { KUBERNETES_BUILD, KUBERNETES_VERSION } from '../../../versions.ts';
import type { RequestHead } from '../../../../protocol/http.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { EMPTY_BYTES, encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { Registry } from '../registry.ts';
import type { ApiServer } from '../server.ts';
import { aggregated, apiVersions, group, groupList, resourceList } from './discovery.ts';
import { wantsAggregated } from './negotiate.ts';
import { loadDescriptions, openApiDocument, openApiIndex } from './openapi.ts';
import { type Target, isSet } from './routes.ts';

export type PathAnswer =
  | { readonly object: JsonObject; readonly type?: string }
  | { readonly text: Uint8Array; readonly type: string; readonly code?: number };

const MINOR = '36';
const CHECKS = [
  'ping',
  'log',
  'etcd',
  'poststarthook/start-apiextensions-informers',
  'poststarthook/rbac/bootstrap-roles',
  'poststarthook/scheduling/bootstrap-system-priority-classes',
  'autoregister-completion',
];

/** Answers of paths outside the resource API; undefined where nothing is served. */
export function pathAnswer(server: ApiServer, head: RequestHead, target: Target): PathAnswer | undefined {
  if (head.method !== 'GET' && head.method !== 'HEAD') return undefined;
  const path = target.path.length > 1 ? target.path.replace(/\/$/, '') : target.path;
  const { registry } = server;
  const discovery = wantsAggregated(head.headers);
  switch (path) {
    case '/':
      return {
        object: {
          paths: [
            '/api',
            '/api/v1',
            '/apis',
            '/healthz',
            '/livez',
            '/openapi/v2',
            '/openapi/v3',
            '/readyz',
            '/version',
          ],
        },
      };
    case '/api':
    case '/apis': {
      if (discovery !== undefined) {
        return {
          object: aggregated(registry, path === '/api', discovery),
          type: `application/json;g=apidiscovery.k8s.io;v=${discovery};as=APIGroupDiscoveryList`,
        };
      }
      return { object: path === '/api' ? apiVersions(server.address) : groupList(registry) };
    }
    case '/version':
      return { text: encodeUtf8(versionText()), type: 'application/json' };
    case '/healthz':
    case '/livez':
    case '/readyz':
      return health(server, path.slice(1), target);
    case '/openapi/v3':
      return { object: openApiIndex(registry) };
    case '/openapi/v2':
      return { text: EMPTY_BYTES, type: 'application/octet-stream' };
    default:
      return listing(registry, path);
  }
}

/** Written with indentation and no final newline, unlike objects. */
function versionText(): string {
  const version = {
    major: '1',
    minor: MINOR,
    emulationMajor: '1',
    emulationMinor: MINOR,
    minCompatibilityMajor: '1',
    minCompatibilityMinor: String(Number(MINOR) - 1),
    gitVersion: KUBERNETES_VERSION,
    ...KUBERNETES_BUILD,
  };
  return JSON.stringify(version, undefined, 2);
}

function listing(registry: Registry, path: string): PathAnswer | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const object =
    parts[0] === 'api' && parts.length === 2
      ? resourceList(registry, '', parts[1] ?? '')
      : parts[0] === 'apis' && parts.length === 2
        ? group(registry, parts[1] ?? '')
        : parts[0] === 'apis' && parts.length === 3
          ? resourceList(registry, parts[1] ?? '', parts[2] ?? '')
          : undefined;
  return object === undefined ? undefined : { object };
}

function health(server: ApiServer, name: string, target: Target): PathAnswer {
  const store = server.core.storage.store();
  const broken = 'kind' in store;
  const type = 'text/plain; charset=utf-8';
  if (!broken && !isSet(target, 'verbose') && !target.query.has('verbose')) return { text: encodeUtf8('ok'), type };
  const lines = CHECKS.map((check) =>
    broken && check === 'etcd' ? `[-]${check} failed: reason withheld` : `[+]${check} ok`,
  );
  return {
    text: encodeUtf8(`${lines.join('\n')}\n${name} check ${broken ? 'failed' : 'passed'}\n`),
    type,
    code: broken ? 500 : 200,
  };
}

/** Makes OpenAPI documents with the reference texts. */
export type Described = (registry: Registry, path: string) => JsonObject | undefined;

export async function loadDescribed(): Promise<Described> {
  const describe = await loadDescriptions();
  const made = new Map<string, JsonObject>();
  return (registry, path) => {
    const known = made.get(path);
    if (known !== undefined) return known;
    const document = openApiDocument(registry, path, describe);
    if (document !== undefined) made.set(path, document);
    return document;
  };
}
