/** systemctl and journalctl over systemd's private socket (`message` segments). */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Process } from '../../protocol/program.ts';
import type { Invocation } from '../coreutils/command.ts';
import { command, humanSize } from '../coreutils/command.ts';
import { strftime } from '../strftime.ts';

interface Unit {
  readonly name: string;
  readonly description: string;
  readonly load: string;
  readonly active: string;
  readonly sub: string;
  readonly enabled: string;
  readonly preset: string;
  readonly path?: string;
  readonly mainPid: number;
  readonly cgroup: string;
  readonly sinceUnixUs: number;
  readonly tasks: number;
  readonly memoryBytes: number;
  readonly cpuUs: number;
  readonly result: string;
  readonly exitCode?: number;
  readonly execStart?: string;
  readonly processes: readonly { readonly pid: number; readonly command: string }[];
  readonly documentation: readonly string[];
  readonly needsReload: boolean;
  readonly dropIns: readonly string[];
}
interface JournalLine {
  readonly cursor: number;
  readonly unixUs: number;
  readonly identifier: string;
  readonly pid?: number;
  readonly message: string;
}
type Reply =
  | {
      readonly type: 'done';
      readonly changes?: readonly { readonly kind: string; readonly path: string; readonly target?: string }[];
    }
  | { readonly type: 'units'; readonly units: readonly Unit[] }
  | { readonly type: 'records'; readonly records: readonly JournalLine[]; readonly boot: string }
  | { readonly type: 'error'; readonly code: string; readonly unit?: string; readonly message: string };

const SOCKET = '/run/systemd/private';

/** One call; the answer, or why the socket could not be reached. */
async function ask(
  process: Process,
  request: Plain,
  each?: (reply: Reply) => Promise<boolean>,
): Promise<Reply | { readonly type: 'unreachable'; readonly message: string }> {
  const fd = await process.connect({ family: 'unix', path: SOCKET });
  if (failed(fd)) return { type: 'unreachable', message: strerror(fd) };
  await process.send(fd, { type: 'message', value: request });
  for (;;) {
    const segment = await process.receive(fd);
    if (segment === undefined || failed(segment) || segment.type !== 'message') {
      process.close(fd);
      return { type: 'unreachable', message: 'Connection reset by peer' };
    }
    // What came over the wire has the shape that engine/machine/systemd's SystemdReply documents.
    const reply = segment.value as unknown as Reply;
    if (each !== undefined && (await each(reply))) continue;
    process.close(fd);
    return reply;
  }
}

const unitName = (text: string): string =>
  /\.(service|socket|target|timer|mount|path|slice|swap|scope)$/.test(text) ? text : `${text}.service`;

async function report(call: Invocation, reply: Awaited<ReturnType<typeof ask>>): Promise<number | undefined> {
  if (reply.type === 'unreachable') {
    await call.io.raw(
      `System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: ${reply.message === 'Connection reset by peer' ? reply.message : 'Host is down'}\n`,
    );
    return 1;
  }
  if (reply.type !== 'error') return undefined;
  await call.io.raw(`${reply.message}\n`);
  return reply.code === 'not-found' ? 5 : 1;
}

const ACTIONS = new Set([
  'start',
  'stop',
  'restart',
  'reload',
  'try-restart',
  'reload-or-restart',
  'enable',
  'disable',
  'mask',
  'unmask',
  'reset-failed',
]);

export const systemctl = command(
  {
    name: 'systemctl',
    short: 'alqt:p:n:fH:',
    long: {
      all: 'a',
      full: 'l',
      quiet: 'q',
      now: 'now',
      'no-pager': 'np',
      type: 't',
      'no-legend': 'nl',
      property: 'p',
      lines: 'n',
      force: 'f',
      value: 'value',
      'no-block': 'nb',
      state: 'state:',
      system: 'system',
      failed: 'failed',
      signal: 'signal:',
    },
  },
  async (call) => {
    const { io, options, process } = call;
    const [verb = 'list-units', ...names] = call.operands;
    const units = names.map(unitName);
    if (ACTIONS.has(verb)) {
      const reply = await ask(process, { method: verb, units, ...(options.has('nb') ? { noBlock: true } : {}) });
      const code = await report(call, reply);
      if (code !== undefined) return code;
      if (reply.type === 'done')
        for (const change of reply.changes ?? [])
          await io.raw(
            change.kind === 'symlink'
              ? `Created symlink ${change.path} \u2192 ${change.target ?? ''}.\n`
              : `Removed "${change.path}".\n`,
          );
      if (options.has('now') && (verb === 'enable' || verb === 'disable' || verb === 'mask'))
        return (await report(call, await ask(process, { method: verb === 'enable' ? 'start' : 'stop', units }))) ?? 0;
      return 0;
    }
    if (verb === 'daemon-reload') return (await report(call, await ask(process, { method: 'daemon-reload' }))) ?? 0;
    if (verb === 'reboot' || verb === 'poweroff')
      return (await report(call, await ask(process, { method: 'power', action: verb }))) ?? 0;
    if (verb === 'kill')
      return (
        (await report(
          call,
          await ask(process, { method: 'kill', unit: units[0] ?? '', signal: options.value('signal') ?? 'SIGTERM' }),
        )) ?? 0
      );
    if (verb === 'list-units' || verb === 'list-unit-files') return await list(call, verb);
    if (!['status', 'is-active', 'is-enabled', 'is-failed', 'show', 'cat'].includes(verb)) {
      await io.raw(`Unknown command verb ${verb}.\n`);
      return 1;
    }
    const reply = await ask(process, { method: 'show', units });
    const code = await report(call, reply);
    if (code !== undefined) return code;
    return reply.type === 'units' ? await query(call, verb, reply.units) : 1;
  },
);

