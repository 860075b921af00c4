/** `systemctl edit`: a drop-in, or with --full a copy of the unit, through the editor. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { lookupPath, runAndWait } from '../../run-child.ts';
import { askManager, sayUnreachable, unitName, type Unit } from '../client.ts';

const BEGIN = '### Anything between here and the comment below will become the contents of the drop-in file';
const END = '### Edits below this comment will be discarded';

export async function editUnits(call: Invocation, names: readonly string[]): Promise<number> {
  const { process, io, options } = call;
  if (names.length === 0) {
    await io.raw('Too few arguments.\n');
    return 1;
  }
  if (!process.isatty(1)) {
    await io.raw('Cannot edit units if not on a tty.\n');
    return 1;
  }
  const reply = await askManager({ process, options }, { method: 'show', units: names.map(unitName) });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  for (const unit of reply.type === 'units' ? reply.units : []) {
    const dropIn = options.value('drop-in') ?? 'override.conf';
    const name = dropIn.endsWith('.conf') ? dropIn : `${dropIn}.conf`;
    const status = await editUnit(call, unit, options.has('l') ? undefined : name);
    if (status !== 0) return status;
  }
  await askManager({ process, options }, { method: 'daemon-reload' });
  return 0;
}

/** `dropIn`: the name of the drop-in; without one the whole unit is edited. */
async function editUnit({ process, io, options }: Invocation, unit: Unit, dropIn: string | undefined): Promise<number> {
  if (unit.path === undefined && !options.has('f')) {
    await io.raw(
      `No files found for ${unit.name}.\nRun 'systemctl edit --force --full ${unit.name}' to create a new unit.\n`,
    );
    return 1;
  }
  const root = options.has('runtime') ? '/run/systemd/system' : '/etc/systemd/system';
  const target = dropIn === undefined ? `${root}/${unit.name}` : `${root}/${unit.name}.d/${dropIn}`;
  const directory = target.slice(0, target.lastIndexOf('/'));
  process.mkdir(directory, 0o755);
  const draft = `${directory}/.#${target.slice(directory.length + 1)}${String(process.pid)}`;
  const own = unit.path === undefined ? [] : [unit.path];
  const original =
    dropIn === undefined
      ? (fileText(process, own[0] ?? '') ?? '')
      : template(process, target, [...own, ...unit.dropIns]);
  const written = process.writeFile(draft, encodeUtf8(original), { mode: 0o644 });
  if (failed(written)) {
    await io.raw(`Failed to create temporary file for "${target}": ${strerror(written)}\n`);
    return 1;
  }
  const ended = await runAndWait(process, ['/bin/sh', '-c', `${editorOf(process)} ${draft}`]);
  const edited = fileText(process, draft) ?? '';
  process.unlink(draft);
  if (ended.code !== 0) {
    await io.raw(`Editing "${target}" canceled: editor exited with status ${String(ended.code)}.\n`);
    return 1;
  }
  const content = dropIn === undefined ? edited : between(edited);
  if (content.trim() === '') {
    await io.raw(`${target}: after editing, new contents are empty, not writing file.\n`);
    process.rmdir(directory);
    return 0;
  }
  process.writeFile(target, encodeUtf8(content), { mode: 0o644 });
  await io.raw(`Successfully installed edited file '${target}'.\n`);
  return 0;
}

/** What the editor shows: the drop-in so far, and the unit's files as comments. */
function template(process: Process, target: string, paths: readonly string[]): string {
  const own = fileText(process, target) ?? '';
  const files = paths
    .filter((path) => path !== target)
    .map((path) => {
      const lines = (fileText(process, path) ?? '').trimEnd().split('\n');
      return `### ${path}\n${lines.map((line) => (line === '' ? '#' : `# ${line}`)).join('\n')}\n`;
    });
  return `### Editing ${target}\n${BEGIN}\n\n${own === '' ? '\n' : own}\n${END}\n\n\n${files.join('\n')}`;
}

function between(text: string): string {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  const content = text.slice(from < 0 ? 0 : from + BEGIN.length, to < 0 ? undefined : to).trim();
  return content === '' ? '' : `${content}\n`;
}

function editorOf(process: Process): string {
  const { env } = process;
  const named = env['SYSTEMD_EDITOR'] ?? env['EDITOR'] ?? env['VISUAL'];
  return named ?? ['editor', 'nano', 'vim', 'vi'].find((name) => lookupPath(process, name) !== undefined) ?? 'vi';
}
