/** Handles of chains and rules: the numbers by which nft deletes and replaces. */
import { failed } from '../../../protocol/errno.ts';
import type { TableName } from '../../../formats/iptables/rule.ts';
import type { Process } from '../../../protocol/program.ts';
import { KernelRecord } from '../../system/kernel/kernel-data.ts';

/** For each chain its own handle and those of its rules. */
export type Handles = Readonly<Record<string, readonly number[]>>;

export function handlesOf(process: Process, table: TableName): Handles {
  const answer = process.kernel({ subsystem: 'netfilter', op: 'handles', args: { table } });
  if (failed(answer)) return {};
  const record = new KernelRecord(answer);
  return Object.fromEntries(record.names().map((chain) => [chain, record.numbers(chain)]));
}
