/**
 * iptables 1.8.10 (nf_tables).
 * Models: the tables filter, nat, mangle and raw with the matches and targets of src/formats/iptables.
 * Leaves out: IPv6, other extensions (which say so), --wait (there is nobody to wait for).
 */
import { failed, strerror, type Result, type SysFailure } from '../../../protocol/errno.ts';
import { formatRule } from '../../../formats/iptables/format.ts';
import type { ChainListing } from '../../../formats/iptables/rule.ts';
import { BUILT_IN_CHAINS } from '../../../formats/iptables/rule.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { parseArguments, type Request } from './arguments.ts';
import { listChain, listRule } from './rule-list.ts';
import { bad, isProblem, type Problem } from './rule-vocabulary.ts';
import { fitsHook, interfaceProblem } from './rule-places.ts';
import { parseRule } from './rule-words.ts';
import { chainsOf, listNames, portNames, referencesTo } from './tables.ts';

export const VERSION = 'v1.8.10 (nf_tables)';
export const iptables = plainProgram('iptables', async (call) => {
  if (call.args[0] === '-V' || call.args[0] === '--version') {
    call.io.line(`iptables ${VERSION}`);
    return await call.io.end(0);
  }
  const request = parseArguments(call.args);
  if (isProblem(request)) return await tellProblem(call, request);
  return await execute(call, request);
});

/** iptables' complaint about its arguments. */
export async function tellProblem({ io }: Pick<PlainCall, 'io'>, problem: Problem): Promise<number> {
  if ('notSimulated' in problem) return await notSimulated(io, problem.notSimulated);
  // Only a wrong use of the program itself is followed by a hint (xtables_error, PARAMETER_PROBLEM).
  const hint = problem.status === 2 ? `Try \`${io.name} -h' or '${io.name} --help' for more information.\n` : '';
  const prefix = problem.bare === true ? '' : `${io.name} ${VERSION}: `;
  await io.raw(`${prefix}${problem.problem}\n${hint}`);
  return problem.status;
}

async function execute(call: PlainCall, request: Request): Promise<number> {
  const { process } = call;
  const chains = chainsOf(process, request.table);
  if (failed(chains)) return await refuse(call, request, chains, '');
  const [chain = ''] = request.operands;
  const there = chains.some(({ name }) => name === chain);
  switch (request.command) {
    case 'list':
    case 'rules':
      return await show(call, request, chains);
    case 'append':
    case 'insert':
    case 'replace':
    case 'delete':
    case 'check':
      if (!there) return await say(call, 'No chain/target/match by that name.');
      return await changeRule(call, request, chains);
    case 'new':
      if (there) return await say(call, 'Chain already exists.');
      return await ask(call, request, 'new-chain', { chain });
    case 'remove': {
      const own: readonly string[] = BUILT_IN_CHAINS[request.table];
      const doomed = chain === '' ? chains.filter(({ name }) => !own.includes(name)).map(({ name }) => name) : [chain];
      if (chain !== '' && !there) return await say(call, 'No chain/target/match by that name.');
      for (const name of doomed) {
        const status = await ask(call, request, 'delete-chain', { chain: name });
        if (status !== 0) return status;
      }
      return 0;
    }
    case 'policy': {
      const [, policy] = request.operands;
      if (policy === undefined) return await tellProblem(call, bad('-P requires a chain and a policy'));
      const builtIn: readonly string[] = BUILT_IN_CHAINS[request.table];
      if (!builtIn.includes(chain)) return await say(call, 'Bad built-in chain name.');
      if (policy !== 'ACCEPT' && policy !== 'DROP')
        return await say(call, "Bad policy name. Run `dmesg' for more information.");
      return await ask(call, request, 'policy', { chain, policy });
    }
    case 'flush':
    case 'zero':
      if (chain !== '' && !there) return await say(call, 'No chain/target/match by that name.');
      return await ask(call, request, request.command, chain === '' ? {} : { chain });
    default:
      return await notSimulated(call.io, `iptables -E`);
  }
}

async function say({ io }: PlainCall, text: string): Promise<number> {
  await io.raw(`${io.name}: ${text}\n`);
  return 1;
}

async function ask(
  call: PlainCall,
  request: Request,
  op: string,
  args: { readonly [key: string]: Plain },
): Promise<number> {
  const done = call.process.kernel({ subsystem: 'netfilter', op, args: { table: request.table, ...args } });
  return failed(done) ? await refuse(call, request, done, typeof args['chain'] === 'string' ? args['chain'] : '') : 0;
}

async function refuse({ io }: PlainCall, { command }: Request, failure: SysFailure, chain: string): Promise<number> {
  if (failure.errno === 'EPERM')
    await io.raw(
      `${io.name} ${VERSION}: Could not fetch rule set generation id: Permission denied (you must be root)\n\n`,
    );
  else if (failure.errno === 'ENOENT')
    return await say({ io, process: io.process, args: [], flavour: 'gnu' }, 'No chain/target/match by that name.');
  else
    await io.raw(
      `${io.name} ${VERSION}:  ${{ remove: 'CHAIN_DEL', append: 'RULE_APPEND', insert: 'RULE_INSERT', replace: 'RULE_REPLACE', delete: 'RULE_DELETE' }[command] ?? command.toUpperCase()} failed (${strerror(failure.errno === 'EMLINK' || failure.errno === 'ENOTEMPTY' ? 'EBUSY' : failure)}): ${command === 'remove' ? 'chain' : 'rule in chain'} ${chain}\n`,
    );
  return 4;
}

