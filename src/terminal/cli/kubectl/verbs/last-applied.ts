/** kubectl apply view-last-applied. */
import { isJsonObject, stringifyKubectlJson } from '../../../../formats/json.ts';
import { parseJson } from '../../../../formats/json-parse.ts';
import { stringifyYaml } from '../../../../formats/yaml.ts';
import { Faults } from '../context.ts';
import { LAST_APPLIED } from '../create-object.ts';
import { fatal } from '../fatal.ts';
import { textAt } from '../fields.ts';
import { selectTargets } from '../selection.ts';
import { FILE_FLAGS, type Verb } from '../verb.ts';

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
    for (const note of notes) context.io.out(output === 'yaml' ? stringifyYaml(note) : stringifyKubectlJson(note));
    return 0;
  },
};
