/** `systemctl list-timers`, `list-sockets` and `list-paths` (systemd src/systemctl/systemctl-list-units.c). */
import type { Invocation } from '../../../coreutils/command.ts';
import { matches } from '../../../shell/expand/pattern.ts';
import { strftime } from '../../../strftime.ts';
import { askManager, sayUnreachable, type Unit } from '../../client.ts';
import { ago, left } from '../../time-words.ts';

const STAMP = '%a %Y-%m-%d %H:%M:%S UTC';
/** Times stand at the right of their columns. */
const TIMER_COLUMNS = ['NEXT', '>LEFT', 'LAST', '>PASSED', 'UNIT', 'ACTIVATES'];

export async function listTimers(call: Invocation, names: readonly string[]): Promise<number> {
  const { process, options } = call;
  const reply = await askManager({ process, options }, { method: 'list', all: options.has('a') });
  if (reply.type === 'unreachable') return await sayUnreachable(call.io, reply);
  const units = reply.type === 'units' ? reply.units : [];
  const asked = names.map((name) => (name.endsWith('.timer') ? name : `${name}.timer`));
  const timers = units.filter(({ name, timer }) => timer !== undefined && (asked.length === 0 || asked.includes(name)));
  const rows = timers.toSorted(byNextElapse).map((unit) => timerRow(unit, process.time().realtimeUs));
  return await printTable(call, 'timer', TIMER_COLUMNS, rows);
}

export async function listSockets(call: Invocation, names: readonly string[]): Promise<number> {
  const rows = (units: readonly Unit[]): readonly (readonly string[])[] =>
    units.flatMap(({ name, socket, triggers }) =>
      (socket?.listens ?? []).map(({ kind, address }) => [
        address,
        ...(call.options.has('show-types') ? [kind] : []),
        name,
        triggers.length === 0 ? '-' : triggers.join(', '),
      ]),
    );
  const columns = ['LISTEN', ...(call.options.has('show-types') ? ['TYPE'] : []), 'UNIT', 'ACTIVATES'];
  return await listByPlace(call, 'socket', names, columns, rows);
}

export async function listPaths(call: Invocation, names: readonly string[]): Promise<number> {
  const rows = (units: readonly Unit[]): readonly (readonly string[])[] =>
    units.flatMap(({ name, watches, triggers }) =>
      (watches ?? []).map(({ condition, path }) => [path, condition, name, triggers.join(', ')]),
    );
  return await listByPlace(call, 'path', names, ['PATH', 'CONDITION', 'UNIT', 'ACTIVATES'], rows);
}

/** Units of a type, a row for each place that they are about, in the order of the places. */
async function listByPlace(
  call: Invocation,
  type: 'socket' | 'path',
  names: readonly string[],
  columns: readonly string[],
  rowsOf: (units: readonly Unit[]) => readonly (readonly string[])[],
): Promise<number> {
  const reply = await askManager(call, { method: 'list', all: call.options.has('a') });
  if (reply.type === 'unreachable') return await sayUnreachable(call.io, reply);
  const asked = names.map((name) => (/\.[a-z]+$/.test(name) ? name : `${name}.${type}`));
  const units = (reply.type === 'units' ? reply.units : []).filter(
    ({ name }) => name.endsWith(`.${type}`) && (asked.length === 0 || asked.some((pattern) => matches(pattern, name))),
  );
  const rows = rowsOf(units).toSorted(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
  return await printTable(call, type, columns, rows);
}

/** No unit of this type can be had here. */
export const listAutomounts = async (call: Invocation): Promise<number> =>
  await printTable(call, 'automount', ['WHAT', 'WHERE', 'MOUNTED', 'IDLE TIMEOUT', 'UNIT'], []);

function timerRow({ name, timer, triggers }: Unit, nowUs: number): readonly string[] {
  const { nextUnixUs, lastUnixUs } = timer ?? {};
  return [
    nextUnixUs === undefined ? '-' : strftime(STAMP, nextUnixUs),
    nextUnixUs === undefined ? '-' : left(nextUnixUs - nowUs),
    lastUnixUs === undefined ? '-' : strftime(STAMP, lastUnixUs),
    lastUnixUs === undefined ? '-' : ago(nowUs - lastUnixUs),
    name,
    triggers.join(', '),
  ];
}

function byNextElapse(a: Unit, b: Unit): number {
  const [first, second] = [a.timer?.nextUnixUs ?? Infinity, b.timer?.nextUnixUs ?? Infinity];
  return first === second ? (a.name < b.name ? -1 : 1) : first - second;
}

async function printTable(
  { io, options }: Invocation,
  type: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<number> {
  const hasLegend = !options.has('nl') && options.value('legend') !== 'false';
  const shown = hasLegend ? [columns.map((name) => name.replace('>', '')), ...rows] : rows;
  for (const line of tableLines(columns, shown)) io.line(line);
  if (hasLegend) {
    io.line(`\n${String(rows.length)} ${type}s listed.`);
    if (!options.has('a')) io.line(`Pass --all to see loaded but inactive ${type}s, too.`);
  }
  return await io.end(0);
}

function tableLines(columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = columns.map((_, at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) =>
        columns[at]?.startsWith('>') === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join(' ')
      .trimEnd(),
  );
}
