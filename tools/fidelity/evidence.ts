/** What a committed comparison with the real thing names: without one, nothing is called the same. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsOf } from './script-words.ts';

export interface Evidence {
  /** Words of each command that a differential or corpus case runs, by the program's name. */
  readonly commands: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** `Pod` → paths of fields that a corpus case read back: `spec.containers.image`. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

interface ReadBackCases {
  readonly commands: readonly string[];
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** Reads the cases that this repository names: snippets run beside bash, seeds with checks, and what is read back. */
export function readEvidence(root: string): Evidence {
  const seeds = readJson<readonly { readonly cmds: readonly string[] }[]>(
    join(root, 'tools/data/seeds-covered.json'),
    [],
  );
  const readBack = readJson<ReadBackCases>(join(root, 'tools/data/read-back-cases.json'), { commands: [], fields: {} });
  const scripts = [
    ...scriptsIn(join(root, 'src/terminal/shell/differential')),
    ...scriptsIn(join(root, 'src/terminal/coreutils/differential')),
    ...clientLines(root, 'kubectl'),
    ...clientLines(root, 'docker'),
    ...seeds.flatMap(({ cmds }) => cmds),
    ...readBack.commands,
  ];
  const commands = new Map<string, (readonly string[])[]>();
  for (const words of scripts.flatMap(commandsOf)) {
    const name = words[0] ?? '';
    commands.set(name, [...(commands.get(name) ?? []), words]);
  }
  return { commands, fields: readBack.fields };
}

/** The scripts of a differential suite: those of each file are parted by blank lines. */
const scriptsIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .sort()
        .filter((name) => name.endsWith('.sh'))
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/\n\n+/))
    : [];

/** Command lines that are given to an official client and to ours. */
const clientLines = (root: string, client: 'docker' | 'kubectl'): readonly string[] =>
  ['reading.txt', 'changing.txt']
    .map((name) => join(root, 'src/node/official-clients', `${client}-output`, name))
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => `${client} ${line}`);

const readJson = <T>(file: string, absent: T): T =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : absent;
