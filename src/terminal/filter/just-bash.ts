/**
 * The boundary to just-bash's buffered text filters: a name, its arguments and its whole input in, its output back. Nothing
 * of ours goes in but text, and the files it reads are those it is given. It is large, so only its users load this file.
 */
import { Bash } from 'just-bash/browser';

export interface Filtered {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export async function filter(name: 'jq', args: readonly string[], stdin: string, options: { readonly env: Readonly<Record<string, string>>; readonly files?: Readonly<Record<string, string>> }): Promise<Filtered> {
  try {
    const bash = new Bash({ commands: [name], env: { ...options.env }, files: { ...options.files }, defenseInDepth: false, cwd: '/' });
    const done = await bash.exec(name, { args: [...args], stdin });
    return { stdout: done.stdout, stderr: done.stderr, status: done.exitCode };
  } catch (error) {
    return { stdout: '', stderr: `drydock: ${name}: ${error instanceof Error ? error.message : 'failed'}\n`, status: 5 };
  }
}
