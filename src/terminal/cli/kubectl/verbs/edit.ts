/**
 * kubectl edit.
 * Models: an editor on a temporary file, the patch of what was changed, another round after a refusal.
 * Leaves out: several objects in one file, --output-patch, apply edit-last-applied.
 */
import { failed } from '../../../../protocol/errno.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { Process } from '../../../../protocol/program.ts';
import { deepEqual } from '../../../../engine/kubernetes/apimachinery/equality.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { parseYaml, stringifyYaml } from '../../../../formats/yaml.ts';
import { bytesToText } from '../../../text.ts';
import { editPatch } from '../apply-patch.ts';
import { Faults, type Context } from '../context.ts';
import { resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { objectPrinter, reportObject, withoutManagedFields } from '../print.ts';
import { selectTargets, type Target } from '../selection.ts';
import { serverErrorText } from '../server-error.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';

const HEADER = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;
/** Rounds after which a file that stays wrong is given up. */
const MAX_ROUNDS = 50;

export const edit: Verb = {
  path: 'edit',
  short: 'Edit a resource on the server',
  examples: ['kubectl edit svc/registry', 'KUBE_EDITOR="nano" kubectl edit svc/registry'],
  flags: [...PRINT_FLAGS, ...FILE_FLAGS, 'field-manager', 'selector', 'validate', 'save-config'],
  run: async (context) => {
    const faults = new Faults();
    const targets = await selectTargets(context, { files: true, fetch: true }, faults);
    faults.raise();
    for (const target of targets) await faults.guard(() => editOne(context, target));
    faults.raise();
    return 0;
  },
};

async function editOne(context: Context, target: Target): Promise<void> {
  const shown = { ...withoutManagedFields(target.object), kind: target.type.kind };
  const original = stringifyYaml(shown);
  let content = original;
  let problems: readonly string[] = [];
  let previous: string | undefined;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const comments = problems.length === 0 ? '' : `${problems.map((line) => `# ${line}`).join('\n')}\n#\n`;
    const path = await runEditor(context, HEADER + comments + content);
    const bytes = context.process.readFile(path);
    const text = failed(bytes) ? '' : bytesToText(bytes);
    const edited = text
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');
    if (edited.trim() === '') {
      context.process.unlink(path);
      await context.error('Edit cancelled, saved file was empty.');
      return;
    }
    if (edited === original) {
      context.process.unlink(path);
      await context.error('Edit cancelled, no changes made.');
      return;
    }
    if (previous !== undefined && edited === previous) {
      await context.error(
        `Edit cancelled, no valid changes were saved.\nA copy of your changes has been stored to ${JSON.stringify(path)}`,
      );
      return fatal('Edit cancelled, no valid changes were saved.');
    }
    previous = edited;
    content = edited;
    const outcome = await save(context, target, shown, edited);
    if (outcome === undefined) {
      context.process.unlink(path);
      return;
    }
    problems = outcome;
    await context.error(
      `error: ${target.type.plural}${target.type.group === '' ? '' : `.${target.type.group}`} ${JSON.stringify(target.name)} is invalid`,
    );
  }
  fatal('too many attempts');
}

/** Sends what was changed; answers what is wrong with it. */
async function save(
  context: Context,
  target: Target,
  before: JsonObject,
  text: string,
): Promise<readonly string[] | undefined> {
  const parsed = parseYaml(text);
  const name = `${target.type.plural}${target.type.group === '' ? '' : `.${target.type.group}`} ${JSON.stringify(target.name)}`;
  if (!parsed.ok) return [`The edited file had a syntax error: error converting YAML to JSON: ${parsed.error.message}`];
  if (!isJsonObject(parsed.value)) return ['The edited file had a syntax error: not an object'];
  const after = parsed.value as JsonObject;
  if (deepEqual(before, after)) {
    await context.error('Edit cancelled, no changes made.');
    return undefined;
  }
  const patch = editPatch(target.type, before, after);
  const reply = await context.api.patch(
    resourcePath(target.type, target.namespace, target.name),
    patch.kind,
    patch.body,
    {
      fieldManager:
        context.flags.string('field-manager') === '' ? 'kubectl-edit' : context.flags.string('field-manager'),
      fieldValidation: 'Strict',
    },
  );
  if (!reply.ok) {
    const { failure } = reply;
    if (failure.reason !== 'Invalid' && failure.reason !== 'BadRequest') {
      return fatal(serverErrorText(failure));
    }
    const causes = failure.details?.causes ?? [];
    return causes.length === 0
      ? [`${name} was not valid:`, `* ${failure.message}`]
      : [`${name} was not valid:`, ...causes.map((cause) => `* ${cause.field ?? ''}: ${cause.message ?? ''}`)];
  }
  await context.flushWarnings();
  reportObject(context, reply.object, 'edited', objectPrinter(context));
  return undefined;
}

/** Opens the person's editor on a new file and waits for it; answers the file's path. */
async function runEditor(context: Context, text: string): Promise<string> {
  const { process } = context;
  const digits = [...process.random(5)].reduce((sum, byte) => (sum * 256 + byte) % 10_000_000_000, 0);
  const path = `/tmp/kubectl-edit-${String(digits)}.yaml`;
  const written = process.writeFile(path, encodeUtf8(text), { mode: 0o600 });
  if (failed(written)) return fatal(`open ${path}: permission denied`);
  await context.io.flush();
  const command = process.env['KUBE_EDITOR'] ?? process.env['EDITOR'] ?? 'vi';
  const words = command.split(/\s+/).filter((word) => word !== '');
  const program = findProgram(process, words[0] ?? 'vi');
  if (program === undefined) return fatal(`unable to launch the editor ${JSON.stringify(command)}`);
  const pid = process.spawn(program, [...words, path]);
  if (failed(pid)) return fatal(`unable to launch the editor ${JSON.stringify(command)}`);
  for (;;) {
    const status = await process.wait(pid);
    if (failed(status)) {
      if (status.errno === 'EINTR') continue;
      break;
    }
    if (status?.type === 'exited' && status.code !== 0)
      fatal(`there was a problem with the editor ${JSON.stringify(words[0] ?? 'vi')}`);
    if (status?.type === 'killed') fatal(`there was a problem with the editor ${JSON.stringify(words[0] ?? 'vi')}`);
    break;
  }
  return path;
}

/** Where a program is, by PATH. */
export function findProgram(process: Process, name: string): string | undefined {
  if (name.includes('/')) return name;
  for (const directory of (process.env['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin').split(
    ':',
  )) {
    const path = `${directory}/${name}`;
    const stat = process.stat(path);
    if (!failed(stat) && stat.type === 'file' && (stat.mode & 0o111) !== 0) return path;
  }
  return undefined;
}
