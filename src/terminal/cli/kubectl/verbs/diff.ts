/** kubectl diff: the live object against what apply would make of it, shown by the diff program. */
import { failed } from '../../../../protocol/errno.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { stringifyYaml } from '../../../../formats/yaml.ts';
import { namesFiles } from '../arguments.ts';
import { applyPatch } from '../apply-patch.ts';
import { Faults, type Context } from '../context.ts';
import { LAST_APPLIED } from '../create-object.ts';
import { resourcePath } from '../discovery.ts';
import { Fatal, fatal } from '../fatal.ts';
import { objectAt, textAt, withField } from '../fields.ts';
import { withoutManagedFields } from '../print.ts';
import { selectTargets, type Target } from '../selection.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { parseJson } from '../../../../formats/json-parse.ts';
import { FILE_FLAGS, type Verb } from '../verb.ts';
import { findProgram } from './edit.ts';

export const diff: Verb = {
  path: 'diff',
  short: 'Diff the live version against a would-be applied version',
  flags: [
    ...FILE_FLAGS,
    'field-manager',
    'force-conflicts',
    'selector',
    'server-side',
    'concurrency',
    'show-managed-fields',
  ],
  run: async (context) => {
    try {
      return await compare(context);
    } catch (problem) {
      // 1 is kept for differences.
      if (problem instanceof Fatal) throw new Fatal(problem.text, Math.max(problem.code, 2));
      throw problem;
    }
  },
};

async function compare(context: Context): Promise<number> {
  const { flags } = context;
  if (flags.args.length > 0) context.usage(`Unexpected args: [${flags.args.join(' ')}]`);
  if (!namesFiles(context)) fatal('must specify one of -f and -k');
  const faults = new Faults();
  const digits = (): string => String([...context.process.random(4)].reduce((sum, byte) => sum * 256 + byte, 0));
  const [live, merged] = [`/tmp/LIVE-${digits()}`, `/tmp/MERGED-${digits()}`];
  context.process.mkdir(live, 0o700);
  context.process.mkdir(merged, 0o700);
  const names: string[] = [];
  for (const target of await selectTargets(context, { files: true, args: [] }, faults)) {
    await faults.guard(async () => {
      const pair = await versions(context, target);
      const group = target.type.group === '' ? '' : `${target.type.group}.`;
      const name = `${group}${target.type.version}.${target.type.kind}.${target.namespace}.${target.name}`;
      names.push(name);
      context.process.writeFile(
        `${live}/${name}`,
        encodeUtf8(pair.live === undefined ? '' : stringifyYaml(withoutManagedFields(pair.live))),
      );
      context.process.writeFile(`${merged}/${name}`, encodeUtf8(stringifyYaml(withoutManagedFields(pair.merged))));
    });
  }
  const code = await runDiff(context, live, merged);
  for (const name of names) for (const directory of [live, merged]) context.process.unlink(`${directory}/${name}`);
  for (const directory of [live, merged]) context.process.rmdir(directory);
  faults.raise();
  return code;
}

async function versions(
  context: Context,
  target: Target,
): Promise<{ live: JsonObject | undefined; merged: JsonObject }> {
  const { api } = context;
  const path = resourcePath(target.type, target.namespace, target.name);
  const query = { dryRun: 'All', fieldManager: 'kubectl-client-side-apply' };
  const found = await api.ask({ path });
  if (!found.ok) {
    if (found.failure.reason !== 'NotFound') api.must(found);
    return {
      live: undefined,
      merged: api.must(await api.create(resourcePath(target.type, target.namespace), target.object, query)),
    };
  }
  const note = parseJson(textAt(found.object, 'metadata', 'annotations', LAST_APPLIED));
  const last = note.ok && isJsonObject(note.value) ? (note.value as JsonObject) : {};
  // Annotations are named even where there are none, as they are in what was applied last.
  const wanted = withField(
    target.object,
    ['metadata', 'annotations'],
    objectAt(target.object, 'metadata', 'annotations'),
  );
  const patch = applyPatch(target.type, last, wanted, found.object);
  if (Object.keys(patch.body).length === 0) return { live: found.object, merged: found.object };
  const merged = api.must(await api.patch(path, patch.kind, patch.body, query));
  return { live: found.object, merged };
}

async function runDiff(context: Context, live: string, merged: string): Promise<number> {
  const { process } = context;
  await context.io.flush();
  const command = (process.env['KUBECTL_EXTERNAL_DIFF'] ?? 'diff -u -N').split(' ');
  const program = findProgram(process, command[0] ?? 'diff');
  if (program === undefined)
    throw new Fatal(
      `error: failed to run ${JSON.stringify(command[0])}: exec: ${JSON.stringify(command[0])}: executable file not found in $PATH`,
      2,
    );
  const pid = process.spawn(program, [...command, live, merged]);
  if (failed(pid)) throw new Fatal(`error: failed to run ${JSON.stringify(command[0])}`, 2);
  const status = await process.wait(pid);
  return !failed(status) && status?.type === 'exited' ? status.code : 2;
}
