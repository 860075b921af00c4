/** kubectl create -f. */
import { namesFiles } from '../../arguments.ts';
import { withLastApplied, writeQuery } from '../../create-object.ts';
import { Faults } from '../../context.ts';
import { resourcePath } from '../../discovery.ts';
import { fatal } from '../../fatal.ts';
import { nameOf } from '../../fields.ts';
import { objectPrinter, reportObject } from '../../print.ts';
import { selectTargets } from '../../selection.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../../verb.ts';

export const create: Verb = {
  path: 'create',
  short: 'Create a resource from a file or from stdin',
  examples: ['kubectl create -f ./pod.json', 'cat pod.json | kubectl create -f -'],
  flags: [...PRINT_FLAGS, ...FILE_FLAGS, 'dry-run', 'save-config', 'field-manager', 'validate', 'selector'],
  run: async (context) => {
    const { flags } = context;
    if (flags.args.length > 0) context.usage(`Unexpected args: [${flags.args.join(' ')}]`);
    if (!namesFiles(context)) fatal('must specify one of -f and -k');
    const printer = objectPrinter(context);
    const dryRun = context.dryRun();
    const faults = new Faults();
    let count = 0;
    for (const target of await selectTargets(context, { files: true, args: [] }, faults)) {
      count += 1;
      await faults.guard(async () => {
        const object = flags.bool('save-config') ? withLastApplied(target.object) : target.object;
        if (dryRun === 'client') {
          reportObject(context, object, 'created', printer);
          return;
        }
        const path = resourcePath(target.type, target.namespace);
        const reply = await context.api.create(path, object, writeQuery(context, 'kubectl-create'));
        const made = context.api.must(reply, { verb: 'creating', file: target.source ?? '' });
        await context.flushWarnings();
        reportObject(context, nameOf(made) === '' ? object : made, 'created', printer);
      });
    }
    faults.raise();
    if (count === 0) fatal('no objects passed to create');
    return 0;
  },
};
