import type { RequestHead } from '../../../../protocol/http.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import type { Simulation } from '../../../sim/simulation.ts';
import {
  type FailureStatus,
  badRequest,
  failure,
  isFailure,
  methodNotSupported,
  unsupportedMediaType,
} from '../../apimachinery/status.ts';
import type {
  ApiRequest,
  DeleteOptions,
  ListOptions,
  PatchType,
  Propagation,
  UserInfo,
  WriteOptions,
} from '../../client/interface.ts';
import type { Outcome } from '../core.ts';
import type { ResourceInfo } from '../registry.ts';
import { isObject, objectAt } from '../selection.ts';
import type { ApiServer } from '../server.ts';
import { contentType, wantsTable } from './negotiate.ts';
import { type ResourceRoute, type Target, first } from './routes.ts';
import { storedOnlyWarnings } from './stored-only-fields.ts';
import { tableOf } from './table.ts';

const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
  'application/apply-patch+cbor': 'apply',
};

/** What upstream warns of whenever the resource is used. */
const DEPRECATED: Readonly<Record<string, string>> = {
  endpoints: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  componentstatuses: 'v1 ComponentStatus is deprecated in v1.19+',
};

/** Carries out one request on a resource and shapes the answer as the client asked. */
export function resourceAnswer(
  server: ApiServer,
  simulation: Simulation,
  user: UserInfo,
  head: RequestHead,
  target: Target,
  route: ResourceRoute,
  body: JsonValue | undefined,
): Outcome | FailureStatus {
  const { info } = route;
  if (route.subresource !== '' && !info.subresources.some(({ name }) => name === route.subresource))
    return failure('NotFound', 'the server could not find the requested resource', {});
  const request = requestOf(head, target, route, body);
  if (isFailure(request)) return request;
  const answered = server.executeOn(user, info, request);
  if (isFailure(answered)) return answered;
  const deprecated = DEPRECATED[info.groupResource];
  const remarks = [...(deprecated === undefined ? [] : [deprecated]), ...remarksOnFields(info, request, answered)];
  const outcome =
    remarks.length === 0 ? answered : { ...answered, warnings: [...remarks, ...(answered.warnings ?? [])] };
  const version = wantsTable(head.headers);
  if (version === undefined || route.subresource !== '' || !isReading(request)) return outcome;
  const items = outcome.object['items'];
  const isList = request.verb === 'list' && Array.isArray(items);
  const rows = isList ? items.filter(isObject) : [outcome.object];
  const metadata = isList
    ? (objectAt(outcome.object, 'metadata') ?? {})
    : { resourceVersion: String(objectAt(outcome.object, 'metadata')?.['resourceVersion'] ?? '') };
  const options = { version, includeObject: first(target, 'includeObject'), headers: true };
  return { ...outcome, object: tableOf(info, rows, metadata, options, { nowMs: simulation.clock.unixMs }) };
}

/** Subresources besides the object itself that are written in its own shape, with wishes in it. */
const WISHES: ReadonlySet<string> = new Set(['', 'ephemeralcontainers', 'resize']);

function remarksOnFields(info: ResourceInfo, request: ApiRequest, { object }: Outcome): readonly string[] {
  if (request.verb !== 'create' && request.verb !== 'update' && request.verb !== 'patch') return [];
  if (info.model === undefined || !WISHES.has(request.options.subresource ?? '')) return [];
  if (request.verb !== 'patch') return storedOnlyWarnings(info.model, request.object);
  // A JSON patch does not have the shape of what it changes.
  return storedOnlyWarnings(info.model, isObject(request.patch) ? request.patch : object);
}

const isReading = (request: ApiRequest): boolean => request.verb === 'get' || request.verb === 'list';

export const listOptions = (target: Target, route: ResourceRoute): ListOptions => ({
  ...(route.namespace === '' ? {} : { namespace: route.namespace }),
  labelSelector: first(target, 'labelSelector'),
  fieldSelector: first(target, 'fieldSelector'),
  limit: Number(first(target, 'limit')) || 0,
  continue: first(target, 'continue'),
  resourceVersion: first(target, 'resourceVersion'),
  resourceVersionMatch: first(target, 'resourceVersionMatch'),
});

