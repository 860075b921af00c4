/** hostnamectl and timedatectl (systemd 255): what they tell is read from the same files as theirs. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { PlainCall } from '../plain-program.ts';
import { fileText } from '../../io.ts';
import { strftime } from '../../strftime.ts';
import { textToBytes } from '../../text.ts';
import { notSimulated, plainProgram } from '../plain-program.ts';

const trimmed = (process: Process, path: string): string => (fileText(process, path) ?? '').trim();
const releaseField = (process: Process, name: string): string =>
  new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(fileText(process, '/etc/os-release') ?? '')?.[1] ?? '';

export const hostnamectl = plainProgram('hostnamectl', async (call) => {
  const { io, process } = call;
  const words = call.args.filter((arg) => !arg.startsWith('-'));
  const [verb = 'status', name] = words;
  switch (verb) {
    case 'status': {
      if (call.args.some((arg) => arg.startsWith('--json') || arg === '-j'))
        return await notSimulated(io, 'hostnamectl --json');
      const rows: readonly (readonly [string, string])[] = [
        ['Static hostname', trimmed(process, '/etc/hostname')],
        ...(process.hostname() === trimmed(process, '/etc/hostname')
          ? []
          : ([['Transient hostname', process.hostname()]] as const)),
        ['Icon name', 'computer-vm'],
        ['Chassis', 'vm \u{1f5b4}'],
        ['Machine ID', trimmed(process, '/etc/machine-id')],
        ['Boot ID', trimmed(process, '/proc/sys/kernel/random/boot_id').replace(/-/g, '')],
        ['Operating System', releaseField(process, 'PRETTY_NAME')],
        ['Kernel', `Linux ${trimmed(process, '/proc/sys/kernel/osrelease')}`],
        ['Architecture', 'x86-64'],
        ['Hardware Vendor', trimmed(process, '/sys/class/dmi/id/sys_vendor')],
        ['Hardware Model', trimmed(process, '/sys/class/dmi/id/product_name')],
      ];
      const width = Math.max(...rows.map(([title]) => title.length), 16);
      for (const [title, value] of rows) if (value !== '') io.line(`${title.padStart(width)}: ${value}`);
      return await io.end(0);
    }
    case 'hostname':
      if (name !== undefined) return await rename(call, name);
      io.line(process.hostname());
      return await io.end(0);
    case 'set-hostname':
      if (name !== undefined) return await rename(call, name);
      await io.raw('Too few arguments.\n');
      return 1;
    case 'icon-name':
    case 'chassis':
    case 'deployment':
    case 'location':
    case 'set-icon-name':
    case 'set-chassis':
    case 'set-deployment':
    case 'set-location':
      return await notSimulated(io, `hostnamectl ${verb}`);
    default:
      await io.raw(`Unknown command verb '${verb}'.\n`);
      return 1;
  }
});

async function rename({ io, process }: PlainCall, name: string): Promise<number> {
  if (process.credentials().uid !== 0) {
    await io.raw('Could not set static hostname: Interactive authentication required.\n');
    return 1;
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(name)) {
    await io.raw(`Could not set static hostname: Invalid static hostname '${name}'\n`);
    return 1;
  }
  const written = process.writeFile('/etc/hostname', textToBytes(`${name}\n`));
  return failed(written) || failed(process.sethostname(name)) ? 1 : 0;
}

export const timedatectl = plainProgram('timedatectl', async ({ io, process, args }) => {
  const [verb = 'status'] = args.filter((arg) => !arg.startsWith('-'));
  if (verb === 'show') {
    const { realtimeUs } = process.time();
    io.out(
      `Timezone=Etc/UTC\nLocalRTC=no\nCanNTP=yes\nNTP=no\nNTPSynchronized=no\nTimeUSec=${strftime('%a %Y-%m-%d %H:%M:%S UTC', realtimeUs)}\nRTCTimeUSec=${strftime('%a %Y-%m-%d %H:%M:%S UTC', realtimeUs)}\n`,
    );
    return await io.end(0);
  }
  if (verb !== 'status') return await notSimulated(io, `timedatectl ${verb}`);
  const { realtimeUs } = process.time();
  const text = strftime('%a %Y-%m-%d %H:%M:%S', realtimeUs);
  io.out(
    `               Local time: ${text} UTC\n           Universal time: ${text} UTC\n                 RTC time: ${text}\n                Time zone: ${trimmed(process, '/etc/timezone')} (UTC, +0000)\nSystem clock synchronized: no\n              NTP service: n/a\n          RTC in local TZ: no\n`,
  );
  return await io.end(0);
});
