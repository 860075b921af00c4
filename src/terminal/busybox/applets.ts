/**
 * Applets that busybox has its own kind of: another layout than the programs of the same name that hosts have. They come
 * before those that both share. Recorded from busybox 1.35 as Debian builds it, options of 1.37 as Alpine does.
 */
import type { Applet } from '../coreutils/command.ts';
import { asApplet } from './as-applet.ts';

export const busyboxApplets: ReadonlyMap<string, () => Promise<Applet>> = new Map<string, () => Promise<Applet>>([
  ['addgroup', async () => (await import('./accounts.ts')).addgroup],
  ['adduser', async () => (await import('./accounts.ts')).adduser],
  ['crontab', async () => asApplet((await import('../schedule/crontab.ts')).crontab)],
  ['delgroup', async () => (await import('./accounts.ts')).delgroup],
  ['deluser', async () => (await import('./accounts.ts')).deluser],
  ['df', async () => (await import('./df.ts')).df],
  ['dnsdomainname', async () => (await import('./small.ts')).dnsdomainname],
  ['free', async () => (await import('./free.ts')).free],
  ['ip', async () => (await import('./ip.ts')).ip],
  ['kill', async () => (await import('./kill.ts')).kill],
  ['killall', async () => asApplet((await import('../processes/killall.ts')).killall)],
  ['logger', async () => asApplet((await import('../schedule/logger.ts')).logger)],
  ['lsmod', async () => (await import('./small.ts')).lsmod],
  ['lsof', async () => (await import('./lsof.ts')).lsof],
  ['nologin', async () => (await import('./small.ts')).nologin],
  ['passwd', async () => asApplet((await import('../system/accounts/passwords.ts')).passwd)],
  ['reset', async () => asApplet((await import('../system/stty.ts')).reset)],
  ['run-parts', async () => asApplet((await import('../schedule/run-parts.ts')).runParts)],
  ['setsid', async () => asApplet((await import('../system/accounts/runuser.ts')).setsid)],
  ['stty', async () => asApplet((await import('../system/stty.ts')).stty)],
  ['su', async () => (await import('../system/accounts/su.ts')).su],
  ['time', async () => (await import('./time.ts')).time],
  ['top', async () => (await import('./top.ts')).top],
  ['uptime', async () => (await import('./small.ts')).uptime],
  ['usleep', async () => (await import('./small.ts')).usleep],
  ['vi', async () => (await import('./vi.ts')).vi],
  ['watch', async () => (await import('./watch.ts')).watch],
  ['who', async () => asApplet((await import('../system/accounts/logins.ts')).who)],
]);
