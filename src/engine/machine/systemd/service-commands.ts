/** What a service's settings say about the processes it runs: command lines, environment, user. */
import { failed } from '../../../protocol/errno.ts';
import type { Credentials } from '../../../protocol/program.ts';
import type { FileView } from '../files/interface.ts';
import { lastValue, parseCommand, type Command, type UnitFile } from './unit-file.ts';
import { specifiersOf } from './unit-name.ts';

const DEFAULT_ENV = { LANG: 'C.UTF-8', PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };

export type CommandSetting = 'ExecStartPre' | 'ExecStart' | 'ExecReload' | 'ExecStop';

export interface ServiceCommand extends Command {
  readonly setting: CommandSetting;
}

/** The commands of some settings, in that order. */
export function commandsOf(
  unit: string,
  file: UnitFile,
  settings: readonly CommandSetting[],
  env: Readonly<Record<string, string>>,
  hostname: string,
): readonly ServiceCommand[] {
  const specifiers = specifiersOf(unit, hostname);
  return settings.flatMap((setting) =>
    (file.sections.get('Service')?.get(setting) ?? []).map((line) => ({
      setting,
      ...parseCommand(line, env, specifiers),
    })),
  );
}

/** Environment= and EnvironmentFile= over the defaults. */
export function environmentOf(file: UnitFile, files: FileView): Readonly<Record<string, string>> {
  const env: Record<string, string> = { ...DEFAULT_ENV };
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

/** Of User=; undefined for root, `unknown` where there is no such user. */
export function credentialsOf(file: UnitFile, files: FileView): Credentials | 'unknown' | undefined {
  const user = lastValue(file, 'Service', 'User');
  if (user === undefined || user === 'root') return undefined;
  const passwd = files.readText('/etc/passwd');
  const fields = failed(passwd)
    ? undefined
    : passwd
        .split('\n')
        .find((line) => line.startsWith(`${user}:`) || line.split(':')[2] === user)
        ?.split(':');
  if (fields === undefined) return 'unknown';
  const [uid, gid] = [Number(fields[2]), Number(fields[3])];
  return { uid, gid, groups: [gid], capabilities: [] };
}