async function query(call: Invocation, verb: string, units: readonly Unit[]): Promise<number> {
  const { io, options } = call;
  let status = 0;
  for (const [at, unit] of units.entries()) {
    const say = (text: string): void => {
      if (!options.has('q')) io.line(text);
    };
    if (verb === 'is-active') {
      say(unit.active);
      if (unit.active !== 'active' && unit.active !== 'reloading') status = unit.load === 'not-found' ? 4 : 3;
    } else if (verb === 'is-failed') {
      say(unit.active);
      if (unit.active !== 'failed') status = 1;
    } else if (verb === 'is-enabled') {
      if (unit.load === 'not-found') {
        await io.raw(`Failed to get unit file state for ${unit.name}: No such file or directory\n`);
        status = 1;
      } else {
        say(unit.enabled);
        if (unit.enabled === 'disabled' || unit.enabled === 'masked') status = 1;
      }
    } else if (verb === 'show') {
      const values: Readonly<Record<string, string>> = {
        Id: unit.name,
        Description: unit.description,
        LoadState: unit.load,
        ActiveState: unit.active,
        SubState: unit.sub,
        UnitFileState: unit.enabled,
        MainPID: String(unit.mainPid),
        Result: unit.result,
        ControlGroup: unit.cgroup,
        TasksCurrent: String(unit.tasks),
        MemoryCurrent: String(unit.memoryBytes),
        FragmentPath: unit.path ?? '',
      };
      const wanted = options.values('p').flatMap((text) => text.split(','));
      for (const [name, value] of Object.entries(values))
        if (wanted.length === 0 || wanted.includes(name)) io.line(options.has('value') ? value : `${name}=${value}`);
    } else if (verb === 'cat') {
      const bytes = unit.path === undefined ? undefined : call.process.readFile(unit.path);
      if (bytes === undefined || failed(bytes)) {
        await io.raw(`No files found for ${unit.name}.\n`);
        status = 1;
      } else {
        io.line(`# ${unit.path ?? ''}`);
        await io.bytes(bytes);
      }
    } else {
      if (at > 0) io.line('');
      status = Math.max(status, await showStatus(call, unit));
    }
  }
  return await io.end(status);
}

async function showStatus(call: Invocation, unit: Unit): Promise<number> {
  const { io, process } = call;
  if (unit.load === 'not-found') {
    await io.raw(`Unit ${unit.name} could not be found.\n`);
    return 4;
  }
  const dot = unit.active === 'failed' ? '\u00d7' : unit.active === 'active' ? '\u25cf' : '\u25cb';
  io.line(`${dot} ${unit.name}${unit.description === '' ? '' : ` - ${unit.description}`}`);
  io.line(
    `     Loaded: ${unit.load} (${unit.path ?? ''}; ${unit.enabled}${unit.enabled === 'static' ? '' : `; preset: ${unit.preset}`})`,
  );
  if (unit.dropIns.length > 0) io.line(`    Drop-In: ${unit.dropIns.join(' ')}`);
  const since =
    unit.sinceUnixUs === 0
      ? ''
      : ` since ${strftime('%a %Y-%m-%d %H:%M:%S UTC', unit.sinceUnixUs)}; ${ago(process.time().realtimeUs - unit.sinceUnixUs)} ago`;
  io.line(
    `     Active: ${unit.active} ${unit.active === 'failed' ? `(Result: ${unit.result})` : `(${unit.sub})`}${since}`,
  );
  for (const text of unit.documentation) io.line(`       Docs: ${text}`);
  if (unit.execStart !== undefined && unit.mainPid === 0) io.line(`    Process: ${unit.execStart}`);
  const main = unit.processes.find(({ pid }) => pid === unit.mainPid);
  if (unit.mainPid !== 0)
    io.line(
      `   Main PID: ${String(unit.mainPid)} (${(main?.command ?? unit.name.replace(/\..*$/, '')).split(' ')[0]?.split('/').at(-1) ?? ''})`,
    );
  if (unit.active === 'active' && unit.processes.length > 0) {
    io.line(`      Tasks: ${String(unit.tasks)}`);
    io.line(`     Memory: ${humanSize(unit.memoryBytes)}`);
    io.line(
      `        CPU: ${unit.cpuUs < 1e6 ? `${String(Math.round(unit.cpuUs / 1_000))}ms` : `${(unit.cpuUs / 1e6).toFixed(3)}s`}`,
    );
    io.line(`     CGroup: ${unit.cgroup}`);
    unit.processes.forEach((entry, at) => {
      io.line(
        `             ${at === unit.processes.length - 1 ? '\u2514' : '\u251c'}\u2500${String(entry.pid)} ${entry.command}`,
      );
    });
  }
  const log = await ask(process, {
    method: 'journal',
    units: [unit.name],
    last: Number(call.options.value('n') ?? '10'),
  });
  if (log.type === 'records' && log.records.length > 0) {
    io.line('');
    for (const record of log.records) io.line(journalText(record, process.hostname()));
  }
  return unit.active === 'active' || unit.active === 'reloading' || unit.active === 'activating' ? 0 : 3;
}

