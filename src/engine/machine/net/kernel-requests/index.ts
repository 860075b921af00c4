/**
 * Kernel requests of processes (`ip`, `bridge`, `iptables`, `conntrack`, `ss`, `ip netns`), answered as plain data.
 * Reading is for everybody; changing needs NET_ADMIN (EPERM).
 *
 * link:      list · show {name} · add {spec: LinkSpec} · set {name, change: LinkChange} · delete {name}
 * address:   list {link?} · add {link, cidr, plain?, label?} · delete {link, cidr} · flush {link}
 * route:     list {table?: number, 0 for all} · get {destination, from?, mark?, inLink?, outLink?} · add|replace|delete {route: RouteSpec}
 * rule:      list · add|delete {rule: Partial<PolicyRule>}
 * neighbour: list {link?} · replace|delete {link, ip, mac?} · fdb {link?} · fdb-replace|fdb-delete {link, mac, remote?, port?}
 * netfilter: tables · list|handles|delete-table {table} · append|insert|replace|delete|check {table, chain, rule?, position?} · new-chain|delete-chain|flush|zero
 *            {table, chain?} · policy {table, chain, policy} · restore {table, chains: [{name, policy?, rules}], flush}
 * conntrack: list · delete {id?} or {protocol?, destination?, port?} · flush · count
 * socket:    list · destroy {id}
 * netns:     list · add {name} · delete {name} · id {name} · self
 */
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { KernelRequest, Pid } from '../../../../protocol/program.ts';
import { Arguments, type RequestContext, type RequestNet } from './context.ts';
import type { Namespace } from '../namespace.ts';
import { addressRequest, linkRequest, neighbourRequest } from './links.ts';
import { conntrackRequest, netfilterRequest } from './netfilter.ts';
import { netnsRequest } from './namespaces.ts';
import { routeRequest } from './routes.ts';
import { ruleRequest } from './rules.ts';
import { socketRequest } from './sockets.ts';

const READING = new Set(['list', 'show', 'get', 'fdb', 'tables', 'check', 'count', 'self', 'id']);
/** iptables and conntrack read through privileged sockets. */
const PRIVILEGED = new Set(['netfilter', 'conntrack']);

export function answerKernelRequest(
  net: RequestNet,
  namespace: Namespace,
  request: KernelRequest,
  caller: { readonly pid: Pid; readonly netAdmin: boolean },
): Result<Plain> {
  const { subsystem, op } = request;
  if (!caller.netAdmin && (!READING.has(op) || PRIVILEGED.has(subsystem))) return fail('EPERM');
  const context: RequestContext = { net, namespace, op, args: new Arguments(request.args) };
  switch (subsystem) {
    case 'link':
      return linkRequest(context);
    case 'address':
      return addressRequest(context);
    case 'route':
      return routeRequest(context);
    case 'rule':
      return ruleRequest(context);
    case 'neighbour':
      return neighbourRequest(context);
    case 'netfilter':
      return netfilterRequest(context);
    case 'conntrack':
      return conntrackRequest(context);
    case 'socket':
      return socketRequest(context);
    case 'netns':
      return netnsRequest(context);
    default:
      return fail('ENOSYS');
  }
}
