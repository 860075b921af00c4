/**
 * tc (iproute2 6.1.0): queues of links.
 * Models: tc qdisc show, add, change, replace and del of netem at the root of a link, with delay, jitter, loss and limit; packets
 * are delayed and lost by it. Leaves out: other queues, classes, filters, statistics, JSON.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { queueDiscipline, readLinks, type LinkFacts } from '../rtnetlink/link-facts.ts';
import { isWrong, readNetem, type Netem, type Wrong } from './netem-words.ts';
import { netemText } from './netem-text.ts';

export const tc = plainProgram('tc', async (call) => {
  const { io, args } = call;
  const option = args[0]?.startsWith('-') === true ? args[0] : undefined;
  if (option === '-V' || option === '-Version') {
    io.line('tc utility, iproute2-6.1.0, libbpf 1.3.0');
    return await io.end(0);
  }
  if (option !== undefined && !OPTIONS.some((name) => name.startsWith(option)))
    return await stop(call, `Option "${option}" is unknown, try "tc -help".`, 255);
  if (option !== undefined) return await notSimulated(io, `tc ${option}`);
  const [object = 'help', ...words] = args;
  if ('qdisc'.startsWith(object)) return await queues(call, words);
  if ('class'.startsWith(object) || 'filter'.startsWith(object)) return await others(call, object, words);
  if (OBJECTS.some((name) => name.startsWith(object))) return await notSimulated(io, `tc ${object}`);
  return await stop(call, `Object "${object}" is unknown, try "tc help".`, 255);
});

const OPTIONS =
  '-statistics -stats -details -raw -iec -batch -netns -json -pretty -color -oneline -timestamp -tshort -ts -graph -Numeric -name -nm -conf -cf -force -help -brief'.split(
    ' ',
  );
const OBJECTS = ['actions', 'monitor', 'exec', 'chain', 'help'];
const COMMANDS = ['add', 'change', 'replace', 'link', 'delete', 'show', 'list', 'lst', 'help'];
const commandOf = (word: string): string | undefined => COMMANDS.find((name) => name.startsWith(word));

async function stop({ io }: PlainCall, text: string, status: number): Promise<number> {
  await io.raw(`${text}\n`);
  return status;
}

/** Classes and filters: no queue here has any. */
async function others(call: PlainCall, object: string, words: readonly string[]): Promise<number> {
  const command = commandOf(words[0] ?? 'show');
  if (command === undefined)
    return await stop(call, `Command "${words[0] ?? ''}" is unknown, try "tc ${object} help".`, 255);
  if (!['show', 'list', 'lst'].includes(command)) return await notSimulated(call.io, `tc ${object} ${command}`);
  const name = words[1] === 'dev' ? words[2] : undefined;
  if (name !== undefined && !readLinks(call.process).some((link) => link.name === name))
    return await stop(call, `Cannot find device "${name}"`, 1);
  return await call.io.end(0);
}

async function queues(call: PlainCall, words: readonly string[]): Promise<number> {
  const command = commandOf(words[0] ?? 'show');
  if (command === undefined)
    return await stop(call, `Command "${words[0] ?? ''}" is unknown, try "tc qdisc help".`, 255);
  if (command === 'help' || command === 'link') return await notSimulated(call.io, `tc qdisc ${command}`);
  if (['show', 'list', 'lst'].includes(command)) return await show(call, words.slice(1));
  return await change(call, command, words.slice(1));
}

async function show(call: PlainCall, words: readonly string[]): Promise<number> {
  const [word, name] = words;
  if (word !== undefined && word !== 'dev') return await notSimulated(call.io, `tc qdisc show ${word}`);
  if (word === 'dev' && name === undefined)
    return await stop(call, 'Command line is not complete. Try option "help"', 255);
  const links = readLinks(call.process);
  const shown = name === undefined ? links : links.filter((link) => link.name === name);
  if (shown.length === 0 && name !== undefined) return await stop(call, `Cannot find device "${name}"`, 1);
  for (const link of shown) {
    const kind = queueDiscipline(link);
    // A link that is down has no queue.
    if (kind === 'noop') continue;
    const device = name === undefined ? `dev ${link.name} ` : '';
    const handle = link.netem?.number('handle').toString(16) ?? '0';
    call.io.line(`qdisc ${kind} ${handle}: ${device}root refcnt ${references(link)} ${optionsOf(link, kind)}`);
  }
  return await call.io.end(0);
}

/** The link's own and one for each of its queues of sending; pairs have one for each processor. */
const references = ({ netem, kind }: LinkFacts): string => (netem !== undefined && kind === 'veth' ? '3' : '2');

