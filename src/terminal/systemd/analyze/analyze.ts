/**
 * systemd-analyze (systemd 255).
 * Models: time, blame, critical-chain, calendar, timespan, verify of command lines and sections. Leaves out: the other verbs,
 * and what firmware, boot loader and kernel took, which no clock of the machine knows.
 */
import { calendarText } from '../../../formats/systemd-calendar-text.ts';
import { nextCalendarUs, parseCalendar } from '../../../formats/systemd-calendar.ts';
import { systemdSpanUs } from '../../../formats/systemd-span.ts';
import { command, type Applet, type Invocation } from '../../coreutils/command.ts';
import { strftime } from '../../strftime.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { verify } from './analyze-verify.ts';
import { ask, sayUnreachable, unitName, type Unit } from '../client.ts';
import { left, span } from '../time-words.ts';

const STAMP = '%a %Y-%m-%d %H:%M:%S UTC';
const ABSENT =
  'plot dot dump unit-files unit-paths exit-status capability condition syscall-filter filesystems cat-config security ' +
  'timestamp compare-versions inspect-elf fdstore image-policy pcrs srk log-level log-target malloc has-tpm2';

type Verb = (call: Invocation, words: readonly string[]) => Promise<number>;

export const systemdAnalyze: Applet = command(
  {
    name: 'systemd-analyze',
    hint: '',
    short: 'H:M:n:',
    long: {
      'no-pager': 'np',
      iterations: 'iterations:',
      'base-time': 'base-time:',
      fuzz: 'fuzz:',
      user: 'user',
      host: 'H',
      man: 'man:',
    },
  },
  async (call) => {
    const [name = 'time', ...words] = call.operands;
    const missing = ['H', 'M', 'user', 'fuzz', 'base-time'].find((letter) => call.options.has(letter));
    if (missing !== undefined) return await notSimulated(call.io, `systemd-analyze --${missing}`);
    const verb = VERBS.get(name);
    if (verb !== undefined) return await verb(call, words);
    if (ABSENT.split(' ').includes(name)) return await notSimulated(call.io, `systemd-analyze ${name}`);
    await call.io.raw(`Unknown command verb '${name}'.\n`);
    return 1;
  },
);

interface Boot {
  readonly units: ReadonlyMap<string, Unit>;
  /** Unix µs at which process 1 began. */
  readonly beganUs: number;
  readonly target: string;
  /** µs from there until the default target was reached. */
  readonly tookUs: number;
}

/** What systemd remembers of the boot; a number where it could not be asked. */
async function readBoot({ io, process }: Invocation): Promise<Boot | number> {
  const reply = await ask(process, { method: 'list', all: true });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  const initial = await ask(process, { method: 'get-default' });
  const units = new Map((reply.type === 'units' ? reply.units : []).map((unit) => [unit.name, unit]));
  const target = initial.type === 'default-target' ? initial.name : 'default.target';
  const { realtimeUs, monotonicUs } = process.time();
  const beganUs = realtimeUs - monotonicUs;
  const reached = units.get(target)?.activeUnixUs ?? 0;
  if (reached === 0) {
    await io.raw(
      "Bootup is not yet finished (org.freedesktop.systemd1.Manager.FinishTimestampMonotonic=0).\nPlease try again later.\nHint: Use 'systemctl list-jobs' to see active jobs\n",
    );
    return 1;
  }
  return { units, beganUs, target, tookUs: reached - beganUs };
}

const time: Verb = async (call) => {
  const boot = await readBoot(call);
  if (typeof boot === 'number') return boot;
  call.io.line(`Startup finished in ${span(boot.tookUs)} (userspace) `);
  call.io.line(`${boot.target} reached after ${span(boot.tookUs)} in userspace.`);
  return await call.io.end(0);
};

const startUs = ({ startingUnixUs, activeUnixUs }: Unit): number =>
  startingUnixUs > 0 && activeUnixUs >= startingUnixUs ? activeUnixUs - startingUnixUs : 0;

