/** One table's verdict over one packet at one hook. */
import type { HookName, Rule, TableName, Target } from '../../../../formats/iptables/rule.ts';
import { candidates, ruleMatches, type MatchContext } from './compile.ts';
import type { Ruleset } from './ruleset.ts';

type Terminal = Exclude<Target, { readonly type: 'jump' | 'goto' | 'RETURN' | 'MARK' | 'LOG' }>;

export interface Verdict {
  readonly target: Terminal | { readonly type: 'ACCEPT' | 'DROP' };
  readonly chain: string;
  /** Absent where the chain's policy decided. */
  readonly rule?: Rule;
}

/** How deep jumps may nest before the packet is dropped, as the kernel's jump stack. */
const MAX_DEPTH = 64;

const ACCEPTED = new Map<string, Verdict>();
function accepted(chain: string): Verdict {
  let verdict = ACCEPTED.get(chain);
  if (verdict === undefined) {
    verdict = { target: { type: 'ACCEPT' }, chain };
    ACCEPTED.set(chain, verdict);
  }
  return verdict;
}

/** What is told of a packet's way through a table. */
export interface TraverseListener {
  matched(rule: Rule): void;
  /** No rule decided, the chain's policy did. */
  undecided(): void;
  logged(prefix: string): void;
}

export function traverse(
  ruleset: Ruleset,
  table: TableName,
  hook: HookName,
  context: MatchContext,
  listener: TraverseListener,
): Verdict {
  const visit = (chain: string, depth: number): Verdict | undefined => {
    if (depth > MAX_DEPTH) return { target: { type: 'DROP' }, chain };
    const rules = ruleset.rules(table, chain);
    if (rules === undefined || rules.length === 0) return undefined;
    const picked = candidates(rules, context.packet.destination);
    const length = picked?.length ?? rules.length;
    for (let i = 0; i < length; i += 1) {
      const rule = rules[picked === undefined ? i : (picked[i] ?? 0)];
      if (rule === undefined || !ruleMatches(rule, context)) continue;
      listener.matched(rule);
      const { target } = rule;
      if (target === undefined) continue;
      switch (target.type) {
        case 'RETURN':
          return undefined;
        case 'MARK':
          context.packet.mark = ((context.packet.mark & ~target.mask) ^ target.value) >>> 0;
          break;
        case 'LOG':
          listener.logged(target.prefix ?? '');
          break;
        case 'jump': {
          const verdict = visit(target.chain, depth + 1);
          if (verdict !== undefined) return verdict;
          break;
        }
        case 'goto':
          return visit(target.chain, depth + 1);
        default:
          return { target, chain, rule };
      }
    }
    return undefined;
  };
  const verdict = visit(hook, 0);
  if (verdict !== undefined) return verdict;
  listener.undecided();
  return ruleset.policy(table, hook) === 'DROP' ? { target: { type: 'DROP' }, chain: hook } : accepted(hook);
}