async function changeRule(call: PlainCall, request: Request, chains: readonly ChainListing[]): Promise<number> {
  const { process } = call;
  const [chain = '', number] = request.operands;
  const position = number === undefined ? undefined : Number(number);
  const count = chains.find(({ name }) => name === chain)?.rules.length ?? 0;
  if (request.command === 'delete' && position !== undefined) {
    if (position > count || position < 1) return await say(call, 'Index of deletion too big.');
    return await ask(call, request, 'delete', { chain, position });
  }
  if (request.command === 'insert' && position !== undefined && position > count + 1)
    return await say(call, 'Index of insertion too big.');
  if (request.command === 'replace' && (position ?? 0) > count) return await say(call, 'Index of replacement too big.');
  if (request.command === 'replace' && position === undefined)
    return await tellProblem(call, bad('-R requires a rule number'));
  const parsed = parseRule(request.rule, portNames(process));
  if (isProblem(parsed)) return await tellProblem(call, parsed);
  const misplaced = interfaceProblem(chain, parsed.rules);
  if (misplaced !== undefined) return await tellProblem(call, misplaced);
  for (const rule of request.command === 'insert' ? parsed.rules.toReversed() : parsed.rules) {
    const { target } = rule;
    if ((target?.type === 'jump' || target?.type === 'goto') && !chains.some(({ name }) => name === target.chain))
      return await tellProblem(call, { problem: `Chain '${target.chain}' does not exist`, status: 2 });
    if (!fitsHook(request.table, chain, rule)) return await refuse(call, request, { errno: 'EINVAL' }, chain);
    const done: Result<Plain> = process.kernel({
      subsystem: 'netfilter',
      op: request.command,
      args: {
        table: request.table,
        chain,
        rule: rule as unknown as Plain,
        ...(position === undefined ? {} : { position }),
      },
    });
    if (!failed(done)) continue;
    if (
      (request.command === 'check' || request.command === 'delete') &&
      (done.errno === 'ENOENT' || done.errno === 'EINVAL')
    )
      return await say(call, 'Bad rule (does a matching rule exist in that chain?).');
    return await refuse(call, request, done, chain);
  }
  return 0;
}

async function show(call: PlainCall, request: Request, chains: readonly ChainListing[]): Promise<number> {
  const { io, process } = call;
  const [chain, number] = request.operands;
  const wanted = chain === undefined ? chains : chains.filter(({ name }) => name === chain);
  if (wanted.length === 0 && chain !== undefined)
    return await tellProblem(call, {
      problem: `chain \`${chain}' in table \`${request.table}' is incompatible, use 'nft' tool.`,
      status: 1,
    });
  const numbered = number === undefined ? undefined : Number(number);
  if (request.command === 'rules') {
    const count = ({ packets, bytes }: { readonly packets: number; readonly bytes: number }): string =>
      request.verbose ? ` -c ${String(packets)} ${String(bytes)}` : '';
    if (numbered === undefined)
      for (const each of wanted)
        io.line(each.policy === '-' ? `-N ${each.name}` : `-P ${each.name} ${each.policy}${count(each.counters)}`);
    for (const each of wanted)
      each.rules.forEach((rule, at) => {
        if (numbered === undefined || numbered === at + 1)
          io.line(withCounters(formatRule(each.name, rule), count(rule.counters)));
      });
    return await io.end(0);
  }
  const names = listNames(process);
  if (numbered !== undefined) {
    const rule = wanted[0]?.rules[numbered - 1];
    if (rule !== undefined) io.line(listRule(rule, numbered, request, names));
    return await io.end(0);
  }
  wanted.forEach((each, at) => {
    if (at > 0) io.line('');
    for (const line of listChain(each, referencesTo(chains, each.name), request, names)) io.line(line);
  });
  return await io.end(0);
}

/** Counters stand before the target. */
const withCounters = (rule: string, counters: string): string => {
  const at = rule.search(/ -[jg] \S+/);
  return at < 0 ? rule + counters : rule.slice(0, at) + counters + rule.slice(at);
};

/**
 * ip6tables: hosts have no packets of IPv6, so its tables are there and empty. They can be listed; rules, which no packet would
 * ever meet, are refused.
 */
export const ip6tables = plainProgram('ip6tables', async (call) => {
  if (call.args[0] === '-V' || call.args[0] === '--version') {
    call.io.line(`ip6tables ${VERSION}`);
    return await call.io.end(0);
  }
  const request = parseArguments(call.args);
  if (isProblem(request)) return await tellProblem(call, request);
  const known = chainsOf(call.process, request.table);
  if (failed(known)) return await refuse(call, request, known, '');
  const own: readonly string[] = BUILT_IN_CHAINS[request.table];
  const counters = { packets: 0, bytes: 0 };
  const empty = own.map((name): ChainListing => ({ name, policy: 'ACCEPT', counters, rules: [] }));
  const [chain] = request.operands;
  if (request.command === 'list' || request.command === 'rules') return await show(call, request, empty);
  if (chain !== undefined && !own.includes(chain) && ['flush', 'zero', 'remove'].includes(request.command))
    return await say(call, 'No chain/target/match by that name.');
  // There is nothing that these could take away.
  if (request.command === 'flush' || request.command === 'zero') return 0;
  if (request.command === 'remove' && chain === undefined) return 0;
  return await notSimulated(call.io, `ip6tables ${call.args.join(' ')}`);
});
