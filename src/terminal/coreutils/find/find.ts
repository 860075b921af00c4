/** find: names, types, sizes, times, owners, -exec (both forms), -delete, -prune, boolean operators. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Applet } from '../command.ts';
import { namedIo } from '../command.ts';
import { joinPath } from '../paths/paths.ts';
import { runBatches } from './actions.ts';
import type { Here, Test, Walk } from './reader.ts';
import { ExpressionReader, Usage } from './reader.ts';
import { parseExpression } from './expression.ts';
import { versioned } from '../../versioned.ts';

const applet: Applet['applet'] = async (process, flavour, argv) => {
  const io = namedIo(process, flavour, argv, { name: 'find' });
  const leading = leadingOptions(argv.slice(1));
  const optimization = leading.find((arg) => arg.startsWith('-O') && !/^-O\d+$/.test(arg));
  if (optimization !== undefined) {
    await io.warn('Please specify a decimal number immediately after -O');
    return await io.end(1);
  }
  if (leading.includes('-D')) {
    await io.raw("drydock: 'find -D' is not simulated\n");
    return 1;
  }
  const args = argv.slice(1 + leading.length);
  const split = args.findIndex((arg) => arg.startsWith('-') || arg === '(' || arg === '!');
  const starts = split < 0 ? args : args.slice(0, split);
  const walk: Walk = {
    maxDepth: Infinity,
    minDepth: 0,
    depthFirst: false,
    quit: false,
    follow: followOf(leading),
    oneFileSystem: false,
    fromDayStart: false,
    regexKind: 'emacs',
    status: 0,
    acted: false,
    batches: [],
  };
  const reader = new ExpressionReader(process, io, walk, split < 0 ? [] : args.slice(split), flavour);
  try {
    const test = parseExpression(reader);
    for (const start of starts.length === 0 ? ['.'] : starts) await visit(reader, start, { start, depth: 0 }, test);
    await runBatches(reader);
    return await io.end(walk.status);
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    if (error.message.startsWith('drydock:')) await io.raw(`${error.message}\n`);
    else if (flavour === 'busybox') await io.raw(busyboxComplaint(error.message));
    else await io.warn(error.message);
    return 1;
  }
};
/** The options before the first path: how links are followed, and what the order of tests may be, which changes no answer. */
function leadingOptions(args: readonly string[]): readonly string[] {
  const end = args.findIndex((arg) => !/^-(?:[HLPD]|O.*)$/.test(arg));
  return end < 0 ? args : args.slice(0, end);
}

function followOf(leading: readonly string[]): Walk['follow'] {
  const last = leading.findLast((arg) => /^-[HLP]$/.test(arg));
  return last === '-L' ? 'all' : last === '-H' ? 'operands' : 'none';
}

/** What busybox says where the expression is wrong; without the sentences of its help. */
function busyboxComplaint(message: string): string {
  const [, unknown] = /^unknown predicate `(.*)'$/s.exec(message) ?? [];
  if (unknown !== undefined)
    return `find: unrecognized: ${unknown}\nBusyBox v1.37.0 multi-call binary.\n\nUsage: find [-HL] [PATH]... [OPTIONS] [ACTIONS]\n`;
  return `find: ${message.replace(/^missing argument to `(.*)'$/s, '$1 requires an argument')}\n`;
}

export const find = versioned({ name: 'find', run: (process) => applet(process, 'gnu', process.argv), applet });

/** Looks at a file and at what lies below it; `device` is where its start lies. */
async function visit(
  reader: ExpressionReader,
  path: string,
  { start, depth, device }: { readonly start: string; readonly depth: number; readonly device?: number },
  test: Test,
): Promise<void> {
  const { process, io, walk } = reader;
  if (walk.quit) return;
  const follows = walk.follow === 'all' || (walk.follow === 'operands' && depth === 0);
  const followed = follows ? process.stat(path) : undefined;
  const stat = followed === undefined || failed(followed) ? process.lstat(path) : followed;
  if (failed(stat)) {
    await io.warn(`${reader.flavour === 'gnu' ? `\u2018${path}\u2019` : path}: ${strerror(stat)}`);
    walk.status = 1;
    return;
  }
  const trimmed = path.replace(/(.)\/+$/, '$1');
  const name = trimmed === '/' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
  const here: Here = { path, name, stat, depth, start, prune: false };
  const look = async (): Promise<void> => {
    if (depth >= walk.minDepth) await test(here);
    if (io.full) await io.flush();
  };
  if (!walk.depthFirst) await look();
  const isBeyond = walk.oneFileSystem && stat.device !== (device ?? stat.device);
  const isEntered = stat.type === 'directory' && depth < walk.maxDepth && !(here.prune && !walk.depthFirst);
  if (isEntered && !isBeyond && !walk.quit) {
    const entries = process.readdir(path);
    if (failed(entries)) {
      await io.warn(`${reader.flavour === 'gnu' ? `\u2018${path}\u2019` : path}: ${strerror(entries)}`);
      walk.status = 1;
    } else {
      const below = { start, depth: depth + 1, device: device ?? stat.device };
      for (const entry of entries) await visit(reader, joinPath(path, entry.name), below, test);
    }
  }
  if (walk.depthFirst && !walk.quit) await look();
}
