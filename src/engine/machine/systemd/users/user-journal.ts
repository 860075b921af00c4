/** What a user's manager has to say, and what its services print, as the system's journal keeps it (systemd.journal-fields(7)). */
import type { JournalRecord } from '../interface.ts';
import type { ManagerScope } from '../manager-scope.ts';

type Record = Omit<JournalRecord, 'cursor' | 'unixUs' | 'monotonicUs'>;

/** The unit is the user's; to the system it all belongs to the service of the user's manager. */
export function userRecord({ account: { uid } }: ManagerScope, { unit, ...record }: Record): Record {
  return { ...record, unit: `user@${String(uid)}.service`, ...(unit === undefined ? {} : { userUnit: unit }), uid };
}