const blame: Verb = async (call) => {
  const boot = await readBoot(call);
  if (typeof boot === 'number') return boot;
  const rows = [...boot.units.values()]
    .filter((unit) => startUs(unit) >= 1000)
    .toSorted((a, b) => startUs(b) - startUs(a) || (a.name < b.name ? -1 : 1))
    .map((unit) => [span(startUs(unit)), unit.name] as const);
  const width = Math.max(0, ...rows.map(([took]) => took.length));
  for (const [took, name] of rows) call.io.line(`${took.padStart(width)} ${name}`);
  return await call.io.end(0);
};

const criticalChain: Verb = async (call, words) => {
  const { io } = call;
  const boot = await readBoot(call);
  if (typeof boot === 'number') return boot;
  io.line('The time when unit became active or started is printed after the "@" character.');
  io.line('The time the unit took to start is printed after the "+" character.\n');
  for (const name of words.length === 0 ? [boot.target] : words.map(unitName))
    for (const line of chainLines(boot, name)) io.line(line);
  return await io.end(0);
};

/** A unit, and of those after which it starts the one that was up last, and so on. */
function chainLines({ units, beganUs }: Boot, first: string): readonly string[] {
  const lines: string[] = [];
  const seen = new Set<string>();
  for (let name: string | undefined = first; name !== undefined;) {
    seen.add(name);
    const unit: Unit | undefined = units.get(name);
    const depth = lines.length;
    const moments =
      unit === undefined || unit.activeUnixUs === 0
        ? ''
        : `${unit.startingUnixUs > 0 ? ` @${span(unit.startingUnixUs - beganUs)}` : ''}${startUs(unit) >= 1000 ? ` +${span(startUs(unit))}` : ''}`;
    lines.push(`${depth === 0 ? '' : `${'  '.repeat(depth - 1)}└─`}${name}${moments}`);
    const before: readonly Unit[] = (unit?.after ?? [])
      .filter((each) => !seen.has(each))
      .map((each) => units.get(each))
      .filter((each) => each !== undefined)
      .filter((each) => each.activeUnixUs > 0 && each.activeUnixUs <= (unit?.activeUnixUs ?? 0));
    name = before.toSorted((a, b) => b.activeUnixUs - a.activeUnixUs)[0]?.name;
  }
  return lines;
}

const calendar: Verb = async ({ io, options, process }, words) => {
  let status = 0;
  const rounds = Number(options.value('iterations') ?? options.value('n') ?? '1');
  for (const [at, text] of words.entries()) {
    const event = parseCalendar(text);
    const normal = calendarText(text);
    if (at > 0) io.line('');
    if (event === undefined || normal === undefined) {
      await io.raw(`Failed to parse calendar specification '${text}': Invalid argument\n`);
      status = 1;
      continue;
    }
    if (normal !== text) io.line(`  Original form: ${text}`);
    io.line(`Normalized form: ${normal}`);
    const nowUs = process.time().realtimeUs;
    let from = nowUs;
    for (let round = 1; round <= rounds; round += 1) {
      const next = nextCalendarUs(event, from);
      if (next === undefined) {
        if (round === 1) io.line('    Next elapse: never');
        break;
      }
      const label = round === 1 ? '    Next elapse' : `   Iteration #${String(round)}`.slice(-15).padStart(15);
      io.line(`${label}: ${strftime(STAMP, next)}`);
      io.line(`       From now: ${left(next - nowUs)} left`);
      from = next;
    }
  }
  return await io.end(status);
};

const timespan: Verb = async ({ io }, words) => {
  for (const [at, text] of words.entries()) {
    const us = systemdSpanUs(text);
    if (us === undefined) {
      await io.raw(`Failed to parse time span '${text}': Invalid argument\n`);
      return 1;
    }
    if (at > 0) io.line('');
    io.line(`Original: ${text}`);
    io.line(`      μs: ${String(us)}`);
    io.line(`   Human: ${span(us)}`);
  }
  return await io.end(0);
};

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['time', time],
  ['blame', blame],
  ['critical-chain', criticalChain],
  ['calendar', calendar],
  ['timespan', timespan],
  ['verify', verify],
]);
