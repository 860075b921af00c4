/** Names of ICMP types as --icmp-type takes them. */
import { bad, type Problem } from './rule-vocabulary.ts';

const ICMP_TYPES: Readonly<Record<string, number>> = {
  'echo-reply': 0,
  'destination-unreachable': 3,
  redirect: 5,
  'echo-request': 8,
  ping: 8,
  pong: 0,
  'time-exceeded': 11,
};
/** Types with a code of their own. */
const ICMP_WITH_CODE =
  /^(\d+\/\d+|(network|host|protocol|port)-unreachable|fragmentation-needed|source-route-failed|(network|host)-(unknown|prohibited|redirect)|communication-prohibited|ttl-zero-during-(transit|reassembly)|timestamp-(request|reply)|address-mask-(request|reply)|parameter-problem|router-(advertisement|solicitation)|source-quench|any)$/;

/** The number of a type; a code within a type is not modelled. */
export function icmpType(text: string): number | Problem {
  const type = /^\d+$/.test(text) ? Number(text) : ICMP_TYPES[text];
  if (type !== undefined) return type;
  return ICMP_WITH_CODE.test(text)
    ? { notSimulated: `iptables --icmp-type ${text}` }
    : bad(`Unknown ICMP type \`${text}'`);
}
