/**
 * Changes by nft: add, insert, replace, delete and flush of rules and chains in the tables of IPv4 that iptables uses, too.
 * Leaves out: tables of its own and other families, sets, maps, named counters, files of commands; iptables shows chains with sets,
 * where the real one calls them incompatible.
 */
import { failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import { BUILT_IN_CHAINS } from '../../../formats/iptables/rule.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { notSimulated, type PlainCall } from '../../system/plain-program.ts';
import { interfaceProblem, fitsHook } from '../iptables/rule-places.ts';
import { complain, missingWord, nothingThere, type Complaint } from './complaint.ts';
import { handlesOf } from './handles.ts';
import type { TableListing } from './nft.ts';
import { readRule } from './rule-words.ts';

const COMMANDS = [
  'add',
  'insert',
  'replace',
  'create',
  'delete',
  'flush',
  'reset',
  'rename',
  'import',
  'export',
  'monitor',
  'describe',
  'destroy',
];
const FAMILIES = ['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'];

/** A command with what it is about. */
interface Change {
  readonly call: PlainCall;
  readonly words: readonly string[];
  readonly verb: string;
  /** The place of the table's name among the words. */
  readonly at: number;
  readonly table: TableListing | undefined;
  readonly chain: string | undefined;
}

const isAbsent = (value: object): value is { readonly absent: string } => 'absent' in value;
const isComplaint = (value: object): value is Complaint => 'text' in value;

export async function change(
  call: PlainCall,
  words: readonly string[],
  tables: readonly TableListing[],
): Promise<number> {
  const [verb = '', object] = words;
  if (!COMMANDS.includes(verb))
    return await complain(call, {
      text: 'syntax error, unexpected newline, expecting string',
      words,
      at: words.length,
    });
  if (['reset', 'rename', 'import', 'export', 'monitor', 'describe', 'destroy'].includes(verb))
    return await notSimulated(call.io, `nft ${verb}`);
  if (object === undefined) return await complain(call, missingWord(words));
  if (verb === 'flush' && object === 'ruleset') {
    for (const { table } of tables)
      call.process.kernel({ subsystem: 'netfilter', op: 'delete-table', args: { table } });
    return 0;
  }
  if (!['rule', 'chain', 'table'].includes(object)) return await notSimulated(call.io, `nft ${verb} ${object}`);
  const family = FAMILIES.includes(words[2] ?? '') ? words[2] : undefined;
  const at = family === undefined ? 2 : 3;
  if (words[at] === undefined) return await complain(call, missingWord(words));
  if (family !== undefined && family !== 'ip') return await notSimulated(call.io, `nft ${verb} ${object} ${family}`);
  const table = tables.find((each) => each.table === words[at]);
  const given: Change = { call, words, verb, at, table, chain: words[at + 1] };
  if (object === 'table') return await changeTable(given);
  if (given.chain === undefined) return await complain(call, missingWord(words));
  return object === 'chain' ? await changeChain(given) : await changeRule(given);
}

const processed = (words: readonly string[], at: number, failure: SysFailure): Complaint => ({
  text: `Could not process rule: ${strerror(failure.errno === 'EMLINK' || failure.errno === 'ENOTEMPTY' ? 'EBUSY' : failure)}`,
  words,
  at,
});

/** Asks the kernel; where it refuses the arrows stand under the word `at`. */
async function ask(
  { call, words, table }: Change,
  op: string,
  args: { readonly [key: string]: Plain },
  at: number,
): Promise<number> {
  const done = call.process.kernel({ subsystem: 'netfilter', op, args: { table: table?.table ?? '', ...args } });
  return failed(done) ? await complain(call, processed(words, at, done)) : 0;
}

const NOT_THERE: SysFailure = { errno: 'ENOENT' };

async function changeTable(given: Change): Promise<number> {
  const { call, words, verb, at, table } = given;
  if (words.length > at + 1) return await notSimulated(call.io, `nft ${verb} table with a block`);
  switch (verb) {
    case 'add':
      return table === undefined ? await notSimulated(call.io, `nft add table ip ${words[at] ?? ''}`) : 0;
    case 'delete':
    case 'flush':
      if (table === undefined) return await complain(call, processed(words, at, NOT_THERE));
      return await ask(given, verb === 'flush' ? 'flush' : 'delete-table', {}, at);
    default:
      return await notSimulated(call.io, `nft ${verb} table`);
  }
}

async function changeChain(given: Change): Promise<number> {
  const { call, words, verb, at, table, chain = '' } = given;
  if (table === undefined)
    return await complain(call, verb === 'add' ? nothingThere(words, at) : processed(words, at, NOT_THERE));
  const builtIn: readonly string[] = BUILT_IN_CHAINS[table.table];
  const there = table.chains.some(({ name }) => name === chain) || builtIn.includes(chain);
  switch (verb) {
    case 'add':
    case 'create': {
      const block = words.slice(at + 2);
      if (block.length > 0) return await setPolicy(given, block, builtIn);
      if (there) return verb === 'add' ? 0 : await complain(call, processed(words, at + 1, { errno: 'EEXIST' }));
      return await ask(given, 'new-chain', { chain }, at + 1);
    }
    case 'delete': {
      if (!there) return await complain(call, processed(words, at + 1, NOT_THERE));
      if (builtIn.includes(chain)) return await notSimulated(call.io, `nft delete chain ip ${table.table} ${chain}`);
      return await ask(given, 'delete-chain', { chain }, at + 1);
    }
    case 'flush':
      if (!there) return await complain(call, processed(words, at + 1, NOT_THERE));
      return await ask(given, 'flush', { chain }, at + 1);
    default:
      return await notSimulated(call.io, `nft ${verb} chain`);
  }
}

/** `{ policy drop ; }` of a chain that is hooked already. */
async function setPolicy(given: Change, block: readonly string[], builtIn: readonly string[]): Promise<number> {
  const { call, at, chain = '' } = given;
  const said = /^\{ policy (accept|drop) (; )?\}$/.exec(block.join(' '));
  if (said === null || !builtIn.includes(chain)) return await notSimulated(call.io, 'nft add chain with a hook');
  return await ask(given, 'policy', { chain, policy: (said[1] ?? '').toUpperCase() }, at + 1);
}

/** What stands between the chain and the rule's own words. */
interface Place {
  readonly how?: 'handle' | 'index';
  readonly number: number;
  /** Where the number stands. */
  readonly at: number;
}

async function changeRule(given: Change): Promise<number> {
  const { call, words, verb, at, table, chain = '' } = given;
  if (!['add', 'insert', 'replace', 'delete'].includes(verb)) return await notSimulated(call.io, `nft ${verb} rule`);
  const places = ['handle', 'position', 'index'].includes(words[at + 2] ?? '');
  if ((verb === 'delete' || verb === 'replace') && words[at + 2] !== 'handle')
    return await complain(call, {
      text: `syntax error, unexpected ${words[at + 2] === undefined ? 'newline' : 'string'}, expecting handle`,
      words,
      at: at + 2,
    });
  if (places && !/^\d+$/.test(words[at + 3] ?? ''))
    return await complain(call, { text: 'syntax error, unexpected newline', words, at: at + 3 });
  if (table === undefined) return await complain(call, nothingThere(words, at));
  const builtIn: readonly string[] = BUILT_IN_CHAINS[table.table];
  if (!builtIn.includes(chain) && !table.chains.some(({ name }) => name === chain))
    return await complain(call, nothingThere(words, at + 1));
  const place: Place | undefined = places
    ? { how: words[at + 2] === 'index' ? 'index' : 'handle', number: Number(words[at + 3]), at: at + 3 }
    : undefined;
  const where = place === undefined ? undefined : positionOf(given, place);
  if (place !== undefined && where === undefined) return await complain(call, processed(words, place.at, NOT_THERE));
  if (verb === 'delete') return await ask(given, 'delete', { chain, position: where ?? 0 }, at + 3);
  return await write(given, where, at + (places ? 4 : 2));
}

/** The place of a rule in its chain, from 1; undefined where there is none of that number. */
function positionOf({ call, table, chain = '' }: Change, { how, number }: Place): number | undefined {
  const handles = table === undefined ? [] : (handlesOf(call.process, table.table)[chain] ?? []).slice(1);
  const at = how === 'index' ? number : handles.indexOf(number);
  return at >= 0 && at < handles.length ? at + 1 : undefined;
}

/** Writes a rule from the words that begin at `first`. */
async function write(given: Change, where: number | undefined, first: number): Promise<number> {
  const { call, words, verb, table, chain = '' } = given;
  const rule = readRule(call.process, words, first);
  if (isAbsent(rule)) return await notSimulated(call.io, `nft ${rule.absent}`);
  if (isComplaint(rule)) return await complain(call, rule);
  const { target } = rule;
  if (target !== undefined && 'chain' in target && table?.chains.some(({ name }) => name === target.chain) !== true)
    return await complain(call, processed(words, words.lastIndexOf(target.chain), NOT_THERE));
  if (table === undefined || !fitsHook(table.table, chain, rule) || interfaceProblem(chain, [rule]) !== undefined)
    return await complain(call, processed(words, 0, { errno: 'EOPNOTSUPP' }));
  const asked = { chain, rule: rule as unknown as Plain };
  if (verb === 'replace') return await ask(given, 'replace', { ...asked, position: where ?? 0 }, 0);
  if (verb === 'insert') return await ask(given, 'insert', { ...asked, position: where ?? 1 }, 0);
  return where === undefined
    ? await ask(given, 'append', asked, 0)
    : await ask(given, 'insert', { ...asked, position: where + 1 }, 0);
}
