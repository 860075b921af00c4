/**
 * systemd-journald as its unit: only where it runs are lines written; otherwise its sockets keep them until it does.
 * A line that comes while it is stopped starts it again, as its sockets do on a real machine; masked it stays down.
 */
import type { HostSystemd } from '../host-systemd.ts';
import type { JournalRecord } from '../interface.ts';
import { tellRsyslog } from './rsyslog.ts';

export const JOURNALD = 'systemd-journald.service';

/** Whether lines are written at once; a host without the unit has a journal all the same. */
export function isJournalOpen(systemd: HostSystemd): boolean {
  if (!systemd.has(JOURNALD)) return true;
  const { active } = systemd.state(JOURNALD);
  return active === 'active' || active === 'reloading' || active === 'deactivating';
}

/** A line comes: it is written with those that its sockets have kept, or kept with them. */
export function sendRecord(
  systemd: HostSystemd,
  record: Omit<JournalRecord, 'cursor' | 'unixUs' | 'monotonicUs'>,
): void {
  const { journalRecords, simulation, kernel } = systemd;
  journalRecords.hold({ unixUs: simulation.clock.unixUs, monotonicUs: kernel.uptimeUs, ...record });
  if (isJournalOpen(systemd)) writeJournal(systemd);
  else wakeJournald(systemd);
}

/** What journald's sockets have is written and told to those who follow. */
export function writeJournal(systemd: HostSystemd): void {
  for (const record of systemd.journalRecords.writeHeld()) systemd.written(record);
  tellRsyslog(systemd);
}

/** Somebody has written to journald's sockets: they start it, once the boot is over. */
function wakeJournald(systemd: HostSystemd): void {
  const { active, sub, job } = systemd.state(JOURNALD);
  const isDown = (active === 'inactive' && sub === 'dead') || active === 'failed';
  if (!isDown || job !== undefined || systemd.state('basic.target').active !== 'active') return;
  if (systemd.loaded(JOURNALD).load === 'loaded')
    systemd.simulation.loop.schedule(0, systemd.target, 'journal.wanted', {});
}
