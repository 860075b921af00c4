/** `systemctl status`, `show`, `cat`, `is-active`, `is-failed`, `is-enabled` (systemctl-show.c, systemctl-is-active.c). */
import { failed } from '../../../../protocol/errno.ts';
import type { Process } from '../../../../protocol/program.ts';
import type { Invocation } from '../../../coreutils/command.ts';
import { fileText } from '../../../io.ts';
import { hasGlob, matches } from '../../../shell/expand/pattern.ts';
import { strftime } from '../../../strftime.ts';
import { cgroupLines } from '../../cgroups/cgroup-lines.ts';
import { askManager, sayUnreachable, unitName, type Unit } from '../../client.ts';
import { JOURNAL_FORMATS, journalText } from '../../journalctl/journal-text.ts';
import { maySeeAll } from '../../journalctl/journal-permission.ts';
import { systemState } from './system-state.ts';
import { ago } from '../../time-words.ts';
import { changedOnDisk } from '../unit-jobs.ts';
import { SYSTEMD_PACKAGE } from '../../release.ts';
import { showManager } from './manager-properties.ts';
import { printProperties } from './print-properties.ts';
import { properties } from './unit-properties.ts';
import { unitSettings } from './unit-settings.ts';
import { BRANCH_INDENT, relatedTo, statusLines } from './unit-status.ts';

export type Query = 'status' | 'show' | 'cat' | 'is-active' | 'is-failed' | 'is-enabled';

/** Asks for the units and shows each; the exit status is that of the worst (or, of is-failed, of the best). */
export async function query(call: Invocation, verb: Query, words: readonly string[]): Promise<number> {
  const { io } = call;
  if (words.length === 0) return verb === 'status' ? await showSystem(call) : await withoutUnits(call, verb);
  const names = await namesOf(call, words);
  if (typeof names === 'number') return names;
  const reply = await askManager(call, { method: 'show', units: [...names] });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'units') return 1;
  let status = verb === 'is-failed' ? 1 : 0;
  for (const [at, unit] of reply.units.entries()) {
    if (at > 0 && ['status', 'show', 'cat'].includes(verb)) io.line('');
    const one = await QUERIES[verb](call, unit);
    status = verb === 'is-failed' ? Math.min(status, one) : Math.max(status, one);
  }
  return await io.end(status);
}

/** The unit that a process belongs to, as its control group says. */
const unitOfProcess = (process: Process, pid: string): string | undefined =>
  /0::.*\/([^/\n]+\.(?:service|scope))/.exec(fileText(process, `/proc/${pid}/cgroup`) ?? '')?.[1];

/** `systemctl whoami`: units of processes, the caller's own without any (systemctl-whoami.c). */
export async function whoAmI({ io, process }: Invocation, words: readonly string[]): Promise<number> {
  for (const pid of words.length === 0 ? ['self'] : words) {
    if (pid !== 'self' && !/^[1-9]\d*$/.test(pid)) {
      await io.raw(`Failed to parse PID ${pid}: Invalid argument\n`);
      return 1;
    }
    const unit = unitOfProcess(process, pid);
    if (unit === undefined) {
      await io.raw(`Failed to get unit for PID ${pid}: PID ${pid} does not belong to any loaded unit.\n`);
      return 1;
    }
    io.line(unit);
  }
  return await io.end(0);
}

/** Names of units; numbers are processes of units, patterns stand for units that are loaded. */
async function namesOf(call: Invocation, words: readonly string[]): Promise<readonly string[] | number> {
  const { io, process } = call;
  const names: string[] = [];
  for (const word of words) {
    if (/^\d+$/.test(word)) {
      const group = unitOfProcess(process, word);
      if (group === undefined) {
        await io.raw(`Failed to get unit for PID ${word}: PID ${word} does not belong to any loaded unit.\n`);
        return 1;
      }
      names.push(group);
    } else if (hasGlob(word, false)) {
      const reply = await askManager(call, { method: 'list', all: true });
      if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
      const loaded = reply.type === 'units' ? reply.units.map(({ name }) => name) : [];
      names.push(...loaded.filter((name) => matches(unitName(word), name)));
    } else names.push(unitName(word));
  }
  return names;
}

async function withoutUnits(call: Invocation, verb: Query): Promise<number> {
  if (verb === 'is-failed') {
    const state = await systemState(call);
    if (!call.options.has('q')) call.io.line(state);
    return await call.io.end(state === 'degraded' ? 0 : 1);
  }
  return await showManager(call);
}

