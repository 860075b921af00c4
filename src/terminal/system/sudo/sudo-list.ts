/** sudo -l: the rules of a user. */
import type { Account } from '../../accounts.ts';
import { accountOf, groupNameOf } from '../../accounts.ts';
import type { Options } from '../../coreutils/command.ts';
import { lookupPath } from '../../run-child.ts';
import type { PlainCall } from '../plain-program.ts';
import { matchingRule, rulesOf, type Sudoers } from './sudoers.ts';

export async function listRules(call: PlainCall, options: Options, sudoers: Sudoers, caller: Account): Promise<number> {
  const { io, process } = call;
  const wanted = options.value('U');
  const account = wanted === undefined ? caller : accountOf(process, wanted);
  if (account === undefined) {
    await io.warn(`unknown user ${wanted ?? ''}`);
    return 1;
  }
  const groups = [account.gid, ...account.groups]
    .map((gid) => groupNameOf(process, gid))
    .filter((name) => name !== undefined);
  const host = process.hostname();
  const rules = rulesOf(sudoers, account, groups);
  const [command, ...args] = options.operands;
  if (command !== undefined) {
    const path = lookupPath(process, command, sudoers.securePath) ?? command;
    const line = [path, ...args].join(' ');
    if (matchingRule(sudoers, account, groups, { runAs: options.value('u') ?? 'root', path, line }) === undefined)
      return 1;
    io.line(line);
    return await io.end(0);
  }
  if (rules.length === 0) {
    if (wanted === undefined) await io.raw(`Sorry, user ${account.name} may not run sudo on ${host}.\n`);
    else io.line(`User ${account.name} is not allowed to run sudo on ${host}.`);
    return await io.end(wanted === undefined ? 1 : 0);
  }
  const path = sudoers.securePath === undefined ? '' : `\n    secure_path=${sudoers.securePath.replace(/:/g, '\\:')}`;
  io.line(`Matching Defaults entries for ${account.name} on ${host}:`);
  io.line(`    env_reset, mail_badpass,${path}`);
  io.line('');
  io.line(`User ${account.name} may run the following commands on ${host}:`);
  for (const rule of rules) {
    const group = rule.text.includes(':ALL)') ? ' : ALL' : '';
    io.line(`    (${rule.runAs.join(', ')}${group}) ${rule.password ? '' : 'NOPASSWD: '}${rule.commands.join(', ')}`);
  }
  return await io.end(0);
}
