/** `systemctl start`, `stop`, `restart`, `isolate`, `kill`, `list-jobs` (systemctl-start-unit.c). */
import type { Invocation } from '../../coreutils/command.ts';
import { hasGlob, matches } from '../../shell/expand/pattern.ts';
import { askManager, sayUnreachable, statusOf, unitName, type Refusal } from '../client.ts';
import { plainTable } from '../plain-table.ts';

/** Legacy names, and what they are called now. */
const ALIASES: Readonly<Record<string, string>> = {
  condstop: 'stop',
  condrestart: 'try-restart',
  'reload-or-try-restart': 'try-reload-or-restart',
  condreload: 'try-reload-or-restart',
  'force-reload': 'try-reload-or-restart',
};
/** Jobs after which --wait waits for the end. */
const WAITS: ReadonlySet<string> = new Set(['start', 'restart']);
/** Refusals that say all there is to say. */
const PLAIN = ['not-found', 'masked', 'not-applicable'];

/** Runs the jobs of all units that may have them; those that may not are told, one by one. */
export async function startOrStop(call: Invocation, asked: string, words: readonly string[]): Promise<number> {
  const { io, process, options } = call;
  const verb = ALIASES[asked] ?? asked;
  const method = verb === 'try-reload-or-restart' ? 'reload-or-restart' : verb;
  let units = await unitsNamed(call, words, verb);
  if (verb === 'try-reload-or-restart') units = await running(call, units);
  let status = 0;
  while (units.length > 0) {
    const reply = await askManager(
      { process, options },
      { method, units: [...units], ...(options.has('nb') ? { noBlock: true } : {}) },
    );
    if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
    if (reply.type !== 'error') {
      if (!options.has('q')) await warnOfChanges(call, units);
      if (verb === 'stop' && !options.has('q')) await warnOfTriggers(call, units);
      return options.has('wait') && WAITS.has(verb) ? await untilEnded(call, units) : status;
    }
    await tellRefusal(call, verb, reply, reply.unit ?? units[0] ?? '');
    status = statusOf(reply);
    // A job that has run and failed was the last of all; of those that could not begin the others are left.
    if (reply.code === 'failed' || reply.unit === undefined) return status;
    units = units.filter((name) => name !== reply.unit);
  }
  return status;
}

/** --wait: until all of them have ended again; 1 where one of them has failed. */
async function untilEnded(call: Invocation, units: readonly string[]): Promise<number> {
  let status = 0;
  for (const unit of units) {
    const ended = await askManager(call, { method: 'wait-end', unit });
    if (ended.type === 'unreachable') return await sayUnreachable(call.io, ended);
    if (ended.type === 'units' && ended.units.some(({ active }) => active === 'failed')) status = 1;
  }
  return status;
}

async function tellRefusal({ io }: Invocation, verb: string, reply: Refusal, name: string): Promise<void> {
  if (reply.code === 'failed' || reply.code === 'not-simulated') {
    await io.raw(`${reply.message}\n`);
    return;
  }
  await io.raw(`Failed to ${verb} ${name}: ${reply.message}\n`);
  if (!PLAIN.includes(reply.code)) await io.raw(`See system logs and 'systemctl status ${name}' for details.\n`);
}

/** Names; a pattern stands for the units that are loaded. */
async function unitsNamed(
  call: Pick<Invocation, 'io' | 'process' | 'options'>,
  words: readonly string[],
  verb: string,
): Promise<readonly string[]> {
  const { io, process, options } = call;
  if (!words.some((word) => hasGlob(word, false))) return [...new Set(words.map(unitName))];
  if (verb === 'start' && !options.has('a') && !options.has('q'))
    await io.raw(
      'Warning: systemctl start called with a glob pattern.\nHint: unit globs expand to loaded units, so start will usually have no effect.\n' +
        '      Passing --all will also load units which are pulled in by other units.\n      See systemctl(1) for more details.\n',
    );
  const reply = await askManager({ process, options }, { method: 'list', all: verb !== 'stop' });
  const loaded = reply.type === 'units' ? reply.units.map(({ name }) => name) : [];
  return [
    ...new Set(
      words.flatMap((word) =>
        hasGlob(word, false) ? loaded.filter((name) => matches(unitName(word), name)) : [unitName(word)],
      ),
    ),
  ];
}

