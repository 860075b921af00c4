/**
 * pstree (psmisc 23.7).
 * Models: equal subtrees drawn once, -a -A -c -g -l -n -p -s -T -u -U, a pid or user to start from, the width of the screen.
 * Leaves out: threads, namespaces (-N -S), colours and highlighting.
 */
import { isUtf8 } from '../locale-name.ts';
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { accountOf, userNameOf } from '../accounts.ts';
import { command, type Options } from '../coreutils/command.ts';
import { notSimulated } from '../system/plain-program.ts';
import { readProcesses, type ProcEntry } from './process-list.ts';

const USAGE = `Usage: pstree [-acglpsStTuZ] [ -h | -H PID ] [ -n | -N type ]
              [ -A | -G | -U ] [ PID | USER ]
   or: pstree -V
`;
/** What stands for: a first of several, an only one, one among, the last, a line going on, blanks. */
interface Art {
  readonly first: string;
  readonly only: string;
  readonly among: string;
  readonly last: string;
  readonly line: string;
}
const ASCII: Art = { first: '-+-', only: '---', among: ' |-', last: ' `-', line: ' | ' };
const UNICODE: Art = { first: '─┬─', only: '───', among: ' ├─', last: ' └─', line: ' │ ' };

interface Node {
  readonly entry: ProcEntry;
  readonly label: string;
  readonly children: readonly Node[];
}

export const pstree = command(
  {
    name: 'pstree',
    calls: 'short',
    short: 'aAcC:gGhH:lnN:psStTuUVZ',
    long: {
      arguments: 'a',
      ascii: 'A',
      'compact-not': 'c',
      'show-pgids': 'g',
      long: 'l',
      'numeric-sort': 'n',
      'show-pids': 'p',
      'show-parents': 's',
      'hide-threads': 'T',
      'uid-changes': 'u',
      color: 'C',
      vt100: 'G',
      'highlight-all': 'h',
      'highlight-pid': 'H',
      'ns-sort': 'N',
      'ns-changes': 'S',
      'security-context': 'Z',
      'thread-names': 't',
      unicode: 'U',
    },
    hint: USAGE.trimEnd(),
  },
  async ({ io, options, operands, process }) => {
    const missing = ['C', 'G', 'h', 'H', 'N', 'S', 'V', 'Z'].find((letter) => options.has(letter));
    if (missing !== undefined) return await notSimulated(io, `pstree -${missing}`);
    const entries = readProcesses(process);
    const roots = rootsOf(process, entries, operands[0] ?? '1');
    if (typeof roots === 'string') {
      await io.raw(roots);
      return 1;
    }
    const art = options.has('U') || (isUtf8(process) && !options.has('A') && process.isatty(1)) ? UNICODE : ASCII;
    const size = process.windowSize(1);
    const width = options.has('l') ? Infinity : failed(size) ? 132 : size.columns;
    for (const root of roots) {
      const tree = treeOf(process, options, entries, root);
      const lines = options.has('a') ? argumentLines(tree, art) : branchLines(tree, art, options);
      for (const line of lines) io.line(line.length > width ? `${line.slice(0, width - 1)}+` : line);
    }
    return await io.end(0);
  },
);

/** Where trees begin, or why nowhere. */
function rootsOf(process: Process, entries: readonly ProcEntry[], start: string): readonly ProcEntry[] | string {
  if (/^\d+$/.test(start)) {
    const found = entries.find(({ pid }) => pid === Number(start));
    return found === undefined ? [] : [found];
  }
  const account = accountOf(process, start);
  if (account === undefined) return `No such user name: ${start}\n`;
  const own = entries.filter(({ uid }) => uid === account.uid);
  const roots = own.filter(({ ppid }) => !own.some(({ pid }) => pid === ppid));
  return roots.length > 0 ? roots : 'No processes found.\n';
}

