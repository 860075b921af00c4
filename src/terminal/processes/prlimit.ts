/** prlimit (util-linux 2.39): the resource limits of a process, shown and set. */
import { failed, strerror } from '../../protocol/errno.ts';
import type { ResourceName } from '../../protocol/program.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { replaceBy } from '../coreutils/process/env.ts';
import { notSimulated } from '../system/plain-program.ts';
import { smartTable } from '../system/smart-table.ts';

interface Resource {
  readonly letter: string;
  readonly name: ResourceName;
  readonly help: string;
  readonly unit: string;
  /** This kernel holds processes to it, or it can have no effect here; others are refused. */
  readonly kept?: true;
}

/** In the order in which all are shown. */
const RESOURCES: readonly Resource[] = [
  { letter: 'v', name: 'as', help: 'address space limit', unit: 'bytes', kept: true },
  { letter: 'c', name: 'core', help: 'max core file size', unit: 'bytes', kept: true },
  { letter: 't', name: 'cpu', help: 'CPU time', unit: 'seconds' },
  { letter: 'd', name: 'data', help: 'max data size', unit: 'bytes' },
  { letter: 'f', name: 'fsize', help: 'max file size', unit: 'bytes', kept: true },
  { letter: 'x', name: 'locks', help: 'max number of file locks held', unit: 'locks', kept: true },
  { letter: 'l', name: 'memlock', help: 'max locked-in-memory address space', unit: 'bytes', kept: true },
  { letter: 'q', name: 'msgqueue', help: 'max bytes in POSIX mqueues', unit: 'bytes', kept: true },
  { letter: 'e', name: 'nice', help: 'max nice prio allowed to raise', unit: '' },
  { letter: 'n', name: 'nofile', help: 'max number of open files', unit: 'files', kept: true },
  { letter: 'u', name: 'nproc', help: 'max number of processes', unit: 'processes', kept: true },
  { letter: 'm', name: 'rss', help: 'max resident set size', unit: 'bytes', kept: true },
  { letter: 'r', name: 'rtprio', help: 'max real-time priority', unit: '' },
  { letter: 'y', name: 'rttime', help: 'timeout for real-time tasks', unit: 'microsecs' },
  { letter: 'i', name: 'sigpending', help: 'max number of pending signals', unit: 'signals' },
  { letter: 's', name: 'stack', help: 'max stack size', unit: 'bytes', kept: true },
];
const byLetter = new Map(RESOURCES.map((resource) => [resource.letter, resource]));

/** A limit as it is given: what is left out stays as it is. */
interface Bounds {
  readonly soft?: number;
  readonly hard?: number;
}
type Row = readonly [resource: Resource, soft: number, hard: number];

const COLUMNS: Readonly<Record<string, { readonly right?: true; readonly of: (row: Row) => string }>> = {
  RESOURCE: { of: ([{ name }]) => name.toUpperCase() },
  DESCRIPTION: { of: ([{ help }]) => help },
  SOFT: { right: true, of: ([, soft]) => shown(soft) },
  HARD: { right: true, of: ([, , hard]) => shown(hard) },
  UNITS: { of: ([{ unit }]) => unit },
};
const shown = (value: number): string => (Number.isFinite(value) ? String(value) : 'unlimited');