async function running({ process, options }: Invocation, units: readonly string[]): Promise<readonly string[]> {
  const reply = await askManager({ process, options }, { method: 'show', units: [...units] });
  return reply.type === 'units'
    ? reply.units.filter(({ active }) => active !== 'inactive' && active !== 'failed').map(({ name }) => name)
    : units;
}

async function warnOfChanges(call: Invocation, units: readonly string[]): Promise<void> {
  const reply = await askManager(call, { method: 'show', units: [...units] });
  if (reply.type !== 'units') return;
  for (const { name, needsReload } of reply.units) if (needsReload) await call.io.raw(changedOnDisk(call, name));
}

export const changedOnDisk = ({ options }: Invocation, name: string): string =>
  `Warning: The unit file, source configuration file or drop-ins of ${name} changed on disk. Run 'systemctl${options.has('user') ? ' --user' : ''} daemon-reload' to reload units.\n`;

/** What has been stopped may come again by itself. */
async function warnOfTriggers({ io, process, options }: Invocation, units: readonly string[]): Promise<void> {
  const reply = await askManager({ process, options }, { method: 'show', units: [...units] });
  for (const { name, triggeredBy } of reply.type === 'units' ? reply.units : []) {
    if (triggeredBy.length === 0) continue;
    const triggers = await askManager({ process, options }, { method: 'show', units: [...triggeredBy] });
    const active = triggers.type === 'units' ? triggers.units.filter((unit) => unit.active === 'active') : [];
    if (active.length === 0) continue;
    await io.raw(`Warning: Stopping ${name}, but it can still be activated by:\n`);
    for (const trigger of active) await io.raw(`  ${trigger.name}\n`);
  }
}

export async function isolateUnit(call: Invocation, words: readonly string[]): Promise<number> {
  const { io } = call;
  const [word = ''] = words;
  const unit = /\.[a-z]+$/.test(word) ? word : `${word}.target`;
  const reply = await askManager(call, { method: 'isolate', unit });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'error') return 0;
  await tellRefusal(call, 'start', reply, unit);
  return statusOf(reply);
}

export async function killUnits({ io, process, options }: Invocation, words: readonly string[]): Promise<number> {
  const signal = options.value('s') ?? 'SIGTERM';
  const whom = options.value('kill-whom') ?? 'all';
  if (!['all', 'main', 'control'].includes(whom)) {
    await io.raw(`Failed to kill unit ${unitName(words[0] ?? '')}: Invalid who argument ${whom}\n`);
    return 1;
  }
  let status = 0;
  for (const unit of words.map(unitName)) {
    const reply = await askManager({ process, options }, { method: 'kill', unit, signal, whom });
    if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
    if (reply.type !== 'error') continue;
    await io.raw(`Failed to kill unit ${unit}: ${reply.message}\n`);
    status = statusOf(reply);
  }
  return status;
}

const CLEANED_BY_DEFAULT = ['cache', 'runtime'];

/** `systemctl clean`, `freeze` and `thaw` (systemctl-clean-or-freeze.c). */
export async function cleanOrFreeze(
  { io, process, options }: Invocation,
  words: readonly string[],
  method: string,
): Promise<number> {
  const asked = options.values('what').flatMap((text) => text.split(','));
  const what = method === 'clean' ? { what: asked.length === 0 ? CLEANED_BY_DEFAULT : asked } : {};
  let status = 0;
  for (const unit of await unitsNamed({ io, process, options }, words, method)) {
    const reply = await askManager({ process, options }, { method, unit, ...what });
    if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
    if (reply.type !== 'error') continue;
    await io.raw(`Failed to ${method} unit ${unit}: ${reply.message}\n`);
    status = 1;
  }
  return status;
}

export async function listJobs({ io, process, options }: Invocation): Promise<number> {
  const reply = await askManager({ process, options }, { method: 'list-jobs' });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  const jobs = reply.type === 'jobs' ? reply.jobs : [];
  const hasLegend = !options.has('nl') && options.value('legend') !== 'false';
  if (jobs.length === 0) {
    if (hasLegend) io.line('No jobs running.');
    return await io.end(0);
  }
  const rows = jobs.map(({ id, unit, type, state }) => [String(id), unit, type, state]);
  const table = plainTable([...(hasLegend ? [['JOB', 'UNIT', 'TYPE', 'STATE']] : []), ...rows]);
  for (const line of table) io.line(line);
  if (hasLegend) io.line(`\n${String(jobs.length)} jobs listed.`);
  return await io.end(0);
}
