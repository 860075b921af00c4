import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { formatRfc3339 } from '../../sim/clock.ts';
import { invalidObject } from '../apimachinery/field-error.ts';
import { type FailureStatus, badRequest, failedWith, isFailure, methodNotSupported } from '../apimachinery/status.ts';
import type { UserInfo, WriteOptions } from '../client/interface.ts';
import type { Core, Outcome } from './core.ts';
import type { ResourceInfo } from './registry.ts';
import { asApiObject, asJson } from './selection.ts';
import { type Received, metaOf, receive, textAt, tracksGeneration, validateMeta } from './write-common.ts';

const MAX_GENERATED_BASE = 58;
const SUFFIX_LENGTH = 5;
/** What the server alone writes into metadata. */
const NOT_FROM_CREATORS: ReadonlySet<string> = new Set([
  'resourceVersion',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'namespace',
]);
/** Events live an hour. */
export const EVENT_LEASE_SECONDS = 3600;

/** A generated name that is taken is drawn anew so often (kubernetes registry/rest RetryGenerateName). */
const NAME_ATTEMPTS = 8;

/** POST to a collection. */
export function createObject(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  namespace: string,
  body: JsonObject,
  options: WriteOptions,
  lease?: () => number,
): Outcome | FailureStatus {
  if (!info.verbs.includes('create')) return methodNotSupported(info.plural, 'create', info.group);
  const received = receive(info, body, options);
  if (isFailure(received)) return received;
  const sent = metaOf(received.object);
  const generates = textAt(sent, 'name') === '' && textAt(sent, 'generateName') !== '';
  for (let attempt = 1; ; attempt += 1) {
    const outcome = createNamed(core, user, info, namespace, received, options, lease);
    if (!generates || attempt === NAME_ATTEMPTS || !failedWith(outcome, 'AlreadyExists')) return outcome;
  }
}

function createNamed(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  namespace: string,
  received: Received,
  options: WriteOptions,
  lease?: () => number,
): Outcome | FailureStatus {
  const named = withMeta(core, info, namespace, received.object);
  if (isFailure(named)) return named;
  const name = textAt(metaOf(named), 'name');
  const request = {
    user,
    operation: 'CREATE',
    info,
    namespace,
    name,
    subresource: '',
    dryRun: options.dryRun === true,
  } as const;
  const { strategy } = info;
  let view = asApiObject(named);
  view = strategy.defaults?.(view) ?? view;
  // A manager has set what it sent and what that defaults to, not what admission and the server add.
  const tracked = core.trackFields(info, asJson(view), undefined, options);
  const admitted = core.admit({ ...request, object: tracked });
  if (isFailure(admitted)) return admitted;
  view = asApiObject(admitted);
  view = strategy.prepareForCreate?.(view) ?? view;
  // Go writes an empty status where a kind has one.
  const whole = asJson(view);
  const allocated = core.allocate(
    info,
    info.hasStatus && info.model !== undefined && whole['status'] === undefined ? { ...whole, status: {} } : whole,
  );
  if (isFailure(allocated)) return allocated;
  view = asApiObject(allocated);
  const errors = [...validateMeta(info, view), ...(strategy.validate?.(view) ?? [])];
  if (errors.length > 0) return invalidObject(info.kind, info.group, name, errors);
  const refused = core.review({ ...request, object: allocated });
  if (refused !== undefined) return refused;
  const warnings = [...received.warnings, ...(strategy.warnings?.(view) ?? [])];
  const inactive = core.inactiveWarning(info);
  if (inactive !== undefined) warnings.push(inactive);
  if (options.dryRun === true) return { object: allocated, code: 201, warnings };
  const stored = core.storage.create(info, namespace, name, allocated, lease?.());
  return isFailure(stored) ? stored : { object: stored, code: 201, warnings };
}

/** Fills name, namespace, uid, creation time and generation; drops what only the server writes. */
function withMeta(core: Core, info: ResourceInfo, namespace: string, object: JsonObject): JsonObject | FailureStatus {
  const sent = metaOf(object);
  const sentNamespace = textAt(sent, 'namespace');
  if (info.namespaced && sentNamespace !== '' && sentNamespace !== namespace) {
    return badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  }
  if (textAt(sent, 'resourceVersion') !== '')
    return badRequest('resourceVersion should not be set on objects to be created');
  const { simulation } = core;
  const base = textAt(sent, 'generateName');
  const name =
    textAt(sent, 'name') === '' && base !== ''
      ? base.slice(0, MAX_GENERATED_BASE) +
        simulation.random
          .for('apiserver', 'generateName', info.groupResource, namespace, base)
          .safeString(SUFFIX_LENGTH)
      : textAt(sent, 'name');
  const metadata: { [key: string]: JsonValue } = {};
  for (const key of Object.keys(sent)) if (!NOT_FROM_CREATORS.has(key)) metadata[key] = sent[key];
  metadata['name'] = name;
  if (info.namespaced) metadata['namespace'] = namespace;
  metadata['uid'] = simulation.random.for('apiserver', 'uid').uuid();
  metadata['creationTimestamp'] = formatRfc3339(simulation.clock.unixMs);
  if (tracksGeneration(info)) metadata['generation'] = 1;
  // A kind with a status subresource takes no status from its creator (nodes and namespaces do, by their own strategy).
  const keepsStatus = !info.hasStatus || info.groupResource === 'nodes' || info.groupResource === 'pods';
  const whole: { [key: string]: JsonValue } = {};
  for (const key of Object.keys(object)) if (key !== 'status' && key !== 'metadata') whole[key] = object[key];
  whole['metadata'] = metadata;
  if (keepsStatus && object['status'] !== undefined) whole['status'] = object['status'];
  return whole;
}
