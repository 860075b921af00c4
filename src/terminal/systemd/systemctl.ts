/**
 * systemctl (systemd 255).
 * Models: start, stop, restart, try-restart, reload, reload-or-restart, enable, disable, mask, unmask, reset-failed, kill,
 * status, show, cat, edit, is-active, is-failed, is-enabled, is-system-running, list-units, list-unit-files,
 * list-timers, list-sockets, get-default, set-default, list-dependencies, daemon-reload.
 * Leaves out: other verbs, other machines and user managers.
 */
import { failed } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Invocation } from '../coreutils/command.ts';
import { command } from '../coreutils/command.ts';
import { cgroupLines } from './cgroup-lines.ts';
import { ask, sayUnreachable, unitName, type Refusal, type Reply, type Unit } from './client.ts';
import { getDefault, setDefault } from './default-target.ts';
import { editUnits } from './edit.ts';
import { changeLines } from './install-changes.ts';
import { journalText } from './journal-text.ts';
import { listSockets, listTimers } from './trigger-lists.ts';
import { listDependencies } from './unit-dependencies.ts';
import { unitFileLines, unitLines } from './unit-list.ts';
import { setProperty } from './set-property.ts';
import { properties } from './unit-properties.ts';
import { BRANCH_INDENT, relatedTo, statusLines } from './unit-status.ts';

const JOBS = ['start', 'stop', 'restart', 'try-restart', 'reload', 'reload-or-restart'];
const FILE_ACTIONS = ['enable', 'disable', 'mask', 'unmask'];
/** Verbs of the real one that Drydock does not have. */
const ABSENT = [
  ...['revert', 'list-jobs', 'list-automounts', 'list-paths'],
  ...['isolate', 'preset', 'preset-all', 'reenable', 'link', 'halt', 'kexec'],
  ...['suspend', 'hibernate', 'rescue', 'emergency', 'default', 'show-environment', 'freeze', 'thaw'],
  ...[
    'set-environment',
    'daemon-reexec',
    'add-wants',
    'add-requires',
    'clean',
    'log-level',
    'help',
    'switch-root',
    'cancel',
  ],
];
const REFUSED_PLAINLY = ['not-found', 'masked', 'not-applicable'];

export const systemctl = command(
  {
    name: 'systemctl',
    short: 'alqt:p:n:fH:s:',
    long: {
      all: 'a',
      full: 'l',
      quiet: 'q',
      now: 'now',
      'no-pager': 'np',
      type: 't',
      'no-legend': 'nl',
      legend: 'legend:',
      property: 'p',
      lines: 'n',
      force: 'f',
      host: 'H',
      value: 'value',
      'no-block': 'nb',
      runtime: 'runtime',
      state: 'state:',
      system: 'system',
      user: 'user',
      failed: 'failed',
      plain: 'plain',
      signal: 's',
      'no-ask-password': 'nap',
    },
  },
  async (call) => {
    const { io, options } = call;
    const [verb = 'list-units', ...names] = call.operands;
    if (options.has('H') || options.has('user')) return await absent(call, options.has('user') ? '--user' : '--host');
    if (JOBS.includes(verb)) return await runJob(call, verb, names);
    if (FILE_ACTIONS.includes(verb)) return await changeFiles(call, verb, names);
    switch (verb) {
      case 'reset-failed':
      case 'daemon-reload':
        return await plainAction(call, 'reload daemon', { method: verb, units: names.map(unitName) });
      case 'reboot':
      case 'poweroff':
        return await plainAction(call, verb, { method: 'power', action: verb });
      case 'kill':
        return await plainAction(call, 'kill unit', {
          method: 'kill',
          unit: unitName(names[0] ?? ''),
          signal: options.value('s') ?? 'SIGTERM',
        });
      case 'set-property':
        return await setProperty(call, names);
      case 'edit':
        return await editUnits(call, names);
      case 'get-default':
        return await getDefault(call);
      case 'set-default':
        return await setDefault(call, names);
      case 'list-timers':
        return await listTimers(call, names);
      case 'list-sockets':
        return await listSockets(call);
      case 'list-dependencies':
        return await listDependencies(call, names);
      case 'is-system-running':
        return await isSystemRunning(call);
      case 'list-units':
      case 'list-unit-files':
        return await list(call, verb);
      case 'status':
      case 'show':
      case 'cat':
      case 'is-active':
      case 'is-failed':
      case 'is-enabled':
        return names.length === 0 ? await needUnits(call, verb) : await query(call, verb, names);
      default:
        if (ABSENT.includes(verb)) return await absent(call, verb);
        await io.raw(`Unknown command verb '${verb}'.\n`);
        return 1;
    }
  },
);

