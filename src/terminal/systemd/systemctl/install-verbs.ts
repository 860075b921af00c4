/** `systemctl enable`, `disable`, `mask`, `link`, `preset`, `revert`, `add-wants` and their like (systemctl-enable.c). */
import type { Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { askManager, sayUnreachable, unitName } from '../client.ts';
import { changeLines } from './install-changes.ts';
import { startOrStop } from './unit-jobs.ts';

const NO_INSTALL_INFO = `The unit files have no installation config (WantedBy=, RequiredBy=, Also=,
Alias= settings in the [Install] section, and DefaultInstance= for template
units). This means they are not meant to be enabled using systemctl.
 
Possible reasons for having this kind of units are:
• A unit may be statically enabled by being symlinked from another unit's
  .wants/ or .requires/ directory.
• A unit's purpose may be to act as a helper for some other unit which has
  a requirement dependency on it.
• A unit may be started when needed via activation (socket, path, timer,
  D-Bus, udev, scripted systemctl call, ...).
• In case of template units, the unit is meant to be enabled with some
  instance name specified.
`;
/** How the verbs are worded where they fail. */
const DOING: Readonly<Record<string, string>> = {
  'add-wants': 'add dependency',
  'add-requires': 'add dependency',
  'preset-all': 'preset all units',
};

export async function changeInstall(call: Invocation, verb: string, words: readonly string[]): Promise<number> {
  const { io, process, options } = call;
  const [target, ...dependents] = verb.startsWith('add-') ? words.map(targetName) : [];
  const paths = await linkPaths(call, verb, words);
  if (paths === undefined) return 1;
  const units = target === undefined ? paths : dependents.map(unitName);
  if (verb === 'mask' || verb === 'unmask') await tellAbsent(call, units);
  const reply = await askManager(
    { process, options },
    {
      method: 'install',
      action: verb,
      units,
      ...(options.has('runtime') ? { runtime: true } : {}),
      ...(options.has('f') ? { force: true } : {}),
      ...(target === undefined ? {} : { target }),
    },
  );
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type === 'error') {
    await io.raw(`Failed to ${DOING[verb] ?? `${verb} unit`}: ${reply.message}\n`);
    return reply.code === 'access-denied' ? 4 : 1;
  }
  // What was done is told on standard error, as notices are.
  for (const line of changeLines(reply, options.has('q'))) await io.raw(line);
  const isTold = !options.has('q') && !options.has('no-warn');
  if (reply.type === 'done' && reply.lacksInstallInfo === true && isTold) await io.raw(NO_INSTALL_INFO);
  if (!options.has('now')) return 0;
  const job = NOW[verb];
  return job === undefined ? 0 : await startOrStop(call, job, units);
}

/** What --now does beside. */
const NOW: Readonly<Record<string, 'start' | 'stop' | 'restart'>> = {
  enable: 'start',
  reenable: 'restart',
  disable: 'stop',
  mask: 'stop',
};

const targetName = (text: string, at: number): string =>
  at === 0 && !/\.[a-z]+$/.test(text) ? `${text}.target` : text;

/** Names of units; a unit file that is named by its path is linked first. Undefined where one is not there. */
async function linkPaths(call: Invocation, verb: string, words: readonly string[]): Promise<string[] | undefined> {
  const { io, process } = call;
  const names: string[] = [];
  for (const word of words) {
    if (!word.includes('/') && verb !== 'link') {
      names.push(unitName(word));
      continue;
    }
    const path = word.startsWith('/') ? word : `${process.cwd()}/${word}`;
    if (fileText(process, path) === undefined) {
      await io.raw(
        word.includes('/')
          ? `Failed to ${verb} unit: Unit file ${path} does not exist.\n`
          : `Failed to ${verb} unit: Unit file ${word} does not exist.\n`,
      );
      return undefined;
    }
    if (verb === 'link') names.push(path);
    else {
      await tellChanges(call, path);
      names.push(path.slice(path.lastIndexOf('/') + 1));
    }
  }
  return names;
}

async function tellChanges(call: Invocation, path: string): Promise<void> {
  if (/^\/(etc|usr\/lib|run)\/systemd\/system\//.test(path)) return;
  const reply = await askManager(call, { method: 'install', action: 'link', units: [path] });
  if (reply.type !== 'unreachable') for (const line of changeLines(reply, false)) await call.io.raw(line);
}

async function tellAbsent({ io, process, options }: Invocation, units: readonly string[]): Promise<void> {
  const reply = await askManager({ process, options }, { method: 'show', units: [...units] });
  if (reply.type !== 'units') return;
  for (const { name, load } of reply.units)
    if (load === 'not-found') await io.raw(`Unit ${name} does not exist, proceeding anyway.\n`);
}
