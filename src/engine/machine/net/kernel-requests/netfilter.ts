import { formatIpv4 } from '../../../../formats/ip.ts';
import { TABLES, type Rule, type TableName } from '../../../../formats/iptables/rule.ts';
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { Tuple } from '../packet.ts';
import { done, type RequestContext } from './context.ts';

export function netfilterRequest({ namespace, op, args }: RequestContext): Result<Plain> {
  if (op === 'tables') return TABLES.filter((table) => namespace.rules.has(table));
  const table = TABLES.find((name) => name === args.text('table'));
  if (table === undefined) return fail('EINVAL');
  if (op === 'list') return namespace.rules.list(table) as unknown as Plain;
  const chain = args.text('chain');
  if (op === 'check')
    return check(namespace.rules.contains(table, chain ?? '', args.object<Rule>('rule') ?? { matches: [] }));
  const result = change({ namespace, table, op, args, chain: chain ?? '' });
  namespace.changed();
  return result;
}

const check = (there: boolean): Result<Plain> => (there ? null : fail('ENOENT'));

interface Change extends Pick<RequestContext, 'namespace' | 'op' | 'args'> {
  readonly table: TableName;
  readonly chain: string;
}

function change({ namespace: { rules }, table, op, args, chain }: Change): Result<Plain> {
  const rule = args.object<Rule>('rule');
  const position = args.number('position');
  switch (op) {
    case 'append':
      return rule === undefined ? fail('EINVAL') : done(rules.add(table, chain, rule));
    case 'insert':
      return rule === undefined ? fail('EINVAL') : done(rules.add(table, chain, rule, position ?? 1));
    case 'replace':
      return rule === undefined || position === undefined
        ? fail('EINVAL')
        : done(rules.replace(table, chain, position, rule));
    case 'delete':
      return rule === undefined && position === undefined
        ? fail('EINVAL')
        : done(rules.delete(table, chain, rule ?? position ?? 0));
    case 'new-chain':
      return done(rules.newChain(table, chain));
    case 'delete-chain':
      return done(rules.deleteChain(table, chain));
    case 'handles':
      return rules.handles(table);
    case 'delete-table':
      rules.deleteTable(table);
      return null;
    case 'flush':
      return done(rules.flush(table, args.text('chain')));
    case 'zero':
      rules.zero(table, args.text('chain'));
      return null;
    case 'policy': {
      const policy = args.text('policy');
      return policy === 'ACCEPT' || policy === 'DROP' ? done(rules.setPolicy(table, chain, policy)) : fail('EINVAL');
    }
    case 'restore':
      return restore({ rules, table, args });
    default:
      return fail('ENOSYS');
  }
}

/** One table of iptables-restore: all or nothing was checked by the program that parsed it. */
function restore({
  rules,
  table,
  args,
}: {
  readonly rules: Change['namespace']['rules'];
  readonly table: TableName;
  readonly args: Change['args'];
}): Result<Plain> {
  const chains =
    args.object<
      readonly { readonly name: string; readonly policy?: 'ACCEPT' | 'DROP'; readonly rules: readonly Rule[] }[]
    >('chains') ?? [];
  if (args.flag('flush')) {
    for (const name of rules.chains(table)) rules.flush(table, name);
    for (const name of rules.chains(table)) rules.deleteChain(table, name);
  }
  for (const { name, policy } of chains) {
    rules.ensureChain(table, name);
    if (policy !== undefined) rules.setPolicy(table, name, policy);
  }
  for (const { name, rules: list } of chains) {
    rules.flush(table, name);
    for (const rule of list) {
      const added = rules.add(table, name, rule);
      if (failed(added)) return added;
    }
  }
  return null;
}

export function conntrackRequest({ net, namespace, op, args }: RequestContext): Result<Plain> {
  const nowUs = net.lab.nowUs;
  const tuple = ({ source, sourcePort, destination, destinationPort }: Tuple): Plain => ({
    source: formatIpv4(source),
    sourcePort,
    destination: formatIpv4(destination),
    destinationPort,
  });
  switch (op) {
    case 'list':
      return namespace.conntrack.list(nowUs).map((entry) => ({
        id: entry.id,
        protocol: entry.protocol,
        timeoutSeconds: Math.max(0, Math.floor((entry.expiresUs - nowUs) / 1_000_000)),
        ...(entry.tcp === undefined ? {} : { state: entry.tcp }),
        original: tuple(entry.original),
        reply: tuple(entry.reply),
        seenReply: entry.seenReply,
        assured: entry.assured,
        mark: entry.mark,
        packets: [...entry.packets],
        bytes: [...entry.bytes],
      }));
    case 'count':
      return namespace.conntrack.list(nowUs).length;
    case 'delete': {
      const id = args.number('id');
      if (id !== undefined) {
        const entry = namespace.conntrack.list(nowUs).find((each) => each.id === id);
        if (entry === undefined) return 0;
        namespace.conntrack.delete(entry);
        namespace.changed();
        return 1;
      }
      const protocol = args.text('protocol');
      const destination = args.text('destination');
      const port = args.number('port');
      return net.deleteConntrack(namespace.id, {
        ...(protocol === undefined ? {} : { protocol }),
        ...(destination === undefined ? {} : { destination }),
        ...(port === undefined ? {} : { port }),
      });
    }
    case 'flush':
      return net.deleteConntrack(namespace.id, {});
    default:
      return fail('ENOSYS');
  }
}