async function absent({ io }: Invocation, what: string): Promise<number> {
  await io.raw(`drydock: 'systemctl ${what}' is not simulated\n`);
  return 1;
}

async function needUnits(call: Invocation, verb: string): Promise<number> {
  if (verb === 'status' || verb === 'show') return await absent(call, `${verb} without units`);
  await call.io.raw('Too few arguments.\n');
  return 1;
}

/** 5 for what is not there, 4 for what is not allowed, as systemctl(1) says. */
const statusOf = ({ code }: Refusal): number => (code === 'not-found' ? 5 : code === 'access-denied' ? 4 : 1);

async function refuse(
  { io }: Invocation,
  reply: Exclude<Reply, { type: 'units' | 'records' | 'boots' | 'default-target' | 'sessions' }>,
  doing: string,
): Promise<number> {
  if (reply.type === 'done') return 0;
  const own = reply.code === 'not-simulated' || reply.code === 'failed';
  await io.raw(own ? `${reply.message}\n` : `Failed to ${doing}: ${reply.message}\n`);
  return statusOf(reply);
}

async function plainAction(call: Invocation, doing: string, request: Readonly<Record<string, Plain>>): Promise<number> {
  const reply = await ask(call.process, request);
  if (reply.type === 'unreachable') return await sayUnreachable(call.io, reply);
  return reply.type === 'error' ? await refuse(call, reply, doing) : 0;
}

async function runJob(call: Invocation, verb: string, names: readonly string[]): Promise<number> {
  const { io, process, options } = call;
  if (names.length === 0) {
    await io.raw('Too few arguments.\n');
    return 1;
  }
  const units = names.map(unitName);
  const reply = await ask(process, { method: verb, units, ...(options.has('nb') ? { noBlock: true } : {}) });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'error') {
    await warnOfChanges(call, units);
    return 0;
  }
  const name = reply.unit ?? units[0] ?? '';
  const code = await refuse(call, reply, `${verb} ${name}`);
  if (!['failed', 'not-simulated', ...REFUSED_PLAINLY].includes(reply.code))
    await io.raw(`See system logs and 'systemctl status ${name}' for details.\n`);
  return code;
}

async function warnOfChanges({ io, process }: Invocation, units: readonly string[]): Promise<void> {
  const reply = await ask(process, { method: 'show', units: [...units] });
  if (reply.type !== 'units') return;
  for (const { name, needsReload } of reply.units) if (needsReload) await io.raw(changedOnDisk(name));
}

const changedOnDisk = (name: string): string =>
  `Warning: The unit file, source configuration file or drop-ins of ${name} changed on disk. Run 'systemctl daemon-reload' to reload units.\n`;

async function changeFiles(call: Invocation, verb: string, names: readonly string[]): Promise<number> {
  const { io, process, options } = call;
  if (names.length === 0) {
    await io.raw('Too few arguments.\n');
    return 1;
  }
  const units = names.map(unitName);
  const reply = await ask(process, { method: verb, units });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type === 'error') {
    await refuse(call, reply, `${verb} unit`);
    return reply.code === 'access-denied' ? 4 : 1;
  }
  // What was done is told on standard error, as notices are.
  for (const line of changeLines(reply, options.has('q'))) await io.raw(line);
  if (!options.has('now')) return 0;
  return await runJob(call, verb === 'enable' || verb === 'unmask' ? 'start' : 'stop', names);
}

