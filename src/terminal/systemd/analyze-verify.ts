/** `systemd-analyze verify FILE…`: what systemd would say about unit files. */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import type { Invocation } from '../coreutils/command.ts';
import { fileText } from '../io.ts';

const SECTIONS: Readonly<Record<string, string>> = {
  service: 'Service',
  timer: 'Timer',
  socket: 'Socket',
  mount: 'Mount',
  path: 'Path',
  slice: 'Slice',
  target: 'Target',
};

export async function verify({ io, process }: Invocation, files: readonly string[]): Promise<number> {
  let status = 0;
  for (const file of files) {
    const text = fileText(process, file);
    const name = file.slice(file.lastIndexOf('/') + 1);
    if (text === undefined) {
      await io.raw(`Failed to prepare filename ${file}: No such file or directory\n`);
      status = 1;
      continue;
    }
    const [remarks, errors] = remarksOn(process, file, name, text);
    for (const line of [...remarks, ...errors]) await io.raw(`${line}\n`);
    if (errors.length > 0) status = 1;
  }
  return await io.end(status);
}

/** Remarks on lines, and what keeps the unit from being started. */
function remarksOn(
  process: Process,
  file: string,
  name: string,
  text: string,
): readonly [remarks: readonly string[], errors: readonly string[]] {
  const remarks: string[] = [];
  const commands: string[] = [];
  const own = SECTIONS[name.slice(name.lastIndexOf('.') + 1)];
  let section: string | undefined;
  let isOneshot = false;
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    const where = `${file}:${String(at + 1)}`;
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const header = /^\[(.+)\]$/.exec(line)?.[1];
    if (header !== undefined) {
      section = ['Unit', 'Install', own].includes(header) || header.startsWith('X-') ? header : undefined;
      if (section === undefined) remarks.push(`${where}: Unknown section '${header}'. Ignoring.`);
      continue;
    }
    const equals = line.indexOf('=');
    if (equals <= 0) remarks.push(`${where}: Missing '=', ignoring line.`);
    else if (section === undefined && remarks.length === 0)
      remarks.push(`${where}: Assignment outside of section. Ignoring.`);
    else if (section === 'Service') {
      if (line.startsWith('ExecStart=')) commands.push(line.slice(equals + 1).trim());
      if (line === 'Type=oneshot') isOneshot = true;
    }
  }
  const paths = commands
    .map((each) => each.replace(/^[-@:+!|]*/, '').split(/\s+/)[0] ?? '')
    .filter((each) => each !== '');
  const errors = paths.flatMap((path) => commandError(process, name, path));
  if (own === 'Service' && paths.length === 0)
    errors.push(`${name}: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.`);
  if (own === 'Service' && paths.length > 1 && !isOneshot)
    errors.push(
      `${name}: Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.`,
    );
  return [remarks, errors];
}

function commandError(process: Process, name: string, path: string): string[] {
  if (!path.startsWith('/')) return [];
  const found = process.access(path, { execute: true });
  return failed(found) ? [`${name}: Command ${path} is not executable: ${strerror(found)}`] : [];
}
