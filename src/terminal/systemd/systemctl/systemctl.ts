/**
 * systemctl (systemd 255).
 * Models: the jobs of units, isolate, kill, what enabling and masking do, edit, revert, set-property, lists of units, unit
 * files, jobs, timers and sockets, dependencies, the default target, the state of the whole.
 * Leaves out: the verbs and options that ABSENT_VERBS and `absent` name; other machines and user managers.
 */
import type { Plain } from '../../../protocol/plain.ts';
import { SIGNALS } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { askManager, sayUnreachable, statusOf, unitName } from '../client.ts';
import { getDefault, setDefault } from './default-target.ts';
import { editUnits } from './edit.ts';
import { changeEnvironment, showEnvironment } from './environment.ts';
import { changeInstall } from './install-verbs.ts';
import { setProperty } from './set-property.ts';
import { isSystemRunning } from './queries/system-state.ts';
import { listAutomounts, listPaths, listSockets, listTimers } from './queries/trigger-lists.ts';
import { listDependencies } from './queries/unit-dependencies.ts';
import { cleanOrFreeze, isolateUnit, killUnits, listJobs, startOrStop } from './unit-jobs.ts';
import { UNIT_TYPES, unitFileLines, unitLines } from './queries/unit-list.ts';
import { query, whoAmI, type Query } from './queries/unit-queries.ts';

type Run = (call: Invocation, words: readonly string[], verb: string) => Promise<number>;

interface Verb {
  /** How many words may follow. */
  readonly least: number;
  readonly most: number;
  readonly run: Run;
}

const ANY = Infinity;
const named = (names: string, least: number, most: number, run: Run): readonly (readonly [string, Verb])[] =>
  names.split(' ').map((name) => [name, { least, most, run }]);
const asks: Run = (call, words, verb) => query(call, verb as Query, words);
const installs: Run = (call, words, verb) => changeInstall(call, verb, words);
const absent: Run = ({ io }, _, verb) => refuse(io, verb);

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ...named('start stop restart try-restart reload condstop condrestart', 1, ANY, (call, words, verb) =>
    startOrStop(call, verb, words),
  ),
  ...named(
    'reload-or-restart try-reload-or-restart reload-or-try-restart condreload force-reload',
    1,
    ANY,
    (call, words, verb) => startOrStop(call, verb, words),
  ),
  ...named('isolate', 1, 1, isolateUnit),
  ...named('default rescue emergency', 0, 0, (call, _, verb) => isolateUnit(call, [`${verb}.target`])),
  ...named('kill', 1, ANY, killUnits),
  ...named('clean freeze thaw', 1, ANY, cleanOrFreeze),
  ...named('reset-failed', 0, ANY, (call, words) =>
    plainAction(call, `reset failed state of unit ${words.map(unitName)[0] ?? ''}`, {
      method: 'reset-failed',
      units: words.map(unitName),
    }),
  ),
  ...named('status show', 0, ANY, asks),
  ...named('is-failed', 0, ANY, asks),
  ...named('cat is-active is-enabled', 1, ANY, asks),
  ...named('check', 1, ANY, (call, words) => query(call, 'is-active', words)),
  ...named('enable disable reenable preset mask unmask link revert', 1, ANY, installs),
  ...named('preset-all', 0, 0, installs),
  ...named('add-wants add-requires', 2, ANY, installs),
  ...named('edit', 1, ANY, editUnits),
  ...named('set-property', 2, ANY, setProperty),
  ...named('get-default', 0, 0, getDefault),
  ...named('set-default', 1, 1, setDefault),
  ...named('list-units list-unit-files', 0, ANY, list),
  ...named('list-timers', 0, ANY, listTimers),
  ...named('list-sockets', 0, ANY, listSockets),
  ...named('list-paths', 0, ANY, listPaths),
  ...named('list-automounts', 0, ANY, listAutomounts),
  ...named('list-jobs', 0, ANY, listJobs),
  ...named('list-dependencies', 0, ANY, listDependencies),
  ...named('is-system-running', 0, 0, isSystemRunning),
  // systemd that is executed anew reads all files again; nothing else of it can be seen.
  ...named('daemon-reload daemon-reexec', 0, 0, (call) =>
    plainAction(call, 'reload daemon', { method: 'daemon-reload' }),
  ),
  ...named('reboot poweroff', 0, 0, (call, _, action) => plainAction(call, action, { method: 'power', action })),
  ...named('show-environment', 0, 0, showEnvironment),
  ...named('set-environment unset-environment', 1, ANY, changeEnvironment),
  ...named('import-environment', 0, ANY, changeEnvironment),
  // What Drydock does not have.
  ...named('list-machines cancel help', 0, ANY, absent),
  ...named('log-level log-target service-watchdogs exit', 0, 1, absent),
  ...named('service-log-level service-log-target', 1, 2, absent),
  ...named('halt kexec soft-reboot', 0, 0, absent),
  ...named('suspend hibernate hybrid-sleep suspend-then-hibernate', 0, 0, absent),
  ...named('switch-root', 0, 2, absent),
  ...named('bind mount-image', 2, 4, absent),
  ...named('whoami', 0, ANY, whoAmI),
]);