function writeOptions(target: Target, route: ResourceRoute, head: RequestHead): WriteOptions | FailureStatus {
  const dryRun = target.query.get('dryRun') ?? [];
  const [bad] = dryRun.filter((value) => value !== 'All');
  if (bad !== undefined)
    return failure(
      'Invalid',
      `CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ${JSON.stringify(bad)}: supported values: "All"`,
    );
  const validation = first(target, 'fieldValidation');
  if (!['', 'Strict', 'Warn', 'Ignore'].includes(validation)) {
    return failure(
      'Invalid',
      `CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: ${JSON.stringify(validation)}: supported values: "Ignore", "Strict", "Warn"`,
    );
  }
  return {
    dryRun: dryRun.includes('All'),
    fieldManager: first(target, 'fieldManager') || managerOf(head),
    fieldValidation: validation === 'Strict' ? 'Strict' : validation === 'Ignore' ? 'Ignore' : 'Warn',
    ...(route.subresource === '' ? {} : { subresource: route.subresource }),
    ...(first(target, 'force') === 'true' ? { force: true } : {}),
  };
}

/** Without a name of its own, a manager is what the user agent begins with. */
const managerOf = (head: RequestHead): string => (head.headers['user-agent'] ?? '').split('/')[0] ?? '';

function requestOf(
  head: RequestHead,
  target: Target,
  route: ResourceRoute,
  body: JsonValue | undefined,
): ApiRequest | FailureStatus {
  const { info, namespace, name, subresource } = route;
  const resource = info.groupResource;
  const place = namespace === '' ? {} : { namespace };
  const options = writeOptions(target, route, head);
  if (isFailure(options)) return options;
  switch (head.method) {
    case 'GET':
      return name === ''
        ? { verb: 'list', resource, options: listOptions(target, route) }
        : { verb: 'get', resource, name, ...place, ...(subresource === '' ? {} : { subresource }) };
    case 'POST':
      return withObject(body, info, (object) =>
        name !== '' && subresource === ''
          ? methodNotSupported(info.plural, 'create', info.group)
          : { verb: 'create', resource, object, options, ...place, ...(name === '' ? {} : { name }) },
      );
    case 'PUT':
      return withObject(body, info, (object) => ({ verb: 'update', resource, name, object, options, ...place }));
    case 'PATCH': {
      const type = PATCH_TYPES[contentType(head.headers)];
      if (type === undefined)
        return unsupportedMediaType(contentType(head.headers), Object.keys(PATCH_TYPES).slice(0, 4));
      return { verb: 'patch', resource, name, patchType: type, patch: body ?? null, options, ...place };
    }
    case 'DELETE': {
      const deletion = deleteOptions(target, body);
      return name === ''
        ? { verb: 'deletecollection', resource, options: { ...listOptions(target, route), ...deletion } }
        : { verb: 'delete', resource, name, options: deletion, ...place };
    }
    default:
      return methodNotSupported(info.plural, head.method.toLowerCase(), info.group);
  }
}

function withObject(
  body: JsonValue | undefined,
  info: ResourceInfo,
  next: (object: JsonObject) => ApiRequest | FailureStatus,
): ApiRequest | FailureStatus {
  if (body === undefined)
    return badRequest(`${info.kind} in version "${info.version}" cannot be handled as a ${info.kind}: EOF`);
  return isObject(body)
    ? next(body)
    : badRequest(
        `couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(body) ? 'array' : typeof body} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
      );
}

function deleteOptions(target: Target, body: JsonValue | undefined): DeleteOptions {
  const sent = isObject(body ?? null) ? (body as JsonObject) : {};
  const number = (key: string): number | undefined => {
    const value = sent[key] ?? (first(target, key) === '' ? undefined : Number(first(target, key)));
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const grace = number('gracePeriodSeconds');
  const policy = sent['propagationPolicy'] ?? first(target, 'propagationPolicy');
  const orphan = sent['orphanDependents'];
  const propagation: Propagation | undefined =
    policy === 'Background' || policy === 'Foreground' || policy === 'Orphan'
      ? policy
      : orphan === true
        ? 'Orphan'
        : orphan === false
          ? 'Background'
          : undefined;
  const preconditions = objectAt(sent, 'preconditions');
  const dryRun = sent['dryRun'] ?? target.query.get('dryRun');
  return {
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
    ...(preconditions === undefined
      ? {}
      : {
          preconditions: {
            ...(typeof preconditions['uid'] === 'string' ? { uid: preconditions['uid'] } : {}),
            ...(typeof preconditions['resourceVersion'] === 'string'
              ? { resourceVersion: preconditions['resourceVersion'] }
              : {}),
          },
        }),
    ...(Array.isArray(dryRun) && dryRun.includes('All') ? { dryRun: true } : {}),
  };
}
