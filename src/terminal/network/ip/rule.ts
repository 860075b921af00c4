import { iprouteJson } from '../rtnetlink/json-writer.ts';
import { complain, keywordOf, type IpCall } from './call.ts';

/** The kernel has the rules of a fresh namespace: local, main and (of IPv4) default. */
export async function ipRule(call: IpCall, args: readonly string[]): Promise<number> {
  const verb = keywordOf(args[0] ?? 'show', ['list', 'show', 'add', 'delete', 'flush', 'save', 'restore', 'help']);
  if (verb === undefined)
    return await complain(call, `Command "${args[0] ?? ''}" is unknown, try "ip rule help".`, 255);
  if (verb !== 'show' && verb !== 'list')
    return await complain(call, `drydock: 'ip rule ${args[0] ?? ''}' is not simulated`);
  const rules = [
    [0, 'local'],
    [32_766, 'main'],
    ...(call.family === 'inet6' ? [] : ([[32_767, 'default']] as const)),
  ] as const;
  if (call.json)
    call.io.out(
      iprouteJson(
        rules.map(([priority, table]) => ({ priority, src: 'all', table })),
        call.pretty,
      ),
    );
  else for (const [priority, table] of rules) call.io.line(`${String(priority)}:\tfrom all lookup ${table}`);
  return await call.io.end(0);
}
