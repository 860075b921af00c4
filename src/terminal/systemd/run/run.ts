/**
 * systemd-run (systemd 255): a command as a service, in a scope, or later by a timer.
 * Models: transient services, scopes and timers, settings by -p, --wait, --pipe, --collect.
 * Leaves out: --pty, --shell, paths and sockets, user managers, other machines.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import { command, type Applet, type Invocation } from '../../coreutils/command.ts';
import { lookupPath } from '../../run-child.ts';
import { askManager, sayUnreachable, type Unit } from '../client.ts';
import { isTimed, unitTexts, unknownAssignment } from './run-units.ts';
import { span } from '../time-words.ts';

export const systemdRun: Applet = command(
  {
    name: 'systemd-run',
    short: '+hrH:M:E:p:tPqGdSu:',
    stopEarly: true,
    hint: '',
    long: {
      unit: 'u',
      property: 'p',
      setenv: 'E',
      'remain-after-exit': 'r',
      pty: 't',
      pipe: 'P',
      quiet: 'q',
      collect: 'G',
      'same-dir': 'd',
      shell: 'S',
      host: 'H',
      machine: 'M',
      user: 'user',
      system: 'system',
      scope: 'scope',
      wait: 'wait',
      'no-block': 'no-block',
      'no-ask-password': 'no-ask-password',
      'send-sighup': 'send-sighup',
      'slice-inherit': 'slice-inherit',
      description: 'description:',
      slice: 'slice:',
      'service-type': 'service-type:',
      uid: 'uid:',
      gid: 'gid:',
      nice: 'nice:',
      'working-directory': 'working-directory:',
      'on-active': 'on-active:',
      'on-boot': 'on-boot:',
      'on-startup': 'on-startup:',
      'on-unit-active': 'on-unit-active:',
      'on-unit-inactive': 'on-unit-inactive:',
      'on-calendar': 'on-calendar:',
      'timer-property': 'timer-property:',
      'path-property': 'path-property:',
      'socket-property': 'socket-property:',
      'on-timezone-change': 'on-timezone-change',
      'on-clock-change': 'on-clock-change',
    },
    absent: [
      ...['H', 'M', 't', 'S', 'send-sighup', 'slice-inherit', 'nice'],
      ...['path-property', 'socket-property', 'on-timezone-change', 'on-clock-change'],
    ],
  },
  async (call) => {
    const { io, process, operands } = call;
    const mistake = mistakeOf(call);
    if (mistake !== undefined) {
      await io.raw(`${mistake}\n`);
      return 1;
    }
    const [word = ''] = operands;
    const path = lookupPath(process, word);
    if (path === undefined) {
      await io.raw(`Failed to find executable ${word}: No such file or directory\n`);
      return 1;
    }
    const absolute = path.startsWith('/') ? path : `${process.cwd()}/${path}`;
    return call.options.has('scope') ? await runInScope(call, absolute) : await runAsService(call, absolute);
  },
);

function mistakeOf(call: Invocation): string | undefined {
  const { operands, options } = call;
  if (operands.length === 0) return 'Command line to execute required.';
  if (options.has('P') && (isTimed(call) || options.has('scope')))
    return '--pty/--pipe is not compatible in timer or --scope mode.';
  if (isTimed(call) && options.has('scope')) return 'Timer options are not supported in --scope mode.';
  if (options.has('wait') && options.has('no-block')) return '--wait may not be combined with --no-block.';
  if (options.has('wait') && isTimed(call)) return '--wait may not be combined with path, socket, or timer operations.';
  if (options.has('wait') && options.has('scope')) return '--wait may not be combined with --scope.';
  const unknown = unknownAssignment(call);
  if (unknown === undefined) return undefined;
  return unknown.includes('=') ? `Unknown assignment: ${unknown}` : `Not an assignment: ${unknown}`;
}

/** The name that was asked for, or one of its own. */
function nameOf({ options, process }: Invocation, type: 'service' | 'scope'): string {
  const asked = options.value('u');
  const stem = asked?.replace(/\.(service|scope|timer)$/, '');
  return `${stem ?? `run-u${String(process.pid)}`}.${type}`;
}

async function runAsService(call: Invocation, path: string): Promise<number> {
  const { io, process, options } = call;
  const name = nameOf(call, 'service');
  const waits = options.has('wait') || options.has('P');
  const reply = await askManager(
    { process, options },
    {
      method: 'start-transient',
      files: unitTexts(call, name, path).map((each) => ({ ...each })),
      ...(options.has('P') ? { stdioOf: process.pid } : {}),
      ...(options.has('no-block') ? { noBlock: true } : {}),
    },
  );
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type === 'error')
    return await sayRefused(call, isTimed(call) ? 'timer unit' : 'service unit', reply.message);
  if (isTimed(call)) {
    if (!options.has('q'))
      await io.raw(`Running timer as unit: ${name.replace(/service$/, 'timer')}\nWill run service as unit: ${name}\n`);
    return 0;
  }
  await sayRunning(call, name);
  if (!waits) return 0;
  const ended = await askManager({ process, options }, { method: 'wait-end', unit: name });
  const unit = ended.type === 'units' ? ended.units[0] : undefined;
  return unit === undefined ? 1 : await sayEnded(call, unit);
}

async function sayRunning({ io, process, options }: Invocation, name: string): Promise<void> {
  if (options.has('q')) return;
  const shown = await askManager({ process, options }, { method: 'show', units: [name] });
  const invocation = shown.type === 'units' ? (shown.units[0]?.invocation ?? '') : '';
  await io.raw(`Running as unit: ${name}${invocation === '' ? '' : `; invocation ID: ${invocation}`}\n`);
}

/** How it ended; the status is the command's own. */
async function sayEnded({ io, options }: Invocation, unit: Unit): Promise<number> {
  const main = unit.commands.findLast(({ setting }) => setting === 'ExecStart');
  const code = main?.exitSignal === undefined ? (main?.exitCode ?? 0) : 255;
  if (options.has('q')) return code;
  const how =
    main?.exitSignal === undefined ? `exited/status=${String(code)}` : `killed/signal=${main.exitSignal.slice(3)}`;
  await io.raw(`Finished with result: ${unit.result}\nMain processes terminated with: code=${how}\n`);
  await io.raw(
    `Service runtime: ${span(unit.sinceUnixUs - unit.startingUnixUs)}\nCPU time consumed: ${span(unit.cpuUs)}\n`,
  );
  return code;
}

/** The caller's own process becomes the command, in a scope of its own. */
async function runInScope(call: Invocation, path: string): Promise<number> {
  const { io, process, operands, options } = call;
  const name = nameOf(call, 'scope');
  const reply = await askManager(
    { process, options },
    {
      method: 'start-transient',
      files: unitTexts(call, name, path).map((each) => ({ ...each })),
      scopeOf: process.pid,
    },
  );
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type === 'error') return await sayRefused(call, 'scope unit', reply.message);
  if (!options.has('q')) await io.raw(`Running as unit: ${name}\n`);
  await io.flush();
  const gone = await process.exec(path, operands, process.env);
  await io.raw(`Failed to execute: ${failed(gone) ? strerror(gone) : ''}\n`);
  return 1;
}

async function sayRefused({ io }: Invocation, what: string, message: string): Promise<number> {
  await io.raw(`Failed to start transient ${what}: ${message}\n`);
  return 1;
}