async function list(call: Invocation, verb: 'list-units' | 'list-unit-files'): Promise<number> {
  const { io, options, process } = call;
  const reply = await ask(
    process,
    verb === 'list-units' ? { method: 'list', all: options.has('a') } : { method: 'list-unit-files' },
  );
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'units') return 1;
  const listed = (letter: string): readonly string[] => options.values(letter).flatMap((text) => text.split(','));
  const how = {
    all: options.has('a'),
    legend: !options.has('nl') && options.value('legend') !== 'false',
    types: listed('t'),
    states: [...listed('state'), ...(options.has('failed') ? ['failed'] : [])],
    patterns: call.operands.slice(1),
  };
  for (const line of verb === 'list-units' ? unitLines(reply.units, how) : unitFileLines(reply.units, how))
    io.line(line);
  return await io.end(0);
}

/** `degraded` where a unit has failed. */
async function isSystemRunning(call: Invocation): Promise<number> {
  const reply = await ask(call.process, { method: 'list', all: false });
  if (reply.type === 'unreachable') {
    sayUnlessQuiet(call, 'offline');
    return await call.io.end(1);
  }
  const units = reply.type === 'units' ? reply.units : [];
  const state = units.some(({ active }) => active === 'failed')
    ? 'degraded'
    : units.some(({ active }) => active === 'activating')
      ? 'starting'
      : 'running';
  sayUnlessQuiet(call, state);
  return await call.io.end(state === 'running' ? 0 : 1);
}

async function query(call: Invocation, verb: string, names: readonly string[]): Promise<number> {
  const { io, process } = call;
  const reply = await ask(process, { method: 'show', units: names.map(unitName) });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'units') return 1;
  let status = verb === 'is-failed' ? 1 : 0;
  for (const [at, unit] of reply.units.entries()) {
    if (at > 0 && ['status', 'show', 'cat'].includes(verb)) io.line('');
    const one = await (QUERIES[verb] ?? showStatus)(call, unit);
    // One that has failed is enough for is-failed; the others want all.
    status = verb === 'is-failed' ? Math.min(status, one) : Math.max(status, one);
  }
  return await io.end(status);
}

const QUERIES: Readonly<Record<string, (call: Invocation, unit: Unit) => Promise<number>>> = {
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
    return load === 'not-found' ? 4 : enabled === 'disabled' || enabled === 'masked' ? 1 : 0;
  },
  show: async ({ io, options }, unit) => {
    const wanted = options.values('p').flatMap((text) => text.split(','));
    for (const [name, value] of Object.entries(properties(unit)))
      if (wanted.length === 0 || wanted.includes(name)) io.line(options.has('value') ? value : `${name}=${value}`);
    return 0;
  },
  cat: async ({ io, process }, unit) => {
    if (unit.path === undefined) {
      await io.raw(`No files found for ${unit.name}.\n`);
      return 1;
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
  if (unit.load === 'not-found') {
    await io.raw(`Unit ${unit.name} could not be found.\n`);
    return 4;
  }
  if (unit.needsReload) await io.raw(changedOnDisk(unit.name));
  const related = await ask(process, { method: 'show', units: relatedTo(unit) });
  const states = new Map(related.type === 'units' ? related.units.map((each) => [each.name, each]) : []);
  const tree = unit.cgroup === '' ? undefined : cgroupLines(process, unit.cgroup, { indent: BRANCH_INDENT });
  for (const line of statusLines(unit, process.time().realtimeUs, states, tree ?? [])) io.line(line);
  const log = await ask(process, { method: 'journal', units: [unit.name], last: Number(options.value('n') ?? '10') });
  if (log.type === 'records' && log.records.length > 0) {
    io.line('');
    for (const record of log.records) io.line(journalText(record, { host: process.hostname() }, 'short'));
  }
  return ['active', 'reloading', 'activating'].includes(unit.active) ? 0 : 3;
}
