/** uptime and lsmod: both read /proc. */
import { command } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { strftime } from '../strftime.ts';
import { procpsCommand, procpsUsage, type ProcpsSpec } from './procps-command.ts';
import { prettyUptime, uptimeLine, uptimeSeconds } from './uptime-line.ts';

const UPTIME: ProcpsSpec = {
  name: 'uptime',
  short: 'psV',
  long: { pretty: 'p', since: 's' },
  helpOption: '-h',
  usage: '[options]',
};

export const uptime = procpsCommand(UPTIME, async ({ io, options, operands, process, flavour }) => {
  if (operands.length > 0 && flavour === 'gnu') return await procpsUsage(io, UPTIME);
  // The last one counts.
  const form = options.order.at(-1)?.[0];
  if (form === 'p') io.line(prettyUptime(process));
  else if (form === 's')
    io.line(strftime('%Y-%m-%d %H:%M:%S', process.time().realtimeUs - uptimeSeconds(process) * 1e6));
  else io.line(uptimeLine(process));
  return await io.end(0);
});

export const lsmod = command({ name: 'lsmod', hint: '', calls: 'short', short: '' }, async (call) => {
  call.io.line('Module                  Size  Used by');
  for (const line of (fileText(call.process, '/proc/modules') ?? '').split('\n')) {
    const [name, size, references, users = '-'] = line.split(' ');
    if (name !== undefined && name !== '')
      call.io.line(
        `${name.padEnd(19)} ${(size ?? '').padStart(8)}  ${references ?? '0'} ${users === '-' ? '' : users.replace(/,$/, '')}`.trimEnd(),
      );
  }
  return await call.io.end(0);
});