const QUERIES: Readonly<Record<Query, (call: Invocation, unit: Unit) => Promise<number>>> = {
  status: showStatus,
  'is-active': async (call, { active, load }) => {
    sayUnlessQuiet(call, active);
    return active === 'active' || active === 'reloading' ? 0 : load === 'not-found' ? 4 : 3;
  },
  'is-failed': async (call, { active }) => {
    sayUnlessQuiet(call, active);
    return active === 'failed' ? 0 : 1;
  },
  'is-enabled': async (call, { load, enabled }) => {
    sayUnlessQuiet(call, load === 'not-found' ? 'not-found' : enabled);
    if (load === 'not-found') return 4;
    return ['enabled', 'enabled-runtime', 'static', 'alias', 'indirect', 'generated'].includes(enabled) ? 0 : 1;
  },
  show: async (call, unit) => {
    printProperties(call, properties(unit, unitSettings(call.process, unit)));
    return 0;
  },
  cat: async ({ io, process }, unit) => {
    if (unit.path === undefined) {
      await io.raw(`No files found for ${unit.name}.\n`);
      return 1;
    }
    if (unit.needsReload) {
      io.line(`# Warning: ${unit.name} changed on disk, the version systemd has loaded is outdated.`);
      io.line("# This output shows the current version of the unit's original fragment and drop-in files.");
      io.line('# If fragments or drop-ins were added or removed, they are not properly reflected in this output.');
      io.line("# Run 'systemctl daemon-reload' to reload units.");
    }
    for (const [at, path] of [unit.path, ...unit.dropIns].entries()) {
      const bytes = process.readFile(path);
      if (failed(bytes)) continue;
      io.line(`${at === 0 ? '' : '\n'}# ${path}`);
      await io.bytes(bytes);
    }
    return 0;
  },
};

function sayUnlessQuiet({ io, options }: Invocation, text: string): void {
  if (!options.has('q')) io.line(text);
}

async function showStatus(call: Invocation, unit: Unit): Promise<number> {
  const { io, process, options } = call;
  if (unit.load === 'not-found' && unit.active === 'inactive') {
    await io.raw(`Unit ${unit.name} could not be found.\n`);
    return 4;
  }
  if (unit.needsReload) await io.raw(changedOnDisk(call, unit.name));
  const related = await askManager({ process, options }, { method: 'show', units: relatedTo(unit) });
  const states = new Map(related.type === 'units' ? related.units.map((each) => [each.name, each]) : []);
  const tree = unit.cgroup === '' ? undefined : cgroupLines(process, unit.cgroup, { indent: BRANCH_INDENT });
  for (const line of statusLines(unit, process.time().realtimeUs, states, tree ?? [])) io.line(line);
  if (!maySeeAll(process)) {
    await io.flush();
    await io.raw('\nWarning: some journal files were not opened due to insufficient permissions.\n');
    return statusOfActive(unit);
  }
  const log = await askManager(
    { process, options },
    { method: 'journal', units: [unit.name], last: Number(options.value('n') ?? '10') },
  );
  if (log.type === 'records' && log.records.length > 0) {
    const format = JOURNAL_FORMATS.find((each) => each === options.value('o')) ?? 'short';
    io.line('');
    for (const record of log.records) io.line(journalText(record, { host: process.hostname() }, format));
  }
  return statusOfActive(unit);
}

const statusOfActive = ({ active }: Unit): number => (['active', 'reloading', 'activating'].includes(active) ? 0 : 3);

/** `systemctl status` alone: the system as a whole. */
async function showSystem(call: Invocation): Promise<number> {
  const { io, process } = call;
  const reply = await askManager(call, { method: 'list', all: true });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  const units = reply.type === 'units' ? reply.units : [];
  const jobs = await askManager(call, { method: 'list-jobs' });
  const state = await systemState(call);
  const failures = units.filter(({ active }) => active === 'failed').length;
  const { realtimeUs, monotonicUs } = process.time();
  const since = realtimeUs - monotonicUs;
  io.line(`${state === 'running' ? '●' : state === 'degraded' ? '×' : '●'} ${process.hostname()}`);
  io.line(`    State: ${state}`);
  io.line(`    Units: ${String(units.length)} loaded (incl. loaded aliases)`);
  io.line(`     Jobs: ${String(jobs.type === 'jobs' ? jobs.jobs.length : 0)} queued`);
  io.line(`   Failed: ${String(failures)} units`);
  io.line(`    Since: ${strftime('%a %Y-%m-%d %H:%M:%S UTC', since)}; ${ago(monotonicUs)}`);
  io.line(`  systemd: ${SYSTEMD_PACKAGE}`);
  const root = await askManager(call, { method: 'show', units: ['-.slice'] });
  const top = root.type === 'units' ? (root.units[0]?.cgroup ?? '/') : '/';
  io.line(`   CGroup: ${top}`);
  for (const line of cgroupLines(process, top, { indent: ' '.repeat(11) }) ?? []) io.line(line);
  return await io.end(0);
}
