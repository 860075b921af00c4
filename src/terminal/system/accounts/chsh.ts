/**
 * chsh and chfn (shadow 4.13): a login shell, and what else /etc/passwd says of a person.
 * Leaves out: chroots (-R).
 */
import { accountOf, type Account } from '../../accounts.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { fileText, LineReader } from '../../io.ts';
import { failed } from '../../../protocol/errno.ts';
import { putRow } from './account-files.ts';
import { askPassword, isPasswordOf } from './become-user.ts';
import { invokingAccount } from './invoking-user.ts';
import { isField, loginDefs, usageFault, userRow } from './shadow-tools.ts';

const SPEC = {
  absent: ['R'],
  usage: '[options] [LOGIN]',
  usageStatus: 2,
} as const;

/** Whose line it is: one's own, or for root anybody's. */
async function subjectOf({ io, operands, process }: Invocation, what: string): Promise<Account | undefined> {
  const caller = invokingAccount(process);
  const name = operands[0] ?? caller?.name ?? '';
  const account = accountOf(process, name);
  if (account?.name !== name) {
    await io.warn(operands.length === 0 ? 'Cannot determine your user name.' : `user '${name}' does not exist`);
    return undefined;
  }
  if (caller?.uid === 0 || account.uid === caller?.uid) return account;
  await io.warn(`You may not change the ${what} for '${name}'.`);
  return undefined;
}

/** PAM asks everybody but root for the password. */
async function isAuthenticated({ io, process }: Invocation, account: Account): Promise<boolean> {
  if (invokingAccount(process)?.uid === 0) return true;
  const password = await askPassword(process, 'Password: ');
  if (password !== undefined && isPasswordOf(process, account.name, password)) return true;
  await io.warn('PAM: Authentication failure');
  return false;
}

export const chsh = command(
  {
    ...SPEC,
    name: 'chsh',
    calls: 'short',
    short: 'hs:R:',
    long: { shell: 's', root: 'R' },
    helpOption: '-h',
    hint: (name) => `Usage: ${name} [options] [LOGIN]`,
  },
  async (call) => {
    const { io, options, process, operands } = call;
    if (operands.length > 1) return await usageFault(call);
    const account = await subjectOf(call, 'shell');
    if (account === undefined || !(await isAuthenticated(call, account))) return 1;
    let shell = options.value('s');
    if (shell === undefined) {
      io.line(`Changing the login shell for ${account.name}`);
      io.line('Enter the new value, or press ENTER for the default');
      io.out(`\tLogin Shell [${account.shell}]: `);
      await io.flush();
      const typed = (await new LineReader(process, 0).nextText())?.trim() ?? '';
      shell = typed === '' ? account.shell : typed;
    }
    if (!isField(shell) || shell.includes(',')) {
      await io.warn(`Invalid entry: ${shell}`);
      return 1;
    }
    const listed = (fileText(process, '/etc/shells') ?? '').split('\n').includes(shell);
    const caller = invokingAccount(process)?.uid;
    if (caller !== 0 && (!listed || failed(process.access(shell, { execute: true })))) {
      await io.warn(`${shell} is an invalid shell`);
      return 1;
    }
    if (failed(process.stat(shell))) await io.warn(`Warning: ${shell} does not exist`);
    else if (failed(process.access(shell, { execute: true }))) await io.warn(`Warning: ${shell} is not executable`);
    setCell(call, account.name, 6, shell);
    return await io.end(0);
  },
);

function setCell({ process }: Invocation, name: string, column: number, text: string): void {
  const row = userRow(process, name);
  if (row !== undefined)
    putRow(
      process,
      '/etc/passwd',
      name,
      row.map((cell, at) => (at === column ? text : cell)),
    );
}

/** The parts of the comment: letter of the option, of CHFN_RESTRICT, question, and what a complaint calls it. */
const PARTS = [
  ['f', 'f', 'Full Name', 'name'],
  ['r', 'r', 'Room Number', 'room number'],
  ['w', 'w', 'Work Phone', 'work phone'],
  ['h', 'h', 'Home Phone', 'home phone'],
  ['o', '', 'Other', ''],
] as const;

export const chfn = command(
  {
    ...SPEC,
    name: 'chfn',
    calls: 'short',
    short: 'f:h:o:r:R:uw:',
    long: { 'full-name': 'f', 'home-phone': 'h', other: 'o', room: 'r', root: 'R', 'work-phone': 'w', help: 'u' },
    hint: (name) => `Usage: ${name} [options] [LOGIN]`,
  },
  async (call) => {
    const { io, options, process, operands } = call;
    if (options.has('u')) {
      io.line(`Usage: ${call.usage}`);
      return await io.end(0);
    }
    if (operands.length > 1) return await usageFault(call);
    const isRoot = invokingAccount(process)?.uid === 0;
    const items = loginDefs(process);
    const allowed = isRoot ? 'frwh' : typeof items === 'string' ? '' : (items.get('CHFN_RESTRICT') ?? '');
    const barred = PARTS.find(
      ([letter, right]) => options.has(letter) && !isRoot && (right === '' || !allowed.includes(right)),
    );
    if (barred !== undefined) {
      await io.warn('Permission denied.');
      return 1;
    }
    const account = await subjectOf(call, 'user information');
    if (account === undefined || !(await isAuthenticated(call, account))) return 1;
    const cells = [...(userRow(process, account.name)?.[4] ?? '').split(',')];
    while (cells.length < PARTS.length) cells.push('');
    const given = PARTS.some(([letter]) => options.has(letter));
    if (!given) await askParts(call, account.name, cells, allowed, isRoot);
    else PARTS.forEach(([letter], at) => (cells[at] = options.value(letter) ?? cells[at] ?? ''));
    for (const [at, [, , , name]] of PARTS.entries()) {
      const text = cells[at] ?? '';
      if (name !== '' && /[:,=\n]/.test(text)) {
        await io.warn(`invalid ${name}: '${text}'`);
        return 1;
      }
      if (/[:\n]/.test(text)) {
        await io.warn(`'${text}' contains illegal characters`);
        return 1;
      }
    }
    setCell(call, account.name, 4, cells.slice(4).join('') === '' ? cells.slice(0, 4).join(',') : cells.join(','));
    return await io.end(0);
  },
);

async function askParts(
  { io, process }: Invocation,
  user: string,
  cells: string[],
  allowed: string,
  isRoot: boolean,
): Promise<void> {
  io.line(`Changing the user information for ${user}`);
  io.line('Enter the new value, or press ENTER for the default');
  const reader = new LineReader(process, 0);
  for (const [at, [, right, question]] of PARTS.entries()) {
    const old = cells[at] ?? '';
    if (right !== '' ? allowed.includes(right) : isRoot) {
      io.out(`\t${question} [${old}]: `);
      await io.flush();
      const typed = (await reader.nextText())?.trim() ?? '';
      cells[at] = typed === '' ? old : typed;
    } else if (right !== '') io.line(`\t${question}: ${old}`);
  }
}