function treeOf(process: Process, options: Options, entries: readonly ProcEntry[], root: ProcEntry): Node {
  const byPid = options.has('n') || options.has('p') || options.has('c') || options.has('g');
  const build = (entry: ProcEntry, parent: ProcEntry | undefined): Node => {
    const below = entries.filter(({ ppid, pid }) => ppid === entry.pid && pid !== entry.pid);
    const ordered = options.has('n')
      ? below
      : below.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : byPid ? a.pid - b.pid : 0));
    return {
      entry,
      label: labelOf(process, options, entry, parent),
      children: ordered.map((child) => build(child, entry)),
    };
  };
  let node = build(root, undefined);
  if (!options.has('s')) return node;
  for (let at = root; ;) {
    const parent = entries.find(({ pid }) => pid === at.ppid);
    if (parent === undefined) return node;
    node = { entry: parent, label: labelOf(process, options, parent, undefined), children: [node] };
    at = parent;
  }
}

/** `name(pid,group,user)`, or `name,pid,user args` with -a. */
function labelOf(process: Process, options: Options, entry: ProcEntry, parent: ProcEntry | undefined): string {
  const changed = options.has('u') && parent !== undefined && parent.uid !== entry.uid;
  const details = [
    ...(options.has('p') ? [String(entry.pid)] : []),
    ...(options.has('g') ? [String(entry.group)] : []),
    ...(changed ? [userNameOf(process, entry.uid) ?? String(entry.uid)] : []),
  ];
  if (!options.has('a')) return details.length === 0 ? entry.name : `${entry.name}(${details.join(',')})`;
  const args = entry.args.startsWith('[') ? '' : entry.args.split(' ').slice(1).join(' ');
  return `${[entry.name, ...details].join(',')}${args === '' ? '' : ` ${args}`}`;
}

/** One process a line, arguments and all. */
function argumentLines(root: Node, art: Art): readonly string[] {
  const lines: string[] = [];
  const show = (node: Node, lead: string, mark: string): void => {
    lines.push(`${lead}${mark}${node.label}`);
    for (const [index, child] of node.children.entries()) {
      const isLast = index === node.children.length - 1;
      const inner = mark === '' ? '  ' : `${lead}${mark === art.last.slice(1) ? '  ' : art.line.slice(1)}  `;
      show(child, inner, (isLast ? art.last : art.among).slice(1));
    }
  };
  show(root, '', '');
  return lines;
}

interface Branch {
  readonly text: string;
  readonly children: readonly Branch[];
  /** Closes the brackets of `3*[…]`. */
  readonly tail: string;
}

/** Equal siblings become one with a number before it. */
function compacted(nodes: readonly Node[], compact: boolean): readonly Branch[] {
  const branches = nodes.map(({ label, children }) => ({
    text: label,
    children: compacted(children, compact),
    tail: '',
  }));
  if (!compact) return branches;
  const groups = new Map<string, { readonly branch: Branch; count: number }>();
  for (const branch of branches) {
    const key = JSON.stringify(branch);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { branch, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()].map(({ branch, count }) =>
    count === 1 ? branch : { ...branch, text: `${String(count)}*[${branch.text}`, tail: ']' },
  );
}

/** First children beside their parent, the others below each other. */
function branchLines(root: Node, art: Art, options: Options): readonly string[] {
  const compact = !(options.has('c') || options.has('p') || options.has('g'));
  const [branch] = compacted([root], compact);
  return branch === undefined ? [] : drawn(branch, art, '');
}

function drawn({ text, children, tail }: Branch, art: Art, closing: string): readonly string[] {
  if (children.length === 0) return [`${text}${tail}${closing}`];
  const pad = ' '.repeat(text.length);
  return children.flatMap((child, index) => {
    const isLast = index === children.length - 1;
    const lines = drawn(child, art, `${tail}${isLast ? closing : ''}`);
    const join = children.length === 1 ? art.only : index === 0 ? art.first : isLast ? art.last : art.among;
    const under = isLast ? '   ' : art.line;
    return lines.map((line, row) => `${index === 0 && row === 0 ? text : pad}${row === 0 ? join : under}${line}`);
  });
}