export const prlimit = command(
  {
    name: 'prlimit',
    calls: 'short',
    short: `${RESOURCES.map(({ letter }) => `${letter}::`).join('')}p:o:`,
    long: {
      ...Object.fromEntries(RESOURCES.map(({ letter, name }) => [name, letter])),
      pid: 'p',
      output: 'o',
      noheadings: 'noheadings',
      raw: 'raw',
      verbose: 'verbose',
    },
    stopEarly: true,
    usage: '[options] [--<resource>=<limit>] COMMAND',
  },
  async (call) => {
    const { process, io, options, operands } = call;
    const fail = async (text: string): Promise<number> => {
      await io.warn(text);
      return 1;
    };
    const pid = options.value('p');
    if (pid !== undefined && !/^\d+$/.test(pid)) return await fail(`invalid PID argument: '${pid}'`);
    const columns = (options.value('o') ?? Object.keys(COLUMNS).join(',')).split(',');
    const unknown = columns.find((name) => !(name.toUpperCase() in COLUMNS));
    if (unknown !== undefined) return await fail(`unknown column: ${unknown}`);
    if (pid !== undefined && operands.length > 0) return await fail('options --pid and COMMAND are mutually exclusive');
    const asked: Resource[] = [];
    const changes: (readonly [Resource, Bounds])[] = [];
    for (const [letter, text] of options.order) {
      const resource = byLetter.get(letter);
      if (resource === undefined) continue;
      if (text === '') asked.push(resource);
      else {
        const bounds = parseBounds(text.replace(/^=/, ''));
        if (bounds === undefined) return await fail(`failed to parse ${resource.name.toUpperCase()} limit`);
        changes.push([resource, bounds]);
      }
    }
    const problem = await setLimits(call, changes, Number(pid ?? '0'));
    if (problem !== undefined) return problem;
    const shownOnes = asked.length > 0 || changes.length > 0 || operands.length > 0 ? asked : RESOURCES;
    const status = await showLimits(call, shownOnes, columns, Number(pid ?? '0'));
    if (status !== 0 || operands.length === 0) return await io.end(status);
    // What waits to be written goes with the program, but for what a terminal has already.
    if (process.isatty(1)) await io.flush();
    const failure = await replaceBy(process, operands);
    await io.raw(`prlimit: failed to execute ${operands[0] ?? ''}: ${strerror(failure)}\n`);
    return await io.end(failure.errno === 'ENOENT' ? 127 : 126);
  },
);

/** `5`, `5:`, `:5`, `5:6`, `unlimited`. */
function parseBounds(text: string): Bounds | undefined {
  const [soft = '', hard, more] = text.split(':');
  const parse = (word: string): number => (word === 'unlimited' ? Infinity : /^\d+$/.test(word) ? Number(word) : NaN);
  if (more !== undefined || (soft === '' && (hard ?? '') === '')) return undefined;
  const bounds: Bounds = {
    ...(soft === '' ? {} : { soft: parse(soft) }),
    ...(hard === undefined ? { hard: parse(soft) } : hard === '' ? {} : { hard: parse(hard) }),
  };
  return Object.values(bounds).some(Number.isNaN) ? undefined : bounds;
}

/** The exit status where one could not be set. */
async function setLimits(
  { process, io, options }: Invocation,
  changes: readonly (readonly [Resource, Bounds])[],
  pid: number,
): Promise<number | undefined> {
  for (const [{ name, kept }, bounds] of changes) {
    const title = name.toUpperCase();
    if (kept === undefined) return await notSimulated(io, `prlimit --${name}=`);
    const old = process.rlimit(name, undefined, pid);
    if (failed(old) && (bounds.soft === undefined || bounds.hard === undefined)) {
      await io.warn(`failed to get old ${title} limit: ${strerror(old)}`);
      return 1;
    }
    const wanted = { soft: 0, hard: 0, ...(failed(old) ? {} : old), ...bounds };
    if (wanted.soft > wanted.hard) {
      await io.warn(`the soft limit ${title} cannot exceed the hard limit`);
      return 1;
    }
    const done = process.rlimit(name, wanted, pid);
    if (failed(done)) {
      await io.warn(`failed to set the ${title} resource limit: ${strerror(done)}`);
      return 1;
    }
    if (options.has('verbose'))
      io.line(
        `New ${title} limit for pid ${String(pid === 0 ? process.pid : pid)}: <${shown(wanted.soft)}:${shown(wanted.hard)}>`,
      );
  }
  return undefined;
}

async function showLimits(
  { process, io, options }: Invocation,
  resources: readonly Resource[],
  columns: readonly string[],
  pid: number,
): Promise<number> {
  if (resources.length === 0) return 0;
  const rows: Row[] = [];
  for (const resource of resources) {
    const limit = process.rlimit(resource.name, undefined, pid);
    if (failed(limit)) {
      await io.warn(`failed to get the ${resource.name.toUpperCase()} resource limit: ${strerror(limit)}`);
      return 1;
    }
    rows.push([resource, limit.soft, limit.hard]);
  }
  const chosen = columns.map((name) => ({ title: name.toUpperCase(), column: COLUMNS[name.toUpperCase()] }));
  const table = smartTable(
    chosen.map(({ title, column }) => ({ title, right: column?.right === true })),
    rows.map((row) => chosen.map(({ column }) => column?.of(row) ?? '')),
    { noHeadings: options.has('noheadings'), raw: options.has('raw') },
  );
  for (const line of table) io.line(line);
  return 0;
}
