/** lsb_release (lsb-release 12.0, a script over os-release): what this distribution is. Leaves out: nothing. */
import { fileText } from '../io.ts';
import { command, type Invocation } from '../coreutils/command.ts';

/** What is told, in this order: the option, its label, the member of os-release. */
const FACTS = [
  ['i', 'Distributor ID', 'ID'],
  ['d', 'Description', 'PRETTY_NAME'],
  ['r', 'Release', 'VERSION_ID'],
  ['c', 'Codename', 'VERSION_CODENAME'],
] as const;

export const lsbRelease = command(
  {
    name: 'lsb_release',
    calls: 'short',
    short: 'hvidrcas',
    long: {
      help: 'h',
      version: 'v',
      id: 'i',
      description: 'd',
      release: 'r',
      codename: 'c',
      all: 'a',
      short: 's',
    },
    helpOption: '-h',
    hint: '',
    usageStatus: 2,
    usage: '[options]',
  },
  async (call) => {
    const { io, options, process } = call;
    const release = releaseOf(call);
    if (process.isatty(1)) await io.raw('No LSB modules are available.\n');
    for (const [letter, label, member] of FACTS) {
      if (!options.has(letter) && !options.has('a')) continue;
      const value = (member === 'ID' ? distributor(release) : release(member)) || 'n/a';
      io.line(options.has('s') ? value : `${label}:\t${value}`);
    }
    return await io.end(0);
  },
);

type Release = (member: string) => string;

/** Members of $LSB_OS_RELEASE, /etc/os-release or /usr/lib/os-release; empty where one is not set. */
function releaseOf({ process }: Invocation): Release {
  const named = process.env['LSB_OS_RELEASE'];
  const text = [...(named === undefined ? [] : [named]), '/etc/os-release', '/usr/lib/os-release']
    .map((path) => fileText(process, path))
    .find((found) => found !== undefined);
  return (member) => new RegExp(`^${member}=["']?([^"'\\n]*)`, 'm').exec(text ?? '')?.[1] ?? '';
}

/** The name as it is written where it is the identifier but for its case. */
function distributor(release: Release): string {
  const [id, name] = [release('ID'), release('NAME')];
  return id.toLowerCase() === name.toLowerCase() ? name : id.charAt(0).toUpperCase() + id.slice(1);
}
