/**
 * reboot, poweroff, halt and shutdown: systemctl under other names (systemd 255).
 * Leaves out: times other than now, wall messages, --force.
 */
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { ask, sayUnreachable } from '../client.ts';

type Action = 'reboot' | 'poweroff';

async function power({ io, process }: Invocation, action: Action): Promise<number> {
  const reply = await ask(process, { method: 'power', action });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'error') return 0;
  await io.raw(
    reply.code === 'not-simulated' ? `${reply.message}\n` : `Call to ${wordOf(action)} failed: ${reply.message}\n`,
  );
  return 1;
}

const wordOf = (action: Action): string => (action === 'reboot' ? 'Reboot' : 'PowerOff');

async function absent({ io }: Invocation, what: string): Promise<number> {
  await io.raw(`drydock: '${what}' is not simulated\n`);
  return 1;
}

const switchProgram = (name: string, action: Action): ReturnType<typeof command> =>
  command({ name, short: 'fpwd', long: { force: 'f', 'no-wall': 'nw' } }, (call) =>
    call.options.has('f') ? absent(call, `${name} --force`) : power(call, action),
  );

export const reboot = switchProgram('reboot', 'reboot');
export const poweroff = switchProgram('poweroff', 'poweroff');
export const halt = switchProgram('halt', 'poweroff');

export const shutdown = command(
  { name: 'shutdown', short: 'rhPHkc', long: { reboot: 'r', poweroff: 'P', halt: 'H', 'no-wall': 'nw' } },
  (call) => {
    const [time = '+1'] = call.operands;
    if (call.options.has('c') || call.options.has('k')) return absent(call, 'shutdown -c');
    if (time !== 'now' && time !== '+0') return absent(call, `shutdown ${time}`);
    return power(call, call.options.has('r') ? 'reboot' : 'poweroff');
  },
);
