/** kubectl plugin list: programs of PATH that are named like plugins. They are found; kubectl does not hand over to them. */
import { failed } from '../../../../protocol/errno.ts';
import type { Context } from '../context.ts';
import { fatal, fatalText } from '../fatal.ts';
import type { Verb } from '../verb.ts';

const PREFIX = 'kubectl-';
const EXECUTABLE = 0o111;

export const pluginList: Verb = {
  path: 'plugin list',
  short: "List all visible plugin executables on a user's PATH",
  flags: ['name-only'],
  run: (context) => {
    const found = plugins(context);
    if (found.length === 0) fatal('unable to find any kubectl plugins in your PATH');
    context.line('The following compatible plugins are available:\n');
    const warnings: string[] = [];
    for (const { folder, name } of found) {
      context.line(context.flags.bool('name-only') ? name : `${folder}/${name}`);
      const stat = context.process.stat(`${folder}/${name}`);
      if (!failed(stat) && (stat.mode & EXECUTABLE) === 0)
        warnings.push(`warning: ${folder}/${name} identified as a kubectl plugin, but it is not executable`);
    }
    const [only] = warnings;
    if (only !== undefined)
      fatalText(`${warnings.map((text) => `  - ${text}`).join('\n')}\n\nerror: ${counted(warnings.length)}`);
    return Promise.resolve(0);
  },
};

const counted = (count: number): string =>
  count === 1 ? 'one plugin warning was found' : `${String(count)} plugin warnings were found`;

function plugins({ process }: Context): readonly { readonly folder: string; readonly name: string }[] {
  const folders = new Set((process.env['PATH'] ?? '').split(':').filter((folder) => folder !== ''));
  return [...folders].flatMap((folder) => {
    const entries = process.readdir(folder);
    if (failed(entries)) return [];
    return entries
      .filter(({ name }) => name.startsWith(PREFIX))
      .map(({ name }) => ({ folder, name }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  });
}
