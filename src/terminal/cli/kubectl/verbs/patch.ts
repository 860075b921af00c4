/** kubectl patch and replace. */
import { deepEqual } from '../../../../engine/kubernetes/apimachinery/equality.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { parseJson } from '../../../../formats/json-parse.ts';
import { parseYaml } from '../../../../formats/yaml.ts';
import { bytesToText } from '../../../text.ts';
import { namesFiles } from '../arguments.ts';
import { Faults, type Context } from '../context.ts';
import { withLastApplied, writeQuery } from '../create-object.ts';
import { resourcePath } from '../discovery.ts';
import { Fatal, fatal } from '../fatal.ts';
import { textAt, withField } from '../fields.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { selectTargets } from '../selection.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';
import { follow } from '../wait-loop.ts';

export const patch: Verb = {
  path: 'patch',
  short: 'Update fields of a resource',
  examples: [
    `kubectl patch node k8s-node-1 -p '{"spec":{"unschedulable":true}}'`,
    `kubectl patch pod valid-pod --type=json -p='[{"op": "replace", "path": "/spec/containers/0/image", "value":"new image"}]'`,
  ],
  flags: [...PRINT_FLAGS, ...FILE_FLAGS, 'dry-run', 'field-manager', 'patch', 'patch-file', 'subresource', 'type'],
  run: async (context) => {
    const { flags } = context;
    const kind = flags.string('type') === '' ? 'strategic' : flags.string('type').toLowerCase();
    if (kind !== 'strategic' && kind !== 'merge' && kind !== 'json')
      fatal(`--type must be one of [json merge strategic], not ${JSON.stringify(kind)}`);
    const body = readPatch(context);
    const printer = objectPrinter(context);
    const faults = new Faults();
    const subresource = flags.string('subresource');
    for (const target of await selectTargets(context, { files: true, fetch: true, needNames: true }, faults)) {
      await faults.guard(async () => {
        const dryRun = context.dryRun();
        const path = resourcePath(
          target.type,
          target.namespace,
          target.name,
          subresource === '' ? undefined : subresource,
        );
        // A rehearsal on the client is computed by the server too, without being kept.
        const made = context.api.must(
          await context.api.patch(path, kind, body, {
            fieldManager: flags.string('field-manager') === '' ? 'kubectl-patch' : flags.string('field-manager'),
            ...(dryRun === 'none' ? {} : { dryRun: 'All' }),
          }),
        );
        await context.flushWarnings();
        reportObject(
          context,
          made,
          deepEqual(comparable(made), comparable(target.object)) ? 'patched (no change)' : 'patched',
          printer,
        );
      });
    }
    faults.raise();
    return 0;
  },
};

const comparable = (object: JsonObject): JsonObject =>
  withField(withField(object, ['metadata', 'managedFields'], undefined), ['metadata', 'resourceVersion'], undefined);

function readPatch(context: Context): JsonValue {
  const { flags } = context;
  const path = flags.string('patch-file');
  let text = flags.string('patch');
  if (text === '' && path === '') fatal('must specify --patch or --patch-file containing the contents of the patch');
  if (text !== '' && path !== '') fatal('cannot specify --patch and --patch-file together');
  if (path !== '') {
    const bytes = context.process.readFile(path);
    text = failed(bytes)
      ? fatal(`unable to read patch file: open ${path}: no such file or directory`)
      : bytesToText(bytes);
  }
  if (text.trimStart().startsWith('{') || text.trimStart().startsWith('[')) {
    const parsed = parseJson(text);
    if (parsed.ok) return parsed.value;
    // What looks like JSON is sent as it stands; this is what the server says of it.
    if (text.trimStart().startsWith('{'))
      throw new Fatal(`Error from server (BadRequest): couldn't get version/kind; json parse error: ${parsed.message}`);
  }
  const parsed = parseYaml(text);
  return parsed.ok ? parsed.value : fatal(`unable to parse ${JSON.stringify(text)}: ${parsed.error.message}`);
}

export const replace: Verb = {
  path: 'replace',
  short: 'Replace a resource by file name or stdin',
  examples: ['kubectl replace -f ./pod.json', 'kubectl replace --force -f ./pod.json'],
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    'cascade',
    'dry-run',
    'field-manager',
    'force',
    'grace-period',
    'save-config',
    'subresource',
    'timeout',
    'validate',
    'wait',
  ],
  run: async (context) => {
    const { flags } = context;
    if (!namesFiles(context)) fatal('must specify one of -f and -k');
    if (flags.int('grace-period') >= 0 && !flags.bool('force')) fatal('--grace-period must have --force specified');
    if (flags.durationMs('timeout') !== 0 && !flags.bool('force')) fatal('--timeout must have --force specified');
    const printer = objectPrinter(context);
    const faults = new Faults();
    for (const target of await selectTargets(context, { files: true, args: [] }, faults)) {
      await faults.guard(async () => {
        const object = flags.bool('save-config') ? withLastApplied(target.object) : target.object;
        const path = resourcePath(target.type, target.namespace, target.name);
        const source = { verb: 'replacing', file: target.source ?? '' };
        if (context.dryRun() === 'client') {
          reportObject(context, object, 'replaced', printer);
          return;
        }
        if (flags.bool('force')) {
          const deleted = await context.api.delete(path, {
            kind: 'DeleteOptions',
            apiVersion: 'v1',
            propagationPolicy: 'Background',
            gracePeriodSeconds: 0,
          });
          if (deleted.ok) {
            context.line(
              `${target.type.group === '' ? target.type.singular : `${target.type.singular}.${target.type.group}`} ${JSON.stringify(target.name)} deleted${target.namespace === '' ? '' : ` from ${target.namespace} namespace`}`,
            );
            await follow(
              context,
              { type: target.type, namespace: target.namespace, name: target.name, timeoutMs: 300_000 },
              (sight) => (sight === undefined ? true : undefined),
            );
          }
          const made = context.api.must(
            await context.api.create(
              resourcePath(target.type, target.namespace),
              object,
              writeQuery(context, 'kubectl-replace'),
            ),
            source,
          );
          reportObject(context, made, 'replaced', printer);
          return;
        }
        const live = await context.api.ask({ path });
        const current = context.api.must(live, source);
        const sent =
          textAt(object, 'metadata', 'resourceVersion') === ''
            ? withField(object, ['metadata', 'resourceVersion'], textAt(current, 'metadata', 'resourceVersion'))
            : object;
        const made = context.api.must(
          await context.api.replace(path, sent, writeQuery(context, 'kubectl-replace')),
          source,
        );
        await context.flushWarnings();
        reportObject(context, made, 'replaced', printer);
      });
    }
    faults.raise();
    return 0;
  },
};
