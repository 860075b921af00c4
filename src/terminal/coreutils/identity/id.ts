/** id (GNU coreutils 9.4); the kernel has no SELinux. */
import { accountOf, groupNameOf, userNameOf } from '../../accounts.ts';
import type { Invocation } from '../command.ts';
import { command } from '../command.ts';

interface Ids {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

export const id = command(
  {
    name: 'id',
    // -a says nothing: it is there for older scripts.
    short: 'augnGrZz',
    busybox: 'ugGnr',
    usage: '[OPTION]... [USER]...',
    long: { user: 'u', group: 'g', name: 'n', groups: 'G', real: 'r', zero: 'z', context: 'Z' },
  },
  async (call) => {
    const { process, io, operands } = call;
    const problem = call.flavour === 'gnu' ? misuse(call) : undefined;
    if (problem !== undefined) {
      await io.warn(problem);
      return 1;
    }
    let status = 0;
    for (const wanted of operands.length === 0 ? [undefined] : operands) {
      const ids = wanted === undefined ? process.credentials() : accountOf(process, wanted);
      if (ids !== undefined) {
        show(call, ids, wanted !== undefined);
        continue;
      }
      status = 1;
      await io.warn(
        call.flavour === 'busybox' ? `unknown user ${wanted ?? ''}` : `\u2018${wanted ?? ''}\u2019: no such user`,
      );
    }
    return await io.end(status);
  },
);

function misuse({ options }: Invocation): string | undefined {
  const kinds = ['u', 'g', 'G', 'Z'].filter((letter) => options.has(letter)).length;
  if (options.has('Z')) return '--context (-Z) works only on an SELinux-enabled kernel';
  if (kinds > 1) return 'cannot print "only" of more than one choice';
  if (kinds === 0 && (options.has('n') || options.has('r')))
    return 'cannot print only names or real IDs in default format';
  if (kinds === 0 && options.has('z')) return 'option --zero not permitted in default format';
  return undefined;
}

function show(
  { process, io, options, operands, flavour }: Invocation,
  { uid, gid, groups }: Ids,
  named: boolean,
): void {
  // GNU's names the effective group first, busybox' those of getgroups(2) as they come.
  const all = [...new Set(flavour === 'busybox' && !named ? groups : [gid, ...groups])];
  const end = options.has('z') ? '\0' : '\n';
  const word = (n: number, name: string | undefined): string => (options.has('n') ? (name ?? String(n)) : String(n));
  const group = (n: number): string => word(n, groupNameOf(process, n));
  if (options.has('u')) io.out(word(uid, userNameOf(process, uid)) + end);
  else if (options.has('g')) io.out(group(gid) + end);
  else if (options.has('G'))
    io.out(
      all.map(group).join(options.has('z') ? '\0' : ' ') + (options.has('z') && operands.length > 1 ? '\0\0' : end),
    );
  else {
    const both = (n: number, name: string | undefined): string =>
      `${String(n)}${name === undefined ? '' : `(${name})`}`;
    const list = all.map((n) => both(n, groupNameOf(process, n))).join(',');
    io.line(`uid=${both(uid, userNameOf(process, uid))} gid=${both(gid, groupNameOf(process, gid))} groups=${list}`);
  }
}
