/** The kernel's rules as iptables sees them: built-in chains first, then others by name (nf_tables variant). */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { ChainListing, TableName } from '../../../formats/iptables/rule.ts';
import { BUILT_IN_CHAINS } from '../../../formats/iptables/rule.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import type { Names } from './rule-list.ts';
import type { PortNames } from './rule-words.ts';

/** In the order in which iptables-nft-save walks them. */
export const SAVE_ORDER: readonly TableName[] = ['mangle', 'raw', 'filter', 'nat'];

export function chainsOf(process: Process, table: TableName): Result<readonly ChainListing[]> {
  const answer = process.kernel({ subsystem: 'netfilter', op: 'list', args: { table } });
  if (failed(answer)) return answer;
  // The kernel answers with ChainListing values, which are plain data.
  const chains = answer as unknown as readonly ChainListing[];
  const builtIn: readonly string[] = BUILT_IN_CHAINS[table];
  const own = chains
    .filter(({ name }) => !builtIn.includes(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return [...builtIn.flatMap((name) => chains.filter((chain) => chain.name === name)), ...own];
}

/** Rules of the table that lead to a chain. */
export const referencesTo = (chains: readonly ChainListing[], name: string): number =>
  chains.reduce(
    (sum, { rules }) =>
      sum +
      rules.filter(({ target }) => (target?.type === 'jump' || target?.type === 'goto') && target.chain === name)
        .length,
    0,
  );

const services = (process: Process): readonly (readonly [name: string, port: number, protocol: string])[] =>
  (fileText(process, '/etc/services') ?? '').split('\n').flatMap((line) => {
    const match = /^(\S+)\s+(\d+)\/(\w+)/.exec(line);
    return match === null ? [] : [[match[1] ?? '', Number(match[2]), match[3] ?? ''] as const];
  });

export const portNames = (process: Process): PortNames => ({
  port: (name) => services(process).find(([each]) => each === name)?.[1],
});

export const listNames = (process: Process): Names => ({
  service: (port, protocol) => services(process).find(([, number, kind]) => number === port && kind === protocol)?.[0],
  host: (ip) =>
    (fileText(process, '/etc/hosts') ?? '')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .find(([address]) => address === ip)?.[1],
});
