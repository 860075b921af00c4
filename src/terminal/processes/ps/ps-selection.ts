/** Which processes ps shows (procps ps/select.c). */
import { readProcesses, type ProcEntry } from '../process-list.ts';
import type { PsFacts } from './ps-facts.ts';
import { listedValue } from './ps-lists.ts';
import { OWN_TERMINAL, type PsOptions } from './ps-options.ts';

type Test = (entry: ProcEntry) => boolean;

/** Options that select and contradict each other; undefined where they do not. */
export function selectionConflict({ simple }: PsOptions): string | undefined {
  const isSysV = simple.has('Ua') || simple.has('Ud');
  return isSysV && ['Ba', 'Bg', 'Bx'].some((each) => (simple as Set<string>).has(each))
    ? 'process selection options conflict'
    : undefined;
}

/** What -q forbids, with the words of ps itself. */
export function quickConflict({ selections, forest, deferred }: PsOptions): string | undefined {
  const quick = selections.filter(({ kind }) => kind === 'quick').length;
  if (quick === 0) return undefined;
  if (quick > 1) return 'q/-q/--quick-pid can only be used once.';
  if (selections.length > 1) return 'q/-q/--quick-pid cannot be combined with other selection options.';
  if (forest !== 'none') return 'q/-q/--quick-pid cannot be used together with forest type listings.';
  return deferred.some(({ from }) => from === '--sort')
    ? 'q/-q,--quick-pid cannot be used together with sort options.'
    : undefined;
}

/** By pid; those of -q in the order of its list. */
export function selectProcesses(options: PsOptions, facts: PsFacts): readonly ProcEntry[] {
  const all = readProcesses(facts.process);
  const own = all.find(({ pid }) => pid === facts.process.pid);
  const { selections, simple, runningOnly, negate } = options;
  const table = tableTest(options, own, facts);
  const lists = selections.map(({ kind, values }): Test => {
    const wanted = new Set(values.map((value) => (value === OWN_TERMINAL ? (own?.tty ?? 0) : value)));
    return (entry) => wanted.has(listedValue(kind, entry, facts));
  });
  const wanted: Test = (entry) => {
    const isListed =
      options.all ||
      ((simple.size > 0 || selections.length === 0) && table(entry)) ||
      lists.some((test) => test(entry));
    const accepted = isListed && (!runningOnly || entry.state === 'R' || entry.state === 'D');
    return accepted !== negate;
  };
  const quick = selections.find(({ kind }) => kind === 'quick');
  const found = all.filter(wanted);
  return quick === undefined ? found : quick.values.flatMap((pid) => found.find((entry) => entry.pid === pid) ?? []);
}

/** The test of -a -d a g x, or that of no option at all. */
function tableTest({ simple, prefersBsd }: PsOptions, own: ProcEntry | undefined, facts: PsFacts): Test {
  const ownUser = own === undefined ? undefined : facts.identity(own, 'Uid', 1);
  const isMine: Test = (entry) => facts.identity(entry, 'Uid', 1) === ownUser;
  const isLeader: Test = ({ pid, session }) => pid === session;
  const hasTty: Test = ({ tty }) => tty !== 0;
  if (simple.size === 0 && !prefersBsd) return (entry) => isMine(entry) && entry.tty === own?.tty;
  if (simple.has('Ua') || simple.has('Ud')) return (entry) => !isLeader(entry) && (simple.has('Ud') || hasTty(entry));
  if (simple.has('Ba') && simple.has('Bx')) return () => true;
  if (simple.has('Ba')) return hasTty;
  if (simple.has('Bx')) return isMine;
  return (entry) => isMine(entry) && hasTty(entry);
}
