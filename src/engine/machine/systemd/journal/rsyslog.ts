/**
 * rsyslogd of Ubuntu: /var/log/syslog, auth.log and kern.log from what comes to the journal.
 * Models: the rules of 50-default.conf by facility, lines with RFC 3339 times, owner and mode of the files, lines that came
 * while it was stopped; a file of 4 MiB is turned over once to `.1`, where logrotate would do it weekly.
 * Leaves out: configuration (/etc/rsyslog.conf is not read), remote servers, mail.log.
 */
import { civilFromUnix } from '../../../../formats/civil-time.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { JournalRecord } from '../interface.ts';

const UNIT = 'rsyslog.service';
const TURNED_OVER_BYTES = 4 * 1024 * 1024;
/** syslog and adm, as /etc/passwd and /etc/group have them. */
const OWNER = { mode: 0o640, uid: 102, gid: 4 };

/** Facilities (RFC 5424). */
const KERN = 0;
const DAEMON = 3;
const AUTH = 4;
const AUTHPRIV = 10;
/** Those who call syslog(3) with LOG_AUTH or LOG_AUTHPRIV. */
const AUTH_PROGRAMS = /^(sshd|sudo|su|login|passwd|chpasswd|chage|systemd-logind|(user|group)(add|del|mod)|polkitd)$/;

export function facilityOf({ facility, identifier, transport }: JournalRecord): number {
  if (facility !== undefined) return facility;
  if (transport === 'kernel') return KERN;
  return AUTH_PROGRAMS.test(identifier) ? AUTH : DAEMON;
}

const isRunning = (systemd: HostSystemd): boolean => systemd.has(UNIT) && systemd.state(UNIT).active === 'active';

/** A line has come: rsyslogd writes it with those that come at the same moment. */
export function tellRsyslog(systemd: HostSystemd): void {
  const { journalRecords } = systemd;
  if (journalRecords.isForwarding || !isRunning(systemd)) return;
  journalRecords.isForwarding = true;
  systemd.simulation.loop.schedule(0, systemd.target, 'syslog.write', {});
}

/** Writes all that it has not written yet. */
export function writeSyslog(systemd: HostSystemd): void {
  const { journalRecords } = systemd;
  journalRecords.isForwarding = false;
  if (!isRunning(systemd)) return;
  const texts = new Map<string, string>();
  const add = (name: string, line: string): void => {
    texts.set(name, `${texts.get(name) ?? ''}${line}`);
  };
  const host = systemd.kernel.namespaces.hostname();
  for (const record of journalRecords.takeForwarded()) {
    const { identifier, pid, message, unixUs } = record;
    const facility = facilityOf(record);
    const sender = `${identifier}${pid === undefined ? '' : `[${String(pid)}]`}`;
    const line = `${timeText(unixUs)} ${host} ${sender}: ${message}\n`;
    if (facility === AUTH || facility === AUTHPRIV) add('auth.log', line);
    else add('syslog', line);
    if (facility === KERN) add('kern.log', line);
  }
  for (const [name, text] of texts) append(systemd, `/var/log/${name}`, text);
}

function append({ files: { root } }: HostSystemd, path: string, text: string): void {
  const stat = root.stat(path);
  const isThere = !failed(stat);
  if (isThere && stat.size > TURNED_OVER_BYTES) root.rename(path, `${path}.1`);
  root.write(path, text, { append: true, ...(isThere ? {} : OWNER) });
}

/** `2026-03-02T00:00:00.000000+00:00`: RSYSLOG_FileFormat, what Ubuntu's rsyslog writes since 24.04. */
function timeText(unixUs: number): string {
  const { year, month, day, hour, minute, second } = civilFromUnix(Math.floor(unixUs / 1e6));
  const two = (value: number): string => String(value).padStart(2, '0');
  const micro = String(unixUs % 1e6).padStart(6, '0');
  return `${String(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${micro}+00:00`;
}
