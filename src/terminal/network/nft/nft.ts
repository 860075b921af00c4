/**
 * nft 1.0.9 over the tables that iptables-nft has, which lie in nf_tables.
 * Models: list of ruleset, tables, chains, one table, one chain with handles (-a), -s, -n, -v; changes as in changes.ts.
 * Leaves out: JSON, files of commands. A built-in chain is shown where a rule or a policy has made it; it stands before other
 * chains. Handles are numbered when they are first asked for, not when a rule is made.
 */
import { failed } from '../../../protocol/errno.ts';
import { BUILT_IN_CHAINS, type ChainListing, type HookName, type TableName } from '../../../formats/iptables/rule.ts';
import { parseOptions } from '../../coreutils/command.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { change } from './changes.ts';
import { complain, missingWord, nothingThere } from './complaint.ts';
import { handlesOf, type Handles } from './handles.ts';
import { nftRule } from './rule-text.ts';
import { wordsOf } from './words.ts';

const VERSION = 'nftables v1.0.9 (Old Doc Yak #3)';

export interface TableListing {
  readonly table: TableName;
  readonly chains: readonly ChainListing[];
  /** For each chain its handle and those of its rules, where they are asked for (-a). */
  readonly handles?: Handles;
}

export const nft = plainProgram('nft', async (call) => {
  const options = parseOptions(call.args, {
    name: 'nft',
    short: 'hvVcf:id:I:D:nsaSuNpyjoeOlt',
    long: { version: 'v', stateless: 's', numeric: 'n', handle: 'a', json: 'j', file: 'f:', check: 'c', help: 'h' },
    stopEarly: true,
  });
  if ('problem' in options) {
    await call.io.raw(`${call.invoked}: ${options.problem}\n`);
    return 1;
  }
  if (options.has('v')) {
    call.io.line(VERSION);
    return await call.io.end(0);
  }
  const absent = options.order.find(([letter]) => !['s', 'n', 'a'].includes(letter))?.[0];
  if (absent !== undefined) return await notSimulated(call.io, `nft -${absent}`);
  const words = wordsOf(options.operands.join(' '));
  if (words.length === 0) {
    await call.io.raw(`${call.invoked}: no command specified\n`);
    return 1;
  }
  const tables = readTables(call);
  if (tables === undefined) {
    await call.io.raw(
      'Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed: Operation not permitted\n',
    );
    return 1;
  }
  if (words[0] !== 'list') return await change(call, words, tables);
  return await list(call, words, options.has('a') ? numbered(call, tables) : tables, options.has('s'));
});

/** The same with handles. */
const numbered = ({ process }: PlainCall, tables: readonly TableListing[]): readonly TableListing[] =>
  tables.map((each) => ({ ...each, handles: handlesOf(process, each.table) }));

/** Tables with the chains that nf_tables has; undefined where the caller may not look. */
function readTables({ process }: PlainCall): readonly TableListing[] | undefined {
  const there = process.kernel({ subsystem: 'netfilter', op: 'tables' });
  if (failed(there)) return undefined;
  const names: readonly unknown[] = Array.isArray(there) ? there : [];
  return ORDER.filter((table) => names.includes(table)).map((table) => {
    const answer = process.kernel({ subsystem: 'netfilter', op: 'list', args: { table } });
    // The kernel answers with ChainListing values, which are plain data.
    const all = failed(answer) ? [] : (answer as unknown as readonly ChainListing[]);
    const builtIn: readonly string[] = BUILT_IN_CHAINS[table];
    return {
      table,
      chains: [
        ...all.filter(({ name, policy, rules }) => builtIn.includes(name) && (rules.length > 0 || policy === 'DROP')),
        ...all.filter(({ name }) => !builtIn.includes(name)),
      ],
    };
  });
}

/** The order in which container hosts make them. */
const ORDER: readonly TableName[] = ['filter', 'nat', 'mangle', 'raw'];

const FAMILIES = ['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'];

