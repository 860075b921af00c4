/**
 * fmt: fills paragraphs so that their lines come out near one length (the cost function is GNU's).
 * Models: -w, -g, -s, -u. Leaves out: -c, -t, -p, which it refuses.
 */
import { cellWidth } from '../../../formats/cell-width.ts';
import { bytesToText } from '../../text.ts';
import { command, eachLine } from '../command.ts';

interface Word {
  readonly text: string;
  readonly length: number;
  space: number;
  readonly opens: boolean;
  readonly punctuated: boolean;
  readonly period: boolean;
  final: boolean;
}
interface Line {
  readonly indent: number;
  readonly words: Word[];
}
interface Setting {
  readonly width: number;
  readonly goal: number;
  readonly split: boolean;
  readonly uniform: boolean;
}

export const fmt = command(
  {
    name: 'fmt',
    short: 'cg:p:stuw:',
    long: {
      'crown-margin': 'c',
      prefix: 'p',
      'split-only': 's',
      'tagged-paragraph': 't',
      'uniform-spacing': 'u',
      width: 'w',
      goal: 'g',
    },
    numeric: 'w',
  },
  async (call) => {
    const { io, options } = call;
    for (const letter of ['c', 't', 'p']) {
      if (!options.has(letter)) continue;
      await io.raw(`drydock: 'fmt -${letter}' is not simulated\n`);
      return 1;
    }
    const given = options.value('w') ?? '75';
    if (!/^\d+$/.test(given) || Number(given) > 2_500) {
      await io.warn(
        `invalid width: \u2018${given}\u2019${/^\d+$/.test(given) ? ': Numerical result out of range' : ''}`,
      );
      return 1;
    }
    const width = Number(given);
    const setting: Setting = {
      width,
      goal: Number(options.value('g') ?? Math.floor((width * 187) / 200)),
      split: options.has('s'),
      uniform: options.has('u'),
    };
    let held: Line[] = [];
    const flush = (): void => {
      if (held.length > 0) io.out(fill(held, setting));
      held = [];
    };
    const good = await eachLine(call, call.operands, (bytes) => {
      const line = parseLine(bytesToText(bytes), setting.uniform);
      if (line === undefined) {
        flush();
        io.out('\n');
        return;
      }
      if (setting.split || (held[0] !== undefined && held[0].indent !== line.indent)) flush();
      held.push(line);
    });
    flush();
    return await io.end(good ? 0 : 1);
  },
);

function parseLine(text: string, uniform: boolean): Line | undefined {
  const expanded = expandTabs(text);
  const indent = /^ */.exec(expanded)?.[0].length ?? 0;
  const words: Word[] = [];
  for (const match of expanded.matchAll(/([^ ]+)( *)/g)) {
    const [, word = '', blanks = ''] = match;
    const bare = word.length > 1 ? word.slice(0, 1) + word.slice(1).replace(/[)\]'"]+$/, '') : word;
    const period = /[.?!]$/.test(bare);
    const last = match.index + match[0].length >= expanded.length;
    const final = period && (last || blanks.length > 1);
    words.push({
      text: word,
      length: cellWidth(word),
      period,
      final,
      opens: /^[(['`"]/.test(word),
      punctuated: /[!-/:-@[-`{-~]$/.test(word),
      space: last || uniform ? (final ? 2 : 1) : blanks.length,
    });
  }
  return words.length === 0 ? undefined : { indent, words };
}

function expandTabs(text: string): string {
  let out = '';
  for (const char of text) out += char === '\t' ? ' '.repeat(8 - (cellWidth(out) % 8)) : char;
  return out;
}

const square = (n: number): number => n * n;
const LINE_COST = square(70);

/** What it costs to begin a line with this word, by the words before it. */
function breakCost(words: readonly Word[], at: number): number {
  const word = words[at];
  const before = words[at - 1];
  if (word === undefined) return 0;
  let cost = LINE_COST;
  if (before !== undefined) {
    if (before.period) cost += before.final ? -square(50) : square(600);
    else if (before.punctuated) cost -= square(40);
    else if (words[at - 2]?.final === true) cost += square(200) / (before.length + 2);
  }
  if (word.opens) cost -= square(40);
  else if (word.final) cost += square(150) / (word.length + 2);
  return Math.trunc(cost);
}

function fill(lines: readonly Line[], { width, goal }: Setting): string {
  const words = lines.flatMap((line) => line.words);
  const indent = lines[0]?.indent ?? 0;
  const last = words.at(-1);
  if (last !== undefined) last.final = true;
  const end = words.length;
  const best = new Array<number>(end + 1).fill(0);
  const next = new Array<number>(end + 1).fill(end);
  const lengths = new Array<number>(end + 1).fill(0);
  for (let start = end - 1; start >= 0; start -= 1) {
    let least = Infinity;
    let length = indent + (words[start]?.length ?? 0);
    for (let to = start + 1; ; to += 1) {
      let cost = best[to] ?? 0;
      if (to < end) {
        cost += square((goal - length) * 10);
        if ((next[to] ?? end) !== end) cost += Math.trunc(square((length - (lengths[to] ?? 0)) * 10) / 2);
      }
      if (cost < least) {
        least = cost;
        next[start] = to;
        lengths[start] = length;
      }
      if (to === end) break;
      length += (words[to - 1]?.space ?? 1) + (words[to]?.length ?? 0);
      if (length >= width) break;
    }
    best[start] = least + breakCost(words, start);
  }
  let out = '';
  for (let from = 0; from < end; from = next[from] ?? end) {
    const to = next[from] ?? end;
    const picked = words.slice(from, to);
    out += `${' '.repeat(indent)}${picked.map((word, at) => word.text + (at === picked.length - 1 ? '' : ' '.repeat(word.space))).join('')}\n`;
  }
  return out;
}
