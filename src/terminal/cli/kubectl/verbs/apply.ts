/**
 * kubectl apply.
 * Models: client-side three-way apply with the last-applied annotation, server-side apply, rehearsals.
 * Leaves out: --prune, --force.
 */
import type { FailureStatus } from '../../../../engine/kubernetes/apimachinery/status.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { parseJson } from '../../../../formats/json-parse.ts';
import { applyMergePatch } from '../../../../engine/kubernetes/apimachinery/json-merge-patch.ts';
import { namesFiles } from '../arguments.ts';
import { applyPatch } from '../apply-patch.ts';
import { Faults, type Context } from '../context.ts';
import { LAST_APPLIED, withLastApplied, writeQuery } from '../create-object.ts';
import { resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { objectsAt, textAt } from '../fields.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { selectTargets, type Target } from '../selection.ts';
import { refuse } from '../server-error.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';

export const apply: Verb = {
  path: 'apply',
  short: 'Apply a configuration to a resource by file name or stdin',
  examples: ['kubectl apply -f ./pod.json', 'cat pod.json | kubectl apply -f -'],
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    'dry-run',
    'field-manager',
    'validate',
    'server-side',
    'force-conflicts',
    'overwrite',
    'selector',
    'all',
    'openapi-patch',
  ],
  run: async (context) => {
    const { flags } = context;
    if (flags.args.length > 0) context.usage(`Unexpected args: [${flags.args.join(' ')}]`);
    if (!namesFiles(context)) fatal('must specify one of -f and -k');
    if (flags.bool('force-conflicts') && !flags.bool('server-side'))
      fatal('--force-conflicts only works with --server-side');
    if (flags.bool('server-side') && context.dryRun() === 'client')
      fatal("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
    const printer = objectPrinter(context);
    const faults = new Faults();
    const done: JsonObject[] = [];
    let count = 0;
    for (const target of await selectTargets(context, { files: true, args: [] }, faults)) {
      count += 1;
      const result = await faults.guard(() =>
        flags.bool('server-side') ? applyOnServer(context, target) : applyOnClient(context, target),
      );
      await context.flushWarnings();
      if (result === undefined) continue;
      if (printer === undefined || flags.string('output') === 'name')
        reportObject(context, result.object, result.done, printer);
      else done.push(result.object);
    }
    if (printer !== undefined && done.length > 0) {
      const [only] = done;
      context.io.out(
        printer(
          done.length === 1 && only !== undefined
            ? only
            : { apiVersion: 'v1', items: done, kind: 'List', metadata: {} },
        ),
      );
    }
    faults.raise();
    if (count === 0) fatal('no objects passed to apply');
    return 0;
  },
};

interface Result {
  readonly object: JsonObject;
  readonly done: string;
}

async function applyOnClient(context: Context, target: Target): Promise<Result> {
  const { api } = context;
  const path = resourcePath(target.type, target.namespace, target.name);
  const wanted = withLastApplied(target.object);
  const dryRun = context.dryRun();
  const query = writeQuery(context, 'kubectl-client-side-apply');
  if (target.name === '' && textAt(target.object, 'metadata', 'generateName') !== '') {
    fatal(`from ${textAt(target.object, 'metadata', 'generateName')}: cannot use generate name with apply`);
  }
  const found = await api.ask({ path });
  if (!found.ok) {
    if (found.failure.reason !== 'NotFound') refuse(found.failure);
    if (dryRun === 'client') return { object: target.object, done: 'created' };
    const made = await api.create(resourcePath(target.type, target.namespace), wanted, query);
    return { object: api.must(made, { verb: 'creating', file: target.source ?? '' }), done: 'created' };
  }
  const live = found.object;
  const note = textAt(live, 'metadata', 'annotations', LAST_APPLIED);
  if (note === '') {
    await context.error(
      `Warning: resource ${target.type.plural}/${target.name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`,
    );
  }
  const patch = applyPatch(target.type, parseNote(note), wanted, live);
  if (Object.keys(patch.body).length === 0) return { object: live, done: 'unchanged' };
  if (dryRun === 'client') return { object: applyMergePatch(live, wanted) as JsonObject, done: 'configured' };
  const reply = await api.patch(path, patch.kind, patch.body, query);
  if (!reply.ok) {
    refuse(
      reply.failure.reason === 'Invalid'
        ? reply.failure
        : {
            ...reply.failure,
            message: `error when applying patch:\n${JSON.stringify(patch.body)}\nto:\nResource: ${JSON.stringify(`${target.type.group === '' ? '' : `${target.type.group}/`}${target.type.version}, Resource=${target.type.plural}`)}, GroupVersionKind: ${JSON.stringify(`${target.type.group === '' ? '' : `${target.type.group}/`}${target.type.version}, Kind=${target.type.kind}`)}\nName: ${JSON.stringify(target.name)}, Namespace: ${JSON.stringify(target.namespace)}\nfor: ${JSON.stringify(target.source ?? '')}: error when patching ${JSON.stringify(target.source ?? '')}: ${reply.failure.message}`,
          },
    );
  }
  return { object: reply.object, done: 'configured' };
}

function parseNote(note: string): JsonObject {
  if (note === '') return {};
  const parsed = parseJson(note);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
}

async function applyOnServer(context: Context, target: Target): Promise<Result> {
  const { api, flags } = context;
  const query = { ...writeQuery(context, 'kubectl'), force: flags.bool('force-conflicts') };
  const reply = await api.patch(
    resourcePath(target.type, target.namespace, target.name),
    'apply',
    target.object,
    query,
  );
  if (reply.ok) return { object: reply.object, done: 'serverside-applied' };
  return reply.failure.reason === 'Conflict' ? fatal(conflictText(reply.failure)) : refuse(reply.failure);
}

function conflictText(failure: FailureStatus): string {
  const causes = objectsAt({ causes: (failure.details?.causes ?? []) as readonly JsonObject[] }, 'causes');
  const lines = causes.length === 0 ? [] : [''];
  return `${failure.message}${lines.join('')}
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;
}