async function list(
  call: PlainCall,
  words: readonly string[],
  tables: readonly TableListing[],
  stateless: boolean,
): Promise<number> {
  const [, object = '', ...rest] = words;
  const [family, ...names] = FAMILIES.includes(rest[0] ?? '') ? rest : ['ip', ...rest];
  const [tableName, chainName] = names;
  const shown = family === 'ip' ? tables : [];
  const found = shown.find(({ table }) => table === tableName);
  switch (object) {
    case 'ruleset':
      return await print(call, shown, (table) => tableLines(table, table.chains, stateless));
    case 'tables':
      for (const { table } of shown) call.io.line(`table ip ${table}`);
      return await call.io.end(0);
    case 'chains':
      return await print(call, shown, chainHeads, { warn: false });
    case 'table': {
      if (tableName === undefined) return await complain(call, missingWord(words));
      if (found === undefined) return await complain(call, nothingThere(words, words.length - 1));
      return await print(call, [found], (table) => tableLines(table, table.chains, stateless));
    }
    case 'chain': {
      if (chainName === undefined) return await complain(call, missingWord(words));
      if (found === undefined) return await complain(call, nothingThere(words, words.length - 2));
      const chain = found.chains.find(({ name }) => name === chainName);
      if (chain === undefined) return await complain(call, nothingThere(words, words.length - 1));
      return await print(call, [found], (table) => tableLines(table, [chain], stateless), { warn: false });
    }
    default:
      return OTHER_OBJECTS.has(object)
        ? await notSimulated(call.io, `nft list ${object}`)
        : await complain(call, { text: 'syntax error, unexpected string', words, at: 1 });
  }
}

const OTHER_OBJECTS: ReadonlySet<string> = new Set(
  'set sets map maps element flowtable flowtables counter counters quota quotas limit limits secmark secmarks synproxy synproxys ct meter meters hooks'.split(
    ' ',
  ),
);

async function print(
  { io }: PlainCall,
  tables: readonly TableListing[],
  lines: (table: TableListing) => readonly string[],
  { warn } = { warn: true },
): Promise<number> {
  for (const each of tables) {
    if (warn) await io.raw(`# Warning: table ip ${each.table} is managed by iptables-nft, do not touch!\n`);
    for (const line of lines(each)) io.line(line);
  }
  return await io.end(0);
}

function tableLines(
  { table, handles }: TableListing,
  chains: readonly ChainListing[],
  stateless: boolean,
): readonly string[] {
  const blocks = chains.map((chain) => [
    `\tchain ${chain.name} {${handleText(handles, chain.name, 0)}`,
    ...hookLines(table, chain),
    ...chain.rules.map((rule, at) => `\t\t${nftRule(rule, stateless)}${handleText(handles, chain.name, at + 1)}`),
    '\t}',
  ]);
  return [`table ip ${table} {`, ...blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block])), '}'];
}

const handleText = (handles: Handles | undefined, chain: string, at: number): string => {
  const handle = handles?.[chain]?.[at];
  return handle === undefined ? '' : ` # handle ${String(handle)}`;
};

const chainHeads = ({ table, chains }: TableListing): readonly string[] => [
  `table ip ${table} {`,
  ...chains.flatMap((chain) => [`\tchain ${chain.name} {`, ...hookLines(table, chain), '\t}']),
  '}',
];

/** Priorities of nat's chains (linux/netfilter_ipv4.h), by nft's names where it has them. */
const NAT_PRIORITIES: Partial<Record<HookName, string>> = {
  PREROUTING: 'dstnat',
  INPUT: '100',
  OUTPUT: '-100',
  POSTROUTING: 'srcnat',
};

/** Where a built-in chain is hooked; nothing for others. */
function hookLines(table: TableName, { name, policy }: ChainListing): readonly string[] {
  const hook = BUILT_IN_CHAINS[table].find((each) => each === name);
  if (hook === undefined) return [];
  const type = table === 'nat' ? 'nat' : table === 'mangle' && hook === 'OUTPUT' ? 'route' : 'filter';
  const priority = table === 'nat' ? (NAT_PRIORITIES[hook] ?? '0') : table;
  return [
    `\t\ttype ${type} hook ${hook.toLowerCase()} priority ${priority}; policy ${policy === 'DROP' ? 'drop' : 'accept'};`,
  ];
}