export const systemctl = command(
  {
    name: 'systemctl',
    short: 'ht:p:P:alqfs:H:M:n:iTro:',
    long: {
      help: 'h',
      all: 'a',
      full: 'l',
      quiet: 'q',
      force: 'f',
      type: 't',
      property: 'p',
      lines: 'n',
      host: 'H',
      machine: 'M',
      signal: 's',
      output: 'o',
      recursive: 'r',
      'show-transaction': 'T',
      value: 'value',
      now: 'now',
      system: 'system',
      user: 'user',
      global: 'global',
      runtime: 'runtime',
      state: 'state:',
      failed: 'failed',
      plain: 'plain',
      reverse: 'reverse',
      before: 'before',
      after: 'after',
      wait: 'wait',
      legend: 'legend:',
      'no-legend': 'nl',
      'no-pager': 'np',
      'no-block': 'nb',
      'no-ask-password': 'nap',
      'no-wall': 'nw',
      'no-warn': 'no-warn',
      'no-reload': 'no-reload',
      'kill-whom': 'kill-whom:',
      'kill-who': 'kill-whom:',
      'drop-in': 'drop-in:',
      'job-mode': 'job-mode:',
      'preset-mode': 'preset-mode:',
      'check-inhibitors': 'check-inhibitors:',
      'ignore-inhibitors': 'i',
      when: 'when:',
      'image-policy': 'image-policy:',
      'with-dependencies': 'with-dependencies',
      'show-types': 'show-types',
      'dry-run': 'dry-run',
      'kill-value': 'kill-value:',
      what: 'what:',
      root: 'root:',
      image: 'image:',
      timestamp: 'timestamp:',
      marked: 'marked',
      'read-only': 'read-only',
      mkdir: 'mkdir',
      message: 'message:',
      'boot-loader-menu': 'boot-loader-menu:',
      'boot-loader-entry': 'boot-loader-entry:',
      'firmware-setup': 'firmware-setup',
      'reboot-argument': 'reboot-argument:',
    },
    hint: '',
    absent: [
      ...[
        'H',
        'M',
        'global',
        'r',
        'T',
        'i',
        'check-inhibitors',
        'when',
        'image-policy',
        'job-mode',
        'preset-mode',
        'marked',
      ],
      ...['with-dependencies', 'dry-run', 'kill-value', 'root', 'image', 'timestamp', 'read-only'],
      ...[
        'mkdir',
        'message',
        'boot-loader-menu',
        'boot-loader-entry',
        'firmware-setup',
        'reboot-argument',
        'no-reload',
      ],
    ],
  },
  async (call) => {
    const { io } = call;
    const [name = 'list-units', ...words] = call.operands;
    const wrong = wrongValue(call);
    if (wrong !== undefined) {
      await io.raw(wrong);
      return 1;
    }
    const verb = VERBS.get(name);
    if (verb === undefined) {
      const near = nearest(name);
      await io.raw(
        near === undefined
          ? `Unknown command verb '${name}'.\n`
          : `Unknown command verb '${name}', did you mean '${near}'?\n`,
      );
      return 1;
    }
    if (words.length < verb.least || words.length > verb.most) {
      await io.raw(`Too ${words.length < verb.least ? 'few' : 'many'} arguments.\n`);
      return 1;
    }
    return await verb.run(call, words, name);
  },
);

