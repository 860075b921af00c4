import type { JournalLine } from '../client.ts';
import type { JournalSetting } from './journal-text.ts';

/** The fields of a record that Drydock knows: systemd.journal-fields(7). */
export function journalFields(record: JournalLine, { host, boot, machine }: JournalSetting): Record<string, string> {
  const { unixUs, monotonicUs, transport, priority, identifier, pid, unit, userUnit, uid, message } = record;
  const unitField = identifier === 'systemd' ? 'UNIT' : '_SYSTEMD_UNIT';
  return {
    __REALTIME_TIMESTAMP: String(unixUs),
    __MONOTONIC_TIMESTAMP: String(monotonicUs),
    ...(boot === undefined ? {} : { _BOOT_ID: boot }),
    ...(machine === undefined ? {} : { _MACHINE_ID: machine }),
    _HOSTNAME: host,
    _TRANSPORT: transport,
    PRIORITY: String(priority),
    SYSLOG_FACILITY: String(facilityOf(record)),
    SYSLOG_IDENTIFIER: identifier,
    ...(pid === undefined ? {} : { _PID: String(pid) }),
    ...(uid === undefined ? {} : { _UID: String(uid) }),
    ...(unit === undefined ? {} : { [userUnit === undefined ? unitField : '_SYSTEMD_UNIT']: unit }),
    ...(userUnit === undefined ? {} : { [identifier === 'systemd' ? 'USER_UNIT' : '_SYSTEMD_USER_UNIT']: userUnit }),
    MESSAGE: message,
  };
}

/** By their numbers (RFC 5424); those from 16 on are local0 to local7. */
const FACILITIES = 'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp 12 13 14 15'.split(' ');
export const FACILITY_NAMES: readonly string[] = [
  ...FACILITIES,
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((each) => `local${String(each)}`),
];
const DAEMON = 3;

/** What nobody has said: the kernel's own, and a daemon's for what systemd and its services write. */
export const facilityOf = ({ facility, transport }: JournalLine): number =>
  facility ?? (transport === 'kernel' ? 0 : DAEMON);

/** Numbers of a list as `--facility` takes it, or the word that is none. */
export function facilitiesOf(text: string): readonly number[] | string {
  const words = text.split(',').filter((word) => word !== '');
  const number = (word: string): number => (/^\d+$/.test(word) ? Number(word) : FACILITY_NAMES.indexOf(word));
  const wrong = words.find((word) => number(word) < 0 || number(word) > 127);
  return wrong ?? words.map(number);
}

/** Which records FIELD=VALUE words ask for: all fields have to match, one value of each; `+` begins an alternative. */
export function matcherOf(words: readonly string[]): ((fields: Readonly<Record<string, string>>) => boolean) | string {
  const alternatives = [new Map<string, string[]>()];
  for (const word of words) {
    if (word === '+') {
      alternatives.push(new Map<string, string[]>());
      continue;
    }
    const equals = word.indexOf('=');
    if (equals <= 0) return word;
    const name = word.slice(0, equals);
    const asked = alternatives.at(-1);
    asked?.set(name, [...(asked.get(name) ?? []), word.slice(equals + 1)]);
  }
  return (fields) =>
    alternatives.some((asked) => [...asked].every(([name, values]) => values.includes(fields[name] ?? '')));
}
