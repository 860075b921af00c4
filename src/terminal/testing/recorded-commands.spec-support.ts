/** Commands with what real programs wrote, run in turn in a lab and answered in the same form. */
import type { LabScripts } from './lab-script.spec-support.ts';

export interface RecordedCommand {
  readonly command: string;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Where it is not 0. */
  readonly code?: number;
}

/** `within` is what each command is handed to, as `nsenter -t 1 bash -c`. */
export async function replayCommands(
  lab: LabScripts,
  rows: readonly RecordedCommand[],
  within = 'bash -c',
): Promise<readonly RecordedCommand[]> {
  const found: RecordedCommand[] = [];
  for (const { command } of rows) {
    const { stdout, stderr, code } = await lab.run(`${within} '${command.replaceAll("'", "'\\''")}'`);
    found.push({
      command,
      ...(stdout === '' ? {} : { stdout }),
      ...(stderr === '' ? {} : { stderr }),
      ...(code === 0 ? {} : { code }),
    });
  }
  return found;
}
