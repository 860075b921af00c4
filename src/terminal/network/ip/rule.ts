/** `ip rule`. Leaves out: rules of IPv6 but the kernel's own, save and restore. */
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { recordsOf, type KernelRecord } from '../../system/kernel/kernel-data.ts';
import { iprouteJson } from '../rtnetlink/json-writer.ts';
import { complain, keywordOf, refused, type IpCall, Words } from './call.ts';
import { ruleJson, ruleText } from './rule-text.ts';
import { readRule, readSelection } from './rule-words.ts';

const USAGE = `Usage: ip rule { add | del } SELECTOR ACTION
       ip rule { flush | save | restore }
       ip rule [ list [ SELECTOR ]]
SELECTOR := [ not ] [ from PREFIX ] [ to PREFIX ] [ tos TOS ]
            [ fwmark FWMARK[/MASK] ]
            [ iif STRING ] [ oif STRING ] [ pref NUMBER ] [ l3mdev ]
            [ uidrange NUMBER-NUMBER ]
            [ ipproto PROTOCOL ]
            [ sport [ NUMBER | NUMBER-NUMBER ]
            [ dport [ NUMBER | NUMBER-NUMBER ] ]
ACTION := [ table TABLE_ID ]
          [ protocol PROTO ]
          [ nat ADDRESS ]
          [ realms [SRCREALM/]DSTREALM ]
          [ goto NUMBER ]
          SUPPRESSOR
SUPPRESSOR := [ suppress_prefixlength NUMBER ]
              [ suppress_ifgroup DEVGROUP ]
TABLE_ID := [ local | main | default | NUMBER ]`;

const VERBS = ['list', 'lst', 'show', 'add', 'delete', 'flush', 'save', 'restore', 'help'] as const;

export async function ipRule(call: IpCall, args: readonly string[]): Promise<number> {
  const [word = 'show'] = args;
  const verb = keywordOf(word, VERBS);
  const words = new Words(args.slice(1));
  if (verb === undefined) return await complain(call, `Command "${word}" is unknown, try "ip rule help".`, 255);
  if (verb === 'help') return await complain(call, USAGE, 255);
  if (verb === 'list' || verb === 'lst' || verb === 'show') return await list(call, words);
  if (call.family === 'inet6') return await complain(call, `drydock: 'ip -6 rule ${verb}' is not simulated`);
  if (verb === 'add' || verb === 'delete') return await change(call, verb, word, words);
  if (verb === 'flush') return await flush(call, words);
  return await complain(call, `drydock: 'ip rule ${verb}' is not simulated`);
}

const rulesOf = ({ process }: Pick<IpCall, 'process'>): readonly KernelRecord[] =>
  recordsOf(process.kernel({ subsystem: 'rule', op: 'list' }));

/** No packet is of IPv6, whose rules are the two that the kernel makes. */
const isOfIpv6 = (rule: KernelRecord): boolean =>
  rule.text('origin') === 'kernel' && rule.record('action')?.number('table') !== 253;

async function list(call: IpCall, words: Words): Promise<number> {
  const selects = await readSelection(call, words);
  if (typeof selects === 'number') return selects;
  const rules = rulesOf(call).filter((rule) => (call.family !== 'inet6' || isOfIpv6(rule)) && selects(rule));
  if (call.json)
    call.io.out(
      iprouteJson(
        rules.map((rule) => ruleJson(call, rule)),
        call.pretty,
      ),
    );
  else for (const rule of rules) call.io.line(ruleText(call, rule));
  return await call.io.end(0);
}

async function change(call: IpCall, verb: 'add' | 'delete', word: string, words: Words): Promise<number> {
  if (words.peek() === undefined)
    return await complain(call, `"ip rule ${word === 'add' ? 'add' : 'del'}" requires arguments.`);
  const rule = await readRule(call, verb, words);
  if (typeof rule === 'number') return rule;
  const done = call.process.kernel({ subsystem: 'rule', op: verb, args: { rule } });
  return failed(done) ? await refused(call, done) : 0;
}

/** The rule of priority 0 stays: without it nothing would reach the host itself. */
async function flush(call: IpCall, words: Words): Promise<number> {
  const selects = await readSelection(call, words);
  if (typeof selects === 'number') return selects;
  for (const rule of rulesOf(call)) {
    const priority = rule.number('priority');
    if (priority === 0 || !selects(rule)) continue;
    const asked: Plain = { priority, ...(rule.flag('not') ? { not: true } : {}) };
    const done = call.process.kernel({ subsystem: 'rule', op: 'delete', args: { rule: asked } });
    if (failed(done)) return await refused(call, done);
  }
  return 0;
}
