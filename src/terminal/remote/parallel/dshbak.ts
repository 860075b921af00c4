/**
 * dshbak 2.34: what pdsh printed, gathered by host.
 * Models: -c, -d and -f, several files. Leaves out: names with digits in more than one place, which -c folds in no range.
 */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';

const RULE = '-'.repeat(16);
const USAGE = `Usage: dshbak [OPTION]...
 -h       Display this help message
 -c       Coalesce identical output from hosts
 -d DIR   Send output to files in DIR, one file per host
 -f       With -d, force creation of DIR
`;

export const dshbak = command(
  { name: 'dshbak', short: 'hcd:f', hint: '', usageStatus: 0 },
  async (call: Invocation): Promise<number> => {
    const { io, options } = call;
    if (options.has('h')) {
      await io.raw(USAGE);
      return 0;
    }
    const wrong = mistakeIn(call);
    if (wrong !== undefined) {
      await io.raw(`dshbak: Fatal: ${wrong}\n`);
      return 1;
    }
    const lines = await gather(call);
    const hosts = [...lines.keys()].toSorted(byNumber);
    const text = (host: string): string => (lines.get(host) ?? []).join('');
    if (options.has('d')) return await writeFiles(call, hosts, text);
    const groups = new Map<string, string[]>();
    for (const host of hosts) {
      const key = options.has('c') ? text(host) : host;
      groups.set(key, [...(groups.get(key) ?? []), host]);
    }
    for (const members of groups.values())
      io.out(`${RULE}\n${foldNames(members).join(',')}\n${RULE}\n${text(members[0] ?? '')}`);
    return await io.end(0);
  },
);

function mistakeIn({ options, process }: Invocation): string | undefined {
  const directory = options.value('d');
  if (options.has('c') && directory !== undefined) return 'Do not specify both -c and -d';
  if (options.has('f') && directory === undefined) return 'Option -f may only be used with -d';
  if (directory === undefined || options.has('f') || !failed(process.stat(directory))) return undefined;
  return `Output directory ${directory} does not exist`;
}

/** The lines of each host, without its name; others are passed over. */
async function gather({ process, io, operands }: Invocation): Promise<ReadonlyMap<string, readonly string[]>> {
  const lines = new Map<string, string[]>();
  for (const path of operands.length > 0 ? operands : ['-']) {
    const bytes = await readOperand(process, path);
    if (failed(bytes)) {
      await io.raw(`Can't open ${path}: No such file or directory at /usr/bin/dshbak line 112.\n`);
      continue;
    }
    for (const line of bytesToText(bytes).split(/(?<=\n)/)) {
      const [, host, rest = ''] = /^\s*(\S+?)\s*: ?(.*\n?)$/s.exec(line) ?? [];
      if (host !== undefined) lines.set(host, [...(lines.get(host) ?? []), rest]);
    }
  }
  return lines;
}

async function writeFiles(
  { io, options, process }: Invocation,
  hosts: readonly string[],
  text: (host: string) => string,
): Promise<number> {
  const directory = options.value('d') ?? '';
  if (options.has('f')) process.mkdir(directory, 0o755);
  for (const host of hosts) process.writeFile(`${directory}/${host}`, encodeUtf8(text(host)), { mode: 0o644 });
  return await io.end(0);
}

/** A name's text, number and rest. */
const partsOf = (name: string): readonly [string, string, string] => {
  const [, before = name, digits = '', after = ''] = /^(.*?)(\d+)(\D*)$/.exec(name) ?? [];
  return [before, digits, after];
};

function byNumber(a: string, b: string): number {
  const [[before, one], [otherBefore, other]] = [partsOf(a), partsOf(b)];
  if (before !== otherBefore) return before < otherBefore ? -1 : 1;
  return Number(one) - Number(other);
}

/** `h1`, `h2` and `h10` as `h[1-2,10]`. */
function foldNames(names: readonly string[]): readonly string[] {
  const groups = new Map<string, readonly string[]>();
  for (const name of names) {
    const [before, digits, after] = partsOf(name);
    const key = `${before}\0${after}`;
    groups.set(key, [...(groups.get(key) ?? []), digits]);
  }
  return [...groups].map(([key, numbers]) => {
    const [before = '', after = ''] = key.split('\0');
    if (numbers.length === 1) return `${before}${numbers[0] ?? ''}${after}`;
    return `${before}[${rangesOf(numbers)}]${after}`;
  });
}

function rangesOf(numbers: readonly string[]): string {
  const ranges: [string, string][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && Number(last[1]) + 1 === Number(number)) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(',');
}
