/** hostnamectl and timedatectl (systemd 255): what they tell is read from the same files as theirs. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { CommandSpec, Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { strftime } from '../../strftime.ts';
import { textToBytes } from '../../text.ts';
import { notSimulated } from '../plain-program.ts';

const trimmed = (process: Process, path: string): string => (fileText(process, path) ?? '').trim();
const releaseField = (process: Process, name: string): string =>
  new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(fileText(process, '/etc/os-release') ?? '')?.[1] ?? '';

const hostnamectlSpec: CommandSpec = {
  name: 'hostnamectl',
  hint: '',
  short: 'jH:M:',
  long: {
    'no-ask-password': 'np',
    host: 'H',
    machine: 'M',
    static: 'static',
    transient: 'transient',
  },
  absent: ['j', 'H', 'M'],
  absentLong: 'json= pretty',
};

export const hostnamectl = command(hostnamectlSpec, async (call) => {
  const { io, process } = call;
  const [verb = 'status', name, ...more] = call.operands;
  if (more.length > 0 || (verb === 'status' && name !== undefined)) return await tooMany(call);
  const which = ['static', 'transient'].find((each) => call.options.has(each));
  if (which !== undefined && name !== undefined) return await notSimulated(io, `hostnamectl ${verb} --${which}`);
  if (which !== undefined && (verb === 'status' || verb === 'hostname')) {
    io.line(which === 'static' ? trimmed(process, '/etc/hostname') : process.hostname());
    return await io.end(0);
  }
  switch (verb) {
    case 'status': {
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

async function rename({ io, process }: Invocation, name: string): Promise<number> {
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

async function tooMany({ io }: Invocation): Promise<number> {
  await io.raw('Too many arguments.\n');
  return 1;
}

const TIMEDATECTL_VERBS: ReadonlySet<string> = new Set([
  'set-time',
  'set-timezone',
  'list-timezones',
  'set-local-rtc',
  'set-ntp',
  'timesync-status',
  'show-timesync',
  'ntp-servers',
  'revert',
]);

const timedatectlSpec: CommandSpec = {
  name: 'timedatectl',
  hint: '',
  short: 'H:M:p:P:a',
  long: {
    'no-pager': 'pager',
    'no-ask-password': 'np',
    host: 'H',
    machine: 'M',
    property: 'p',
    all: 'a',
  },
  absent: ['H', 'M', 'p', 'P', 'a'],
  absentLong: 'adjust-system-clock monitor value',
};

export const timedatectl = command(timedatectlSpec, async (call) => {
  const { io, process, operands } = call;
  const [verb = 'status', ...more] = operands;
  if (more.length > 0 && (verb === 'status' || verb === 'show')) return await tooMany(call);
  if (verb === 'show') {
    const { realtimeUs } = process.time();
    io.out(
      `Timezone=Etc/UTC\nLocalRTC=no\nCanNTP=yes\nNTP=no\nNTPSynchronized=no\nTimeUSec=${strftime('%a %Y-%m-%d %H:%M:%S UTC', realtimeUs)}\nRTCTimeUSec=${strftime('%a %Y-%m-%d %H:%M:%S UTC', realtimeUs)}\n`,
    );
    return await io.end(0);
  }
  if (verb !== 'status') {
    if (TIMEDATECTL_VERBS.has(verb)) return await notSimulated(io, `timedatectl ${verb}`);
    await io.raw(`Unknown command verb '${verb}'.\n`);
    return 1;
  }
  const { realtimeUs } = process.time();
  const text = strftime('%a %Y-%m-%d %H:%M:%S', realtimeUs);
  io.out(
    `               Local time: ${text} UTC\n           Universal time: ${text} UTC\n                 RTC time: ${text}\n                Time zone: ${trimmed(process, '/etc/timezone')} (UTC, +0000)\nSystem clock synchronized: no\n              NTP service: n/a\n          RTC in local TZ: no\n`,
  );
  return await io.end(0);
});
