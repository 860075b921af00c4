import { accountOf, groupNameOf } from '../../accounts.ts';
import { command } from '../command.ts';

/** groups: names of the groups of this process, or of accounts. */
export const groups = command({ name: 'groups', short: '' }, async (call) => {
  const { io, operands, process } = call;
  const nameOf = (gid: number): string => groupNameOf(process, gid) ?? String(gid);
  if (operands.length === 0) {
    const own = process.credentials();
    io.line([...new Set([own.gid, ...own.groups])].map(nameOf).join(' '));
    return await io.end(0);
  }
  let status = 0;
  for (const name of operands) {
    const account = accountOf(process, name);
    if (account === undefined) {
      await io.warn(`\u2018${name}\u2019: no such user`);
      status = 1;
    } else io.line(`${name} : ${[...new Set([account.gid, ...account.groups])].map(nameOf).join(' ')}`);
  }
  return await io.end(status);
});
