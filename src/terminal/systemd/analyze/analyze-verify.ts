/** `systemd-analyze verify FILE…`: what systemd would say about unit files. */
import { unitRemarks } from '../../../formats/systemd-unit-remarks.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';

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
    const remarks = unitRemarks(name, text);
    const path = file.startsWith('/') ? file : `${process.cwd()}/${file.replace(/^\.\//, '')}`;
    for (const remark of remarks) await io.raw(`${path}:${String(remark.line)}: ${remark.text}\n`);
    const fatal = remarks.find(({ isFatal }) => isFatal);
    const errors = fatal === undefined ? errorsOf(process, name, text) : fatalLines(name, fatal.text);
    for (const line of errors) await io.raw(`${line}\n`);
    if (errors.length > 0) status = 1;
  }
  return await io.end(status);
}

const badSetting = (name: string): string => `Unit ${name} has a bad unit file setting.`;

const fatalLines = (name: string, text: string): readonly string[] =>
  text.startsWith('Invalid section header')
    ? [`Unit ${name} failed to load properly, please adjust/correct and reload service manager: Bad message`]
    : [`${name}: Unit configuration has fatal error, unit will not be started.`, badSetting(name)];

/** What keeps the unit from being started, or its commands from being run. */
function errorsOf(process: Process, name: string, text: string): readonly string[] {
  if (!name.endsWith('.service')) return [];
  const service = /^\[Service\]\s*$([^]*?)(?=^\[|(?![^]))/m.exec(text)?.[1] ?? '';
  const commands = [...service.matchAll(/^\s*ExecStart\s*=[-@:+!|]*(\S*)/gm)].map((match) => match[1] ?? '');
  const starts = commands.slice(commands.lastIndexOf('') + 1);
  const isOneshot = /^\s*Type\s*=\s*oneshot\s*$/m.test(service);
  const refuse = (why: string): readonly string[] => [`${name}: ${why} Refusing.`, badSetting(name)];
  if (starts.length === 0 && !/^\s*ExecStop\s*=./m.test(service))
    return refuse('Service has no ExecStart=, ExecStop=, or SuccessAction=.');
  if (starts.length > 1 && !isOneshot)
    return refuse('Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services.');
  return starts.flatMap((path) => commandError(process, name, path));
}

function commandError(process: Process, name: string, path: string): string[] {
  if (!path.startsWith('/')) return [];
  const found = process.access(path, { execute: true });
  return failed(found) ? [`${name}: Command ${path} is not executable: ${strerror(found)}`] : [];
}
