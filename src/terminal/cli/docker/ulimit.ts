import type { JsonObject } from '../../../protocol/plain.ts';
import { refuseArgument } from './fatal.ts';

const NAMES: ReadonlySet<string> = new Set(
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' '),
);

/** `nofile=100:200`, `nproc=50`: go-units ParseUlimit. */
export function parseUlimit(value: string): JsonObject {
  const refuse = (why: string): never => refuseArgument(value, '--ulimit', why);
  const [name = '', limits] = value.split(/=(.*)/s);
  if (limits === undefined) return refuse(`invalid ulimit argument: ${value}`);
  if (!NAMES.has(name)) return refuse(`invalid ulimit type: ${name}`);
  const parts = limits.split(':');
  if (parts.length > 2)
    return refuse(`too many limit value arguments - ${limits}, can only have up to two, \`soft[:hard]\``);
  const wrong = parts.find((part) => !/^[+-]?\d+$/.test(part));
  if (wrong !== undefined) return refuse(`strconv.ParseInt: parsing ${JSON.stringify(wrong)}: invalid syntax`);
  const [soft = 0, hard = soft] = parts.map(Number);
  if (hard !== -1 && (soft === -1 || soft > hard))
    return refuse(
      soft === -1
        ? `ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: ${String(hard)}`
        : `ulimit soft limit must be less than or equal to hard limit: ${String(soft)} > ${String(hard)}`,
    );
  return { Name: name, Hard: hard, Soft: soft };
}