async function refuse(io: Invocation['io'], what: string): Promise<number> {
  await io.raw(`drydock: 'systemctl ${what}' is not simulated\n`);
  return 1;
}

/** What is wrong with the value of an option. */
function wrongValue({ options }: Invocation): string | undefined {
  const type = options
    .values('t')
    .flatMap((text) => text.split(','))
    .find((word) => !UNIT_TYPES.includes(word) && !['loaded', 'not-found', 'masked'].includes(word));
  if (type !== undefined)
    return `Unknown unit type or load state '${type}'.\nUse -t help to see a list of allowed values.\n`;
  const signal = options.value('s');
  if (signal !== undefined && !isSignalWord(signal)) return `Failed to parse signal string "${signal}".\n`;
  const lines = options.value('n');
  return lines === undefined || /^\d+$/.test(lines) || lines === 'all'
    ? undefined
    : `Failed to parse lines '${lines}'\n`;
}

const isSignalWord = (word: string): boolean =>
  /^\d+$/.test(word) || SIGNALS.some((name) => name === word || name === `SIG${word}`);

/** The verb that needs the fewest changes, where these are few; one that begins so comes first. */
function nearest(word: string): string | undefined {
  const names = [...VERBS.keys()];
  const begun = names.filter((name) => name.startsWith(word));
  if (begun.length > 0) return begun[0];
  const [best] = names.map((name) => ({ name, cost: distance(word, name) })).toSorted((a, b) => a.cost - b.cost);
  return best !== undefined && best.cost <= 5 ? best.name : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...a].entries()) {
    const next = [at + 1];
    for (const [column, other] of [...b].entries())
      next.push(
        Math.min((row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1, (row[column] ?? 0) + (letter === other ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

async function plainAction(call: Invocation, doing: string, request: Readonly<Record<string, Plain>>): Promise<number> {
  const reply = await askManager(call, request);
  if (reply.type === 'unreachable') return await sayUnreachable(call.io, reply);
  if (reply.type !== 'error') return 0;
  const isOwn = reply.code === 'not-simulated';
  await call.io.raw(isOwn ? `${reply.message}\n` : `Failed to ${doing}: ${reply.message}\n`);
  return statusOf(reply);
}

async function list(call: Invocation, patterns: readonly string[], verb: string): Promise<number> {
  const { io, options } = call;
  const states = options.values('state').flatMap((text) => text.split(','));
  const isFiltered = states.length > 0 || options.has('failed');
  const reply = await askManager(
    call,
    verb === 'list-units' ? { method: 'list', all: options.has('a') || isFiltered } : { method: 'list-unit-files' },
  );
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'units') return 1;
  const how = {
    all: options.has('a'),
    legend: !options.has('nl') && options.value('legend') !== 'false' && !options.has('q'),
    plain: options.has('plain'),
    types: options.values('t').flatMap((text) => text.split(',')),
    states: [...states, ...(options.has('failed') ? ['failed'] : [])],
    patterns,
  };
  const lines = verb === 'list-units' ? unitLines(reply.units, how) : unitFileLines(reply.units, how);
  for (const line of lines) io.line(line);
  return await io.end(0);
}
