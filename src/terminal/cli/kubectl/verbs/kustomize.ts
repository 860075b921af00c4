/** kubectl kustomize: prints what a kustomization makes. */
import { failed } from '../../../../protocol/errno.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { stringifyYaml } from '../../../../formats/yaml.ts';
import { fatal } from '../fatal.ts';
import { kustomize } from '../kustomize/build.ts';
import type { Verb } from '../verb.ts';

export const kustomizeVerb: Verb = {
  path: 'kustomize',
  short: 'Build a kustomization target from a directory or URL',
  examples: ['kubectl kustomize', 'kubectl kustomize overlays/production'],
  flags: ['output'],
  run: async (context) => {
    const { flags } = context;
    if (flags.args.length > 1) fatal('specify one path to kustomization.yaml');
    const objects = await kustomize(context, flags.args[0] ?? '.');
    const text = objects.map((object) => stringifyYaml(object)).join('---\n');
    const path = flags.string('output');
    if (path === '') context.io.out(text);
    else if (failed(context.process.writeFile(path, encodeUtf8(text)))) fatal(`open ${path}: permission denied`);
    return 0;
  },
};
