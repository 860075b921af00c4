/** What a terminal tab runs on a host's pseudo-terminal: a login shell, as login(1) starts it. */
export interface TerminalSession {
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Program, arguments and environment of a login shell for an account. */
export function loginSession(
  account: { readonly name: string; readonly home: string; readonly shell: string } = {
    name: 'root',
    home: '/root',
    shell: '/bin/bash',
  },
): TerminalSession {
  return {
    path: account.shell,
    argv: [`-${account.shell.slice(account.shell.lastIndexOf('/') + 1)}`],
    env: {
      HOME: account.home,
      USER: account.name,
      LOGNAME: account.name,
      SHELL: account.shell,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    },
    cwd: account.home,
  };
}
