/** Sends a new object, or shows it where that is all --dry-run wants. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { stringifyJson } from '../../../formats/json.ts';
import type { Context } from './context.ts';
import { resourcePath, type ResourceType } from './discovery.ts';
import { Fatal, fatal } from './fatal.ts';
import { namespaceOf, objectAt } from './fields.ts';
import { objectPrinter, reportObject } from './print.ts';
import { serverErrorText } from './server-error.ts';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Flags of every generator under `kubectl create`. */
export const GENERATOR_FLAGS = [
  'output',
  'template',
  'allow-missing-template-keys',
  'show-managed-fields',
  'dry-run',
  'save-config',
  'field-manager',
  'validate',
] as const;

/** The object with itself noted as what was applied last. */
export function withLastApplied(object: JsonObject): JsonObject {
  const metadata = objectAt(object, 'metadata');
  const annotations = { ...objectAt(metadata, 'annotations') };
  delete annotations[LAST_APPLIED];
  const clean = { ...object, metadata: { ...metadata, annotations } };
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: `${stringifyJson(clean)}\n` } },
  };
}

/** Query of a write: who writes, how unknown fields are met, whether it is a rehearsal. */
export function writeQuery(context: Context, manager: string): Record<string, string> {
  const given = context.flags.string('field-manager');
  const validate = context.flags.string('validate');
  const directive = validate === 'warn' ? 'Warn' : validate === 'false' || validate === 'ignore' ? 'Ignore' : 'Strict';
  return {
    ...(context.flags.changed('dry-run') && context.dryRun() === 'server' ? { dryRun: 'All' } : {}),
    fieldManager: given === '' ? manager : given,
    fieldValidation: directive,
  };
}

/** Creates what a generator made, and reports it. */
export async function createGenerated(
  context: Context,
  made: JsonObject,
  options: { readonly what?: string } = {},
): Promise<number> {
  const printer = objectPrinter(context);
  const dryRun = context.dryRun();
  const object = context.flags.bool('save-config') ? withLastApplied(made) : made;
  if (dryRun === 'client') {
    reportObject(context, placedByFlag(context, object), 'created', printer);
    return 0;
  }
  const type = await context.discovery.forKind(String(object['apiVersion']), String(object['kind']));
  if (type === undefined)
    return fatal(`no matches for kind "${String(object['kind'])}" in version "${String(object['apiVersion'])}"`);
  const reply = await context.api.create(pathFor(context, type, object), object, writeQuery(context, 'kubectl-create'));
  if (!reply.ok) {
    // Most generators wrap the server's message.
    if (options.what !== undefined) fatal(`failed to create ${options.what}: ${reply.failure.message}`);
    throw new Fatal(serverErrorText(reply.failure));
  }
  await context.flushWarnings();
  reportObject(context, reply.object, 'created', printer);
  return 0;
}

function pathFor(context: Context, type: ResourceType, object: JsonObject): string {
  const own = namespaceOf(object);
  return resourcePath(type, type.namespaced ? (own === '' ? context.namespace : own) : '');
}

/** A rehearsal on the client shows the namespace only if it was given. */
function placedByFlag(context: Context, object: JsonObject): JsonObject {
  const { namespace, namespaceGiven } = context.connection;
  if (!namespaceGiven || CLUSTER_KINDS.has(String(object['kind']))) return object;
  return { ...object, metadata: { ...objectAt(object, 'metadata'), namespace } };
}

const CLUSTER_KINDS = new Set(['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'PriorityClass']);

/** The one NAME that a generator takes. */
export function nameArgument(context: Context, limit = 1): string {
  const { args, dashAt } = context.flags;
  const before = dashAt < 0 ? args : args.slice(0, dashAt);
  if (before.length === 0) context.usage(`exactly one NAME is required, got ${String(before.length)}`);
  if (before.length > limit) context.usage(`exactly one NAME is required, got ${String(before.length)}`);
  return before[0] ?? '';
}

/** What stands after `--`. */
export function commandArguments(context: Context): readonly string[] {
  const { args, dashAt } = context.flags;
  return dashAt < 0 ? [] : args.slice(dashAt);
}

/** A number where it is one, else the text (ports, disruption budgets). */
export const intOrString = (text: string): number | string => (/^[+-]?\d+$/.test(text) ? Number(text) : text);
