/** The upper lines of top, and the counters that its percentages come from. */
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { readProcesses, type ProcEntry } from '../process-list.ts';
import { uptimeLine, uptimeSeconds } from '../uptime-line.ts';

/** Counters at one moment, in hundredths of a second. */
export interface Usage {
  readonly atTicks: number;
  /** By pid. */
  readonly processes: ReadonlyMap<number, number>;
  /** user, nice, system, idle, iowait, irq, softirq, steal: of all processors, then of each. */
  readonly processors: readonly (readonly number[])[];
}

export function readUsage(process: Process): Usage {
  const rows = (fileText(process, '/proc/stat') ?? '').split('\n').filter((line) => /^cpu/.test(line));
  return {
    atTicks: uptimeSeconds(process) * 100,
    processes: new Map(readProcesses(process).map(({ pid, ticks }) => [pid, ticks])),
    processors: rows.map((row) => row.trim().split(/\s+/).slice(1, 9).map(Number)),
  };
}

export function summaryLines(
  process: Process,
  usage: Usage,
  before: Usage | undefined,
  entries: readonly ProcEntry[],
  eachProcessor: boolean,
): readonly string[] {
  const count = (...states: readonly string[]): string =>
    String(entries.filter(({ state }) => states.includes(state)).length).padStart(3);
  const processors = usage.processors.map((counters, at) => share(counters, before?.processors[at]));
  const shown = eachProcessor
    ? processors.slice(1).map((percents, at) => processorLine(`%Cpu${String(at)}`.padEnd(7), percents))
    : processors.slice(0, 1).map((percents) => processorLine('%Cpu(s)', percents));
  return [
    `top -${uptimeLine(process)}`,
    `Tasks: ${String(entries.length).padStart(3)} total, ${count('R')} running, ${count('S', 'D', 'I')} sleeping, ${count('T', 't')} stopped, ${count('Z')} zombie`,
    ...shown,
    ...memoryLines(process),
  ];
}

/** Percents of the time that has gone by. */
function share(counters: readonly number[], before: readonly number[] | undefined): readonly number[] {
  const spent = counters.map((counter, at) => Math.max(0, counter - (before?.[at] ?? 0)));
  const total = spent.reduce((sum, each) => sum + each, 0);
  return spent.map((each) => (total === 0 ? 0 : (100 * each) / total));
}

function processorLine(label: string, percents: readonly number[]): string {
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softirq = 0, steal = 0] = percents;
  const cells = [user, system, nice, idle, wait, irq, softirq, steal].map((value) => value.toFixed(1).padStart(5));
  const names = ['us', 'sy', 'ni', 'id', 'wa', 'hi', 'si', 'st'];
  return `${label}:${cells.map((cell, at) => `${cell} ${names[at] ?? ''}`).join(',')} `;
}

function memoryLines(process: Process): readonly string[] {
  const info = fileText(process, '/proc/meminfo') ?? '';
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(info)?.[1] ?? '0') / 1_024;
  const cell = (mebibytes: number): string => mebibytes.toFixed(1).padStart(8);
  const [total, free, available] = [of('MemTotal'), of('MemFree'), of('MemAvailable')];
  const cache = of('Cached') + of('Buffers') + of('SReclaimable');
  const [swap, swapFree] = [of('SwapTotal'), of('SwapFree')];
  return [
    `MiB Mem : ${cell(total)} total, ${cell(free)} free, ${cell(total - available)} used, ${cell(cache)} buff/cache     `,
    `MiB Swap: ${cell(swap)} total, ${cell(swapFree)} free, ${cell(swap - swapFree)} used. ${cell(available)} avail Mem `,
  ];
}