/** net/sched/sch_fq_codel.c's own settings on a link with an MTU of 1500. */
const optionsOf = ({ mtu, netem }: LinkFacts, kind: string): string =>
  netem !== undefined
    ? netemText(netem)
    : kind === 'fq_codel'
      ? `limit 10240p flows 1024 quantum ${String(mtu + 14)} target 5ms interval 100ms memory_limit 32Mb ecn drop_batch 64 `
      : '';

/** Queues that the kernel has and this one does not. */
const OTHER_KINDS: ReadonlySet<string> = new Set(
  'pfifo bfifo pfifo_fast pfifo_head_drop fq fq_codel fq_pie codel pie cake tbf htb hfsc prio sfq red gred choke ingress clsact mq mqprio multiq noqueue drr qfq sfb etf taprio'.split(
    ' ',
  ),
);

interface Given {
  readonly device: string | undefined;
  readonly root: boolean;
  readonly kind: string | undefined;
  readonly rest: readonly string[];
}

/** Words up to the kind of the queue. */
function readPlace(words: readonly string[]): Given | Wrong {
  let [device, root]: [string | undefined, boolean] = [undefined, false];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === 'dev') {
      at += 1;
      device = words[at];
      if (device === undefined) return { text: 'Command line is not complete. Try option "help"', status: 255 };
    } else if (word === 'root') root = true;
    else if (['handle', 'parent', 'estimator', 'stab', 'ingress', 'clsact', 'ingress_block'].includes(word))
      return { absent: word };
    else return { device, root, kind: word, rest: words.slice(at + 1) };
  }
  return { device, root, kind: undefined, rest: [] };
}

async function tellWrong(call: PlainCall, wrong: Wrong): Promise<number> {
  return 'absent' in wrong
    ? await notSimulated(call.io, `tc qdisc ${wrong.absent}`)
    : await stop(call, wrong.text, wrong.status);
}

async function change(call: PlainCall, command: string, words: readonly string[]): Promise<number> {
  const place = readPlace(words);
  if (isWrong(place)) return await tellWrong(call, place);
  const { device, root, kind, rest } = place;
  if (kind !== undefined && OTHER_KINDS.has(kind)) return await notSimulated(call.io, `tc qdisc ${command} ${kind}`);
  const asked = kind === 'netem' ? readNetem(rest) : undefined;
  if (asked !== undefined && isWrong(asked)) return await tellWrong(call, asked);
  if (device === undefined) return await stop(call, 'RTNETLINK answers: No such device', 2);
  const links = readLinks(call.process);
  const link = links.find(({ name }) => name === device);
  if (link === undefined) return await stop(call, `Cannot find device "${device}"`, 1);
  const refusal = refusalOf(command, { link, root, kind });
  if (refusal !== undefined) return await stop(call, refusal, 2);
  return await apply(
    call,
    link,
    command === 'delete' || asked === undefined ? null : { ...asked, handle: handleFor(links, link) },
  );
}

/** The kernel's words where it does not do what it is asked. */
function refusalOf(
  command: string,
  { link, root, kind }: { readonly link: LinkFacts; readonly root: boolean; readonly kind: string | undefined },
): string | undefined {
  if (command === 'delete') {
    if (!root) return 'Error: Classid cannot be zero.';
    if (link.netem === undefined) return 'Error: Cannot delete qdisc with handle of zero.';
    return kind === undefined || kind === 'netem' ? undefined : 'Error: Invalid qdisc name.';
  }
  if (!root) return 'Error: Handle cannot be zero.';
  if (command === 'change' && link.netem === undefined)
    return 'Error: Qdisc not found. To create specify NLM_F_CREATE flag.';
  if (kind !== 'netem')
    return kind === undefined ? 'RTNETLINK answers: Invalid argument' : 'Error: Specified qdisc kind is unknown.';
  return command === 'add' && link.netem !== undefined ? 'Error: Exclusivity flag on, cannot modify.' : undefined;
}

/** A queue that is changed keeps its handle; a new one has the next that is free, from 8001 (hexadecimal) on. */
function handleFor(links: readonly LinkFacts[], link: LinkFacts): number {
  const own = link.netem?.optionalNumber('handle');
  const used = links.flatMap(({ netem }) => (netem === undefined ? [] : [netem.number('handle')]));
  return own ?? Math.max(0x8000, ...used) + 1;
}

async function apply(
  call: PlainCall,
  { name }: LinkFacts,
  netem: (Netem & { readonly handle: number }) | null,
): Promise<number> {
  const change: Plain = { netem: netem === null ? null : { ...netem } };
  const done = call.process.kernel({ subsystem: 'link', op: 'set', args: { name, change } });
  return failed(done) ? await stop(call, `RTNETLINK answers: ${strerror(done)}`, 2) : 0;
}
