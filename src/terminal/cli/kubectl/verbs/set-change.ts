/** What the commands of `kubectl set` share: which objects they change, and how the change is sent. */
import { deepEqual } from '../../../../engine/kubernetes/apimachinery/equality.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { editPatch } from '../apply-patch.ts';
import { Faults, type Context } from '../context.ts';
import { resourcePath } from '../discovery.ts';
import { localObjects } from '../local-objects.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { selectTargets, type Target } from '../selection.ts';
import { FILE_FLAGS, PRINT_FLAGS } from '../verb.ts';

export const SET_FLAGS = [
  ...PRINT_FLAGS,
  ...FILE_FLAGS,
  'all',
  'dry-run',
  'field-manager',
  'selector',
  'record',
] as const;

/** Runs a change over the selected objects and sends what differs; with --local, prints what files would become. */
export async function changeAll(
  context: Context,
  args: readonly string[],
  manager: string,
  done: string,
  change: (object: JsonObject) => JsonObject | undefined,
): Promise<number> {
  const printer = objectPrinter(context);
  const faults = new Faults();
  if (context.flags.bool('local')) {
    for (const object of await localObjects(context)) {
      await faults.guard(() => {
        const next = change(object);
        if (next !== undefined) reportObject(context, next, done, printer);
        return Promise.resolve();
      });
    }
    faults.raise();
    return 0;
  }
  const targets = await selectTargets(context, { args, files: true, fetch: true, needNames: true }, faults);
  for (const target of targets) {
    await faults.guard(async () => {
      const next = change(target.object);
      if (next === undefined || deepEqual(next, target.object)) return;
      const made = context.dryRun() === 'client' ? next : await send(context, target, next, manager);
      reportObject(context, made, done, printer);
    });
  }
  faults.raise();
  return 0;
}

async function send(context: Context, target: Target, next: JsonObject, manager: string): Promise<JsonObject> {
  const patch = editPatch(target.type, target.object, next);
  const reply = await context.api.patch(
    resourcePath(target.type, target.namespace, target.name),
    patch.kind,
    patch.body,
    {
      fieldManager: context.flags.string('field-manager') === '' ? manager : context.flags.string('field-manager'),
      ...(context.dryRun() === 'server' ? { dryRun: 'All' } : {}),
    },
  );
  const made = context.api.must(reply);
  await context.flushWarnings();
  return made;
}
