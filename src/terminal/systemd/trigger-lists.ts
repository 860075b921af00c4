/** `systemctl list-timers` and `list-sockets` (systemd src/systemctl/systemctl-list-units.c). */
import type { Invocation } from '../coreutils/command.ts';
import { strftime } from '../strftime.ts';
import { ask, sayUnreachable, type Unit } from './client.ts';
import { ago, left } from './time-words.ts';

const STAMP = '%a %Y-%m-%d %H:%M:%S UTC';
/** Times stand at the right of their columns. */
const TIMER_COLUMNS = ['NEXT', '>LEFT', 'LAST', '>PASSED', 'UNIT', 'ACTIVATES'];
const SOCKET_COLUMNS = ['LISTEN', 'UNIT', 'ACTIVATES'];

export async function listTimers(call: Invocation, names: readonly string[]): Promise<number> {
  const { process, options } = call;
  const reply = await ask(process, { method: 'list', all: options.has('a') });
  if (reply.type === 'unreachable') return await sayUnreachable(call.io, reply);
  const units = reply.type === 'units' ? reply.units : [];
  const asked = names.map((name) => (name.endsWith('.timer') ? name : `${name}.timer`));
  const timers = units.filter(({ name, timer }) => timer !== undefined && (asked.length === 0 || asked.includes(name)));
  const rows = timers.toSorted(byNextElapse).map((unit) => timerRow(unit, process.time().realtimeUs));
  return await printTable(call, 'timer', TIMER_COLUMNS, rows);
}

/** Sockets are not simulated: no host has a unit of that type. */
export async function listSockets(call: Invocation): Promise<number> {
  const reply = await ask(call.process, { method: 'list', all: call.options.has('a') });
  if (reply.type === 'unreachable') return await sayUnreachable(call.io, reply);
  return await printTable(call, 'socket', SOCKET_COLUMNS, []);
}

function timerRow({ name, timer }: Unit, nowUs: number): readonly string[] {
  const { nextUnixUs, lastUnixUs, activates = '-' } = timer ?? {};
  return [
    nextUnixUs === undefined ? '-' : strftime(STAMP, nextUnixUs),
    nextUnixUs === undefined ? '-' : left(nextUnixUs - nowUs),
    lastUnixUs === undefined ? '-' : strftime(STAMP, lastUnixUs),
    lastUnixUs === undefined ? '-' : ago(nowUs - lastUnixUs),
    name,
    activates,
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
