/** One scheduling cycle: filter, score, choose (kubernetes pkg/scheduler/schedule_one). Decides; never acts. */
import type { RandomStream } from '../../sim/random.ts';
import type { ClusterView, FilterPlugin, NodeFilter, Refusal, ScorePlugin } from './framework.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

export interface Profile {
  readonly filters: readonly FilterPlugin[];
  readonly scorers: readonly ScorePlugin[];
}

/** One plugin's part in a node's score. */
export interface PluginScore {
  readonly plugin: string;
  /** 0…100 before the weight. */
  readonly score: number;
  readonly weight: number;
}
export type NodeVerdict =
  | { readonly node: string; readonly type: 'refused'; readonly by: Refusal }
  | { readonly node: string; readonly type: 'scored'; readonly total: number; readonly scores: readonly PluginScore[] };

export interface CycleResult {
  /** Undefined where no node will do. */
  readonly chosen: string | undefined;
  readonly evaluated: number;
  readonly feasible: number;
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** Where the search of the next cycle begins. */
  readonly nextStart: number;
  /** Built only when asked for. */
  readonly verdicts: readonly NodeVerdict[];
}

export const MIN_FEASIBLE_NODES = 100;
const MIN_PERCENT = 5;

/** How many feasible nodes are enough; 0 percent means adaptive, as upstream's default. */
export function enoughFeasibleNodes(total: number, percentageOfNodesToScore: number): number {
  if (total < MIN_FEASIBLE_NODES) return total;
  const percent =
    percentageOfNodesToScore > 0 ? percentageOfNodesToScore : Math.max(MIN_PERCENT, 50 - Math.floor(total / 125));
  return Math.max(MIN_FEASIBLE_NODES, Math.floor((total * percent) / 100));
}

export interface CycleOptions {
  readonly start: number;
  readonly percentageOfNodesToScore: number;
  readonly withVerdicts: boolean;
  readonly tieBreak: RandomStream;
}

export function runCycle(profile: Profile, pod: PodInfo, cluster: ClusterView, options: CycleOptions): CycleResult {
  const refusals = new Map<string, Refusal>();
  const { filters, onlyNodes } = prepareFilters(profile, pod, cluster);
  const { nodes } = cluster;
  const enough = enoughFeasibleNodes(nodes.length, options.percentageOfNodesToScore);
  const feasible: NodeInfo[] = [];
  let evaluated = 0;
  for (; evaluated < nodes.length && feasible.length < enough; evaluated += 1) {
    const node = nodes[(options.start + evaluated) % nodes.length];
    if (node === undefined) break;
    const refusal =
      onlyNodes !== undefined && !onlyNodes.names.has(node.name) ? onlyNodes.refusal : firstRefusal(filters, node);
    if (refusal === undefined) feasible.push(node);
    else refusals.set(node.name, refusal);
  }
  const nextStart = nodes.length === 0 ? 0 : (options.start + evaluated) % nodes.length;
  const result = { evaluated, feasible: feasible.length, refusals, nextStart };
  const refused = (): NodeVerdict[] => [...refusals].map(([node, by]) => ({ node, type: 'refused', by }));
  const [only] = feasible;
  if (only === undefined) return { ...result, chosen: undefined, verdicts: options.withVerdicts ? refused() : [] };
  if (feasible.length === 1 && !options.withVerdicts) return { ...result, chosen: only.name, verdicts: [] };
  const { totals, parts } = scoreNodes(profile, pod, cluster, feasible, options.withVerdicts);
  const chosen = feasible[selectHost(totals, options.tieBreak)]?.name ?? only.name;
  if (!options.withVerdicts) return { ...result, chosen, verdicts: [] };
  const scored = feasible.map((node, at): NodeVerdict => ({
    node: node.name,
    type: 'scored',
    total: totals[at] ?? 0,
    scores: parts[at] ?? [],
  }));
  return { ...result, chosen, verdicts: [...scored, ...refused()] };
}

interface OnlyNodes {
  readonly names: ReadonlySet<string>;
  readonly refusal: Refusal;
}

function prepareFilters(
  profile: Profile,
  pod: PodInfo,
  cluster: ClusterView,
): { readonly filters: readonly NodeFilter[]; readonly onlyNodes: OnlyNodes | undefined } {
  const filters: NodeFilter[] = [];
  let onlyNodes: OnlyNodes | undefined;
  for (const plugin of profile.filters) {
    const prepared = plugin.prepareFilter(pod, cluster);
    if (prepared === undefined) continue;
    if (typeof prepared === 'function') filters.push(prepared);
    else {
      filters.push(prepared.filter);
      const reasons = [`node(s) didn't satisfy plugin(s) [${plugin.name}]`];
      onlyNodes = { names: prepared.onlyNodes, refusal: { plugin: plugin.name, reasons, resolvable: false } };
    }
  }
  return { filters, onlyNodes };
}

function firstRefusal(filters: readonly NodeFilter[], node: NodeInfo): Refusal | undefined {
  for (const filter of filters) {
    const refusal = filter(node);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function scoreNodes(
  profile: Profile,
  pod: PodInfo,
  cluster: ClusterView,
  feasible: readonly NodeInfo[],
  withParts: boolean,
): { readonly totals: readonly number[]; readonly parts: readonly PluginScore[][] } {
  const totals = new Array<number>(feasible.length).fill(0);
  const parts: PluginScore[][] = withParts ? feasible.map(() => []) : [];
  for (const plugin of profile.scorers) {
    const scorer = plugin.prepareScore(pod, cluster, feasible);
    if (scorer === undefined) continue;
    const scores = feasible.map((node) => scorer.score(node));
    scorer.normalize?.(scores, feasible);
    scores.forEach((score, at) => {
      totals[at] = (totals[at] ?? 0) + score * plugin.weight;
      parts[at]?.push({ plugin: plugin.name, score, weight: plugin.weight });
    });
  }
  return { totals, parts };
}

/** Index of the best total; equals are drawn fairly, one draw per equal as upstream's reservoir. */
export function selectHost(totals: readonly number[], random: RandomStream): number {
  let best = 0;
  let equals = 1;
  for (let at = 1; at < totals.length; at += 1) {
    const total = totals[at] ?? 0;
    const max = totals[best] ?? 0;
    if (total > max) {
      best = at;
      equals = 1;
    } else if (total === max) {
      equals += 1;
      if (random.below(equals) === 0) best = at;
    }
  }
  return best;
}
