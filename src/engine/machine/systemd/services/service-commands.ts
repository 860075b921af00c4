/** What a service's settings say about the processes it runs: command lines, environment, user. */
import { failed, strerror } from '../../../../protocol/errno.ts';
import type { FileView } from '../../files/interface.ts';
import { parseCommand, type Command, type UnitFile } from '../units/unit-file.ts';
import type { Specifiers } from '../units/unit-name.ts';

export type CommandSetting =
  'ExecCondition' | 'ExecStartPre' | 'ExecStart' | 'ExecStartPost' | 'ExecReload' | 'ExecStop' | 'ExecStopPost';

export interface ServiceCommand extends Command {
  readonly setting: CommandSetting;
}

/** The commands of some settings, in that order. */
export function commandsOf(
  file: UnitFile,
  settings: readonly CommandSetting[],
  env: Readonly<Record<string, string>>,
  specifiers: Specifiers,
): readonly ServiceCommand[] {
  return settings.flatMap((setting) =>
    (file.sections.get('Service')?.get(setting) ?? []).map((line) => ({
      setting,
      ...parseCommand(line, env, specifiers),
    })),
  );
}

/** Environment= and EnvironmentFile= over what process 1 gives to all. */
export function environmentOf(
  file: UnitFile,
  files: FileView,
  general: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const env: Record<string, string> = Object.fromEntries(general);
  for (const line of file.sections.get('Service')?.get('Environment') ?? []) {
    for (const match of line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
      const word = match[1] ?? match[2] ?? match[3] ?? '';
      const equals = word.indexOf('=');
      if (equals > 0) env[word.slice(0, equals)] = word.slice(equals + 1);
    }
  }
  for (const path of file.sections.get('Service')?.get('EnvironmentFile') ?? []) {
    const text = files.readText(path.replace(/^-/, ''));
    if (failed(text)) continue;
    for (const line of text.split('\n')) {
      const match = /^\s*([A-Za-z_]\w*)=(.*)$/.exec(line);
      if (match !== null) env[match[1] ?? ''] = (match[2] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
    }
  }
  return env;
}

/** Why the files of EnvironmentFile= cannot all be read; undefined where they can. */
export function missingEnvironmentFile(file: UnitFile, files: FileView): string | undefined {
  for (const path of file.sections.get('Service')?.get('EnvironmentFile') ?? []) {
    const text = path.startsWith('-') ? '' : files.readText(path);
    if (failed(text)) return strerror(text);
  }
  return undefined;
}