function ago(us: number): string {
  const s = Math.floor(us / 1e6);
  if (s < 60) return `${String(s)}s`;
  if (s < 3_600) return `${String(Math.floor(s / 60))}min${s < 600 ? ` ${String(s % 60)}s` : ''}`;
  return s < 86_400
    ? `${String(Math.floor(s / 3_600))}h ${String(Math.floor(s / 60) % 60)}min`
    : `${String(Math.floor(s / 86_400))} day${s < 172_800 ? '' : 's'}`;
}

async function list(call: Invocation, verb: string): Promise<number> {
  const { io, options, process } = call;
  const reply = await ask(
    process,
    verb === 'list-units' ? { method: 'list', all: options.has('a') } : { method: 'list-unit-files' },
  );
  const code = await report(call, reply);
  if (code !== undefined) return code;
  if (reply.type !== 'units') return 1;
  const wanted = options.value('t');
  const state = options.has('failed') ? 'failed' : options.value('state');
  const units = reply.units.filter(
    ({ name, active, sub, enabled }) =>
      (wanted === undefined || name.endsWith(`.${wanted}`)) &&
      (state === undefined || [active, sub, enabled].includes(state)),
  );
  const rows =
    verb === 'list-units'
      ? [
          ['UNIT', 'LOAD', 'ACTIVE', 'SUB', 'DESCRIPTION'],
          ...units.map((unit) => [unit.name, unit.load, unit.active, unit.sub, unit.description]),
        ]
      : [['UNIT FILE', 'STATE', 'PRESET'], ...units.map((unit) => [unit.name, unit.enabled, unit.preset])];
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  for (const [at, row] of rows.entries())
    if (at > 0 || !options.has('nl'))
      io.line(
        `${verb === 'list-units' ? '  ' : ''}${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join(' ')}`,
      );
  if (!options.has('nl'))
    io.line(`\n${String(units.length)} ${verb === 'list-units' ? 'loaded units listed.' : 'unit files listed.'}`);
  return await io.end(0);
}

const journalText = (record: JournalLine, host: string): string =>
  `${strftime('%b %d %H:%M:%S', record.unixUs)} ${host} ${record.identifier}${record.pid === undefined ? '' : `[${String(record.pid)}]`}: ${record.message}`;

export const journalctl = command(
  {
    name: 'journalctl',
    short: 'u:n:fxekbro:p:S:U:',
    long: {
      unit: 'u',
      lines: 'n',
      follow: 'f',
      'no-pager': 'np',
      'pager-end': 'e',
      dmesg: 'k',
      boot: 'b',
      reverse: 'r',
      output: 'o',
      priority: 'p',
      since: 'S',
      until: 'U',
      quiet: 'q',
    },
  },
  async (call) => {
    const { io, options, process } = call;
    const priorities = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
    const priority = options.value('p');
    const last = options.value('n') ?? (options.has('f') ? '10' : options.has('e') ? '1000' : undefined);
    const request = {
      method: 'journal',
      units: options.values('u').map(unitName),
      ...(last === undefined || last === 'all' ? {} : { last: Number(last) }),
      ...(options.has('k') ? { kernel: true } : {}),
      ...(options.has('f') ? { follow: true } : {}),
      ...(priority === undefined
        ? {}
        : { priority: /^\d$/.test(priority) ? Number(priority) : priorities.indexOf(priority) }),
    };
    if (options.has('S') || options.has('U')) {
      await io.raw("drydock: 'journalctl --since/--until' is not simulated\n");
      return 1;
    }
    let shown = 0;
    const show = async (reply: Reply): Promise<boolean> => {
      if (reply.type !== 'records') return false;
      shown += reply.records.length;
      for (const record of options.has('r') ? reply.records.toReversed() : reply.records)
        io.line(options.value('o') === 'cat' ? record.message : journalText(record, process.hostname()));
      return (await io.flush()) && options.has('f');
    };
    const reply = await ask(process, request, show);
    const code = await report(call, reply);
    if (code !== undefined) return code;
    if (shown === 0) io.line('-- No entries --');
    return await io.end(0);
  },
);
