/** sudo's memory of who gave a password lately, for each terminal: /run/sudo/ts/USER (sudoers_timestamp(5), as text). */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { textToBytes } from '../../text.ts';

const DIRECTORY = '/run/sudo/ts';
/** timestamp_timeout where nothing else is said, minutes. */
export const TIMEOUT_MINUTES = 15;

/** The terminal, or the parent where there is none. */
function ticketOf(process: Process): string {
  const tty = process.ttyName(0);
  return failed(tty) ? `ppid:${String(process.ppid)}` : `tty:${tty}`;
}

function readTickets(process: Process, user: string): readonly (readonly [ticket: string, atUs: number])[] {
  return (fileText(process, `${DIRECTORY}/${user}`) ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])] as const);
}

/** Whether the user has given a password here within the time; a negative time does not end. */
export const hasTicket = (process: Process, user: string, minutes = TIMEOUT_MINUTES): boolean =>
  readTickets(process, user).some(
    ([ticket, atUs]) =>
      ticket === ticketOf(process) && (minutes < 0 || process.time().monotonicUs - atUs < minutes * 60e6),
  );

/** Remembers the password that was just given. */
export function grantTicket(process: Process, user: string): void {
  const others = readTickets(process, user).filter(([ticket]) => ticket !== ticketOf(process));
  write(process, user, [...others, [ticketOf(process), process.time().monotonicUs]]);
}

/** Forgets this terminal's. */
export function revokeTicket(process: Process, user: string): void {
  const tickets = readTickets(process, user);
  if (tickets.length > 0)
    write(
      process,
      user,
      tickets.filter(([ticket]) => ticket !== ticketOf(process)),
    );
}

function write(process: Process, user: string, tickets: readonly (readonly [string, number])[]): void {
  for (const path of ['/run/sudo', DIRECTORY]) process.mkdir(path, path === DIRECTORY ? 0o700 : 0o711);
  const text = tickets.map(([ticket, atUs]) => `${ticket} ${String(atUs)}\n`).join('');
  process.writeFile(`${DIRECTORY}/${user}`, textToBytes(text), { mode: 0o600 });
}
