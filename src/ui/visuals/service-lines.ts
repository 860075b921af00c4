/** Lines from a Service's signpost to its endpoints: they go round docks, signposts, bands and boats, never across them. */
import type { Band, Boat, ServiceLine, Signpost } from './cluster-layout.ts';
import { GAP, MOORING, PAD, type Point } from './map-geometry.ts';

/** A Service with more endpoints is joined to the bands that hold them: a line for each would hide what it joins. */
const MAX_LINES_OF_SERVICE = 12;
/** Services beside one another take different lanes of a passage. */
const LANES = 3;
const LANE = 3;
const CORNER = 4;

export interface Place {
  readonly boat: Boat;
  readonly band: Band;
}
interface End extends Place {
  readonly pod: string;
  readonly ready: boolean;
}

/** @param placeOf where the pod of a uid lies; undefined if it is not drawn */
export function connectServices(
  signposts: readonly Signpost[],
  placeOf: (uid: string) => Place | undefined,
): readonly ServiceLine[] {
  return signposts.flatMap((sign, index) => {
    const { namespace, name, endpoints } = sign.service;
    const ends = endpoints.flatMap(({ pod, ready }): readonly End[] => {
      const place = placeOf(pod);
      return place === undefined ? [] : [{ pod, ready, ...place }];
    });
    return groupEnds(ends).map(([first, ...others]) => {
      const members = [first, ...others];
      const lane = LANE * (1 + (index % LANES));
      return {
        key: `${namespace}/${name}/${members.length > 1 ? first.band.key : first.pod}`,
        service: `${namespace}/${name}`,
        path: roundedPath(route(sign, first, lane, members.length > 1)),
        ready: members.some(({ ready }) => ready),
        endpoints: members.length,
      };
    });
  });
}

function groupEnds(ends: readonly End[]): readonly (readonly [End, ...End[]])[] {
  if (ends.length <= MAX_LINES_OF_SERVICE) return ends.map((end) => [end]);
  const groups = new Map<string, [End, ...End[]]>();
  for (const end of ends) {
    const known = groups.get(end.band.key);
    if (known === undefined) groups.set(end.band.key, [end]);
    else known.push(end);
  }
  return [...groups.values()];
}

/** Down to the passage above the dock's row, down the gutter left of the dock, in above the band's row, along the boats'. */
function route(sign: Signpost, { boat, band }: Place, lane: number, toBand: boolean): readonly Point[] {
  const { x: dockX, y: dockY } = band.berth;
  const start = { x: sign.x + GAP + lane * 2, y: sign.y + sign.height };
  const below = start.y + lane;
  const above = dockY - PAD + lane;
  const gutter = dockX - PAD + lane;
  const entry = band.y - PAD + lane;
  // Only the margin of the map leads past other rows of signposts and docks.
  const past = below === above ? [] : [{ x: lane, y: below }, { x: lane, y: above }]; // prettier-ignore
  const approach = [start, { x: start.x, y: below }, ...past, { x: gutter, y: above }, { x: gutter, y: entry }];
  if (toBand) return [...approach, { x: band.x + PAD, y: entry }, { x: band.x + PAD, y: band.y }];
  const trunk = band.x + GAP / 2;
  const overBoats = boat.y - GAP / 2;
  const mooring = boat.x + MOORING.x;
  return [
    ...approach,
    { x: trunk, y: entry },
    { x: trunk, y: overBoats },
    { x: mooring, y: overBoats },
    { x: mooring, y: boat.y + MOORING.y },
  ];
}

/** A path along the points, its corners rounded as far as the ways between them allow. */
function roundedPath(points: readonly Point[]): string {
  const steps = points.map((corner, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined) return `M${written(corner)}`;
    if (after === undefined) return `L${written(corner)}`;
    const radius = Math.min(CORNER, distance(before, corner) / 2, distance(corner, after) / 2);
    return `L${written(towards(corner, before, radius))} Q${written(corner)} ${written(towards(corner, after, radius))}`;
  });
  return steps.join(' ');
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const written = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

function towards(from: Point, to: Point, by: number): Point {
  const share = by === 0 ? 0 : by / distance(from, to);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
