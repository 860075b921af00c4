/** Applets of a few lines: uptime, lsmod, usleep, nologin, dnsdomainname. */
import { command, usageError } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { hostEntry } from '../resolver.ts';
import { uptimeLine } from '../processes/uptime-line.ts';

/** As procps', but always of `users`. */
export const uptime = command({ name: 'uptime', short: '', usage: '' }, async ({ process, io }) => {
  io.line(uptimeLine(process, (users) => `${String(users)} users`));
  return await io.end(0);
});

export const lsmod = command({ name: 'lsmod', short: '', usage: '' }, async ({ process, io }) => {
  io.line(
    `Module                  Size  Used by${taint(Number(fileText(process, '/proc/sys/kernel/tainted') ?? '0'))}`,
  );
  for (const line of (fileText(process, '/proc/modules') ?? '').split('\n')) {
    const [name = '', size = '', count = '', users = ''] = line.split(' ');
    if (name === '') continue;
    io.line(`${name.padEnd(19)} ${size.padStart(8)} ${count.padStart(2)} ${users.replace(/^-$|,$/, '')}`);
  }
  return await io.end(0);
});

/** By bits of /proc/sys/kernel/tainted: a module that is proprietary, one that was forced in, processors not meant for it. */
function taint(bits: number): string {
  if (bits === 0) return '    Not tainted';
  return `    Tainted: ${(bits & 1) === 0 ? 'G' : 'P'}${(bits & 2) === 0 ? ' ' : 'F'}${(bits & 4) === 0 ? ' ' : 'S'}`;
}

export const usleep = command({ name: 'usleep', short: '', usage: 'N' }, async (call) => {
  const { process, io, operands } = call;
  const [us] = operands;
  if (us === undefined) return await usageError(call, '');
  if (!/^\d+$/.test(us)) {
    await io.warn(`invalid number '${us}'`);
    return 1;
  }
  await process.sleep(Number(us));
  return 0;
});

/** Refuses a login, politely. */
export const nologin = command({ name: 'nologin', short: '', usage: '' }, async ({ process, io }) => {
  io.out(fileText(process, '/etc/nologin.txt') ?? 'This account is not available\n');
  await io.flush();
  await process.sleep(5_000_000);
  return 1;
});

/** What comes after the first dot of the name that /etc/hosts gives this host; nothing where there is none. */
export const dnsdomainname = command({ name: 'dnsdomainname', short: '', usage: '' }, async ({ process, io }) => {
  const name = process.hostname();
  const whole = hostEntry(process, name)?.canonicalName ?? name;
  if (whole.includes('.')) io.line(whole.slice(whole.indexOf('.') + 1));
  return await io.end(0);
});
