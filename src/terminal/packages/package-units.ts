/** Services that a package brings: what its maintainer scripts do about them. */
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText, type Io } from '../io.ts';
import { ask } from '../systemd/client.ts';

const UNIT_PATH = /^\/usr\/lib\/systemd\/system\/([^/]+\.service)$/;

/** Units among a package's paths that something may want. */
export const unitsOf = (process: Process, paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => {
    const name = UNIT_PATH.exec(path)?.[1];
    return name !== undefined && (fileText(process, path) ?? '').includes('[Install]') ? [name] : [];
  });

const hasSystemd = (process: Process): boolean => !failed(process.stat('/run/systemd/private'));

/** After the package was configured: its services are enabled and started. */
export async function startUnits(process: Process, io: Io, units: readonly string[]): Promise<void> {
  if (units.length === 0) return;
  if (!hasSystemd(process)) {
    io.out('invoke-rc.d: could not determine current runlevel\ninvoke-rc.d: policy-rc.d denied execution of start.\n');
    return;
  }
  await ask(process, { method: 'daemon-reload' });
  const enabled = await ask(process, { method: 'install', action: 'enable', units: [...units] });
  for (const change of enabled.type === 'done' ? (enabled.changes ?? []) : [])
    if (change.kind === 'symlink') await io.raw(`Created symlink ${change.path} → ${change.target ?? ''}.\n`);
  const started = await ask(process, { method: 'start', units: [...units] });
  if (started.type === 'error') await io.raw(`${started.message}\n`);
}

/** Before the package goes: its services are stopped and no longer wanted. */
export async function stopUnits(process: Process, units: readonly string[]): Promise<void> {
  if (units.length === 0 || !hasSystemd(process)) return;
  await ask(process, { method: 'stop', units: [...units] });
  await ask(process, { method: 'install', action: 'disable', units: [...units] });
}

/** A file whose directory may have to be made. */
export function writeWithParents(process: Process, path: string, bytes: Uint8Array | string, mode: number): void {
  for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) process.mkdir(path.slice(0, at), 0o755);
  process.writeFile(path, typeof bytes === 'string' ? encodeUtf8(bytes) : bytes, { mode });
}
