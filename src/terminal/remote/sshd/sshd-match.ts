/** Match of sshd_config(5): whom the lines that follow are for. Leaves out: RDomain (refused by name), the addresses of IPv6. */
import { cidrContains, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { matchesList, matchesPattern } from '../openssh/config-include.ts';

/** What the criteria are compared with; a value that is not known yet fits nothing. */
export interface MatchSubject {
  readonly user?: string;
  readonly groups?: readonly string[];
  readonly host?: string;
  readonly address?: string;
  readonly localAddress?: string;
  readonly localPort?: number;
}

export interface Criterion {
  readonly attribute: string;
  /** A list of patterns with commas between them. */
  readonly value: string;
}

const ATTRIBUTES: ReadonlySet<string> = new Set(['user', 'group', 'host', 'address', 'localaddress', 'localport']);

/** The criteria of a line, or what sshd says of them. */
export function readCriteria(
  words: readonly string[],
  path: string,
  line: number,
): readonly Criterion[] | { readonly problem: string } {
  const bad = (problem: string): { readonly problem: string } => ({
    problem: `${problem}\n${path} line ${String(line)}: Bad Match condition`,
  });
  const flat = words.flatMap((word) => {
    const [, name, value] = /^([A-Za-z]+)=(.+)$/.exec(word) ?? [];
    return name === undefined || value === undefined ? [word] : [name, value];
  });
  const criteria: Criterion[] = [];
  for (let at = 0; at < flat.length; at += 2) {
    const [typed = '', value] = flat.slice(at, at + 2);
    const attribute = typed.toLowerCase();
    if (attribute === 'all') {
      if (flat.length > 1) return bad("'all' cannot be combined with other Match attributes");
      return [{ attribute, value: '' }];
    }
    if (value === undefined) return bad(`Missing Match criteria for ${typed}`);
    if (attribute === 'rdomain') return { problem: `drydock: 'Match ${typed}' in sshd_config is not simulated` };
    if (!ATTRIBUTES.has(attribute)) return bad(`Unsupported Match attribute ${typed}`);
    if (attribute === 'localport' && !/^\d+$/.test(value)) return bad(`Invalid LocalPort '${value}' on Match line`);
    if (attribute.endsWith('address') && value.split(',').some(isBadNetwork))
      return { problem: `Invalid Match ${attribute} argument '${value}' at line ${String(line)}` };
    criteria.push({ attribute, value });
  }
  return criteria;
}

/** A network whose prefix is too long, or whose address has bits beyond it. */
function isBadNetwork(pattern: string): boolean {
  const text = pattern.replace(/^!/, '');
  if (!text.includes('/') || text.includes(':')) return false;
  const cidr = parseCidr(text);
  return cidr === undefined || parseIpv4(text.slice(0, text.indexOf('/'))) !== cidr.network;
}

/** Whether all of a line's criteria hold. */
export const criteriaHold = (criteria: readonly Criterion[], subject: MatchSubject): boolean =>
  criteria.every((criterion) => holds(criterion, subject));

function holds({ attribute, value }: Criterion, subject: MatchSubject): boolean {
  const list = value.split(',');
  switch (attribute) {
    case 'all':
      return true;
    case 'user':
      return subject.user !== undefined && matchesList(subject.user, list);
    case 'group':
      return groupsMatch(subject.groups ?? [], list);
    case 'host':
      return subject.host !== undefined && matchesList(subject.host.toLowerCase(), value.toLowerCase().split(','));
    case 'address':
      return subject.address !== undefined && addressMatches(subject.address, list);
    case 'localaddress':
      return subject.localAddress !== undefined && addressMatches(subject.localAddress, list);
    default:
      return subject.localPort === Number(value);
  }
}

/** A group that is excluded outweighs one that fits. */
const groupsMatch = (groups: readonly string[], list: readonly string[]): boolean =>
  groups.some((group) => matchesList(group, list)) &&
  !list.some((each) => each.startsWith('!') && groups.some((group) => matchesPattern(group, each.slice(1))));

/** Patterns and networks; `!` excludes. */
export function addressMatches(address: string, list: readonly string[]): boolean {
  const fits = (pattern: string): boolean => {
    const cidr = pattern.includes('/') ? parseCidr(pattern) : undefined;
    const ip = parseIpv4(address);
    return cidr !== undefined && ip !== undefined ? cidrContains(cidr, ip) : matchesPattern(address, pattern);
  };
  return (
    list.some((each) => !each.startsWith('!') && fits(each)) &&
    !list.some((each) => each.startsWith('!') && fits(each.slice(1)))
  );
}

/** What `-C` says of a connection; undefined where a word is none of its. */
export function testSubject(text: string): MatchSubject | { readonly problem: string } {
  let subject: MatchSubject = {};
  for (const part of text.split(',')) {
    const [, name = '', value = ''] = /^([a-z]+)=(.*)$/.exec(part) ?? [];
    if (name === 'user') subject = { ...subject, user: value };
    else if (name === 'host') subject = { ...subject, host: value };
    else if (name === 'addr') subject = { ...subject, address: value };
    else if (name === 'laddr') subject = { ...subject, localAddress: value };
    else if (name === 'lport' && /^\d+$/.test(value)) subject = { ...subject, localPort: Number(value) };
    else if (name === 'lport') return { problem: `Invalid port '${value}' in test mode specification ${part}` };
    else return { problem: `Invalid test mode specification ${part}` };
  }
  return subject;
}
