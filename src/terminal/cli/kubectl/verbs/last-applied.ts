/** kubectl apply view-last-applied and set-last-applied. */
import { isJsonObject, stringifyJson } from '../../../../formats/json.ts';
import { parseJson } from '../../../../formats/json-parse.ts';
import { stringifyYaml } from '../../../../formats/yaml.ts';
import { Faults } from '../context.ts';
import { LAST_APPLIED, withLastApplied } from '../create-object.ts';
import { resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { textAt } from '../fields.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { fetchOne, selectTargets } from '../selection.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';

export const viewLastApplied: Verb = {
  path: 'apply view-last-applied',
  short: 'View the latest last-applied-configuration annotations of a resource/object',
  examples: [
    'kubectl apply view-last-applied deployment/nginx',
    'kubectl apply view-last-applied -f deploy.yaml -o json',
  ],
  flags: [...FILE_FLAGS, 'all', 'output', 'selector'],
  run: async (context) => {
    const { flags } = context;
    const output = flags.string('output');
    if (output !== 'yaml' && output !== 'json')
      context.usage(`Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`);
    const faults = new Faults();
    const targets = await selectTargets(context, { files: true, fetch: true }, faults);
    faults.raise();
    const notes = targets.map((target) => {
      const note = textAt(target.object, 'metadata', 'annotations', LAST_APPLIED);
      if (note === '') fatal(`no last-applied-configuration annotation found on resource: ${target.name}`);
      const parsed = parseJson(note);
      return parsed.ok && isJsonObject(parsed.value)
        ? parsed.value
        : fatal(`invalid last-applied-configuration annotation on resource: ${target.name}`);
    });
    for (const note of notes)
      context.io.out(output === 'yaml' ? stringifyYaml(note) : `${stringifyJson(note, { indent: '  ' })}\n`);
    return 0;
  },
};

export const setLastApplied: Verb = {
  path: 'apply set-last-applied',
  short: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  examples: [
    'kubectl apply set-last-applied -f deploy.yaml',
    'kubectl apply set-last-applied -f deploy.yaml --create-annotation=true',
  ],
  flags: [...PRINT_FLAGS, 'create-annotation', 'dry-run', 'filename'],
  run: async (context) => {
    const { flags } = context;
    const dryRun = context.dryRun();
    const printer = objectPrinter(context);
    const faults = new Faults();
    const targets = await selectTargets(context, { files: true, args: [] }, faults);
    faults.raise();
    for (const { type, name, namespace, object } of targets) {
      const live = await fetchOne(context, type, name, namespace);
      const before = textAt(live.object, 'metadata', 'annotations', LAST_APPLIED);
      if (before === '' && !flags.bool('create-annotation'))
        fatal(
          `no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`,
        );
      const after = textAt(withLastApplied(object), 'metadata', 'annotations', LAST_APPLIED);
      const body = { metadata: { annotations: { [LAST_APPLIED]: after } } };
      const made =
        dryRun === 'client'
          ? live.object
          : context.api.must(
              await context.api.patch(
                resourcePath(type, live.namespace, name),
                'merge',
                body,
                dryRun === 'server' ? { dryRun: 'All' } : {},
              ),
            );
      reportObject(context, made, 'configured', printer);
    }
    return 0;
  },
};
