/** Asks the repositories where what is known of them is too old, and says what came of it. */
import type { Process } from '../../../../protocol/program.ts';
import { strftime } from '../../../strftime.ts';
import type { Io } from '../../../io.ts';
import { failureText } from '../../fetch-file.ts';
import { askedAt, loadRepository, type Loaded, type Repository } from '../repositories.ts';
import { progressLine, terminalWidth } from './dnf-text.ts';

export const CACHE = '/var/cache/dnf';
/** metadata_expire of the repositories, ms. */
const EXPIRES_MS = 6 * 3600 * 1000;
/** False after a complaint. */
export async function refresh(
  process: Process,
  io: Io,
  repositories: readonly Repository[],
  settings: { readonly force: boolean; readonly cacheOnly: boolean; readonly quiet: boolean },
): Promise<boolean> {
  const nowMs = process.time().realtimeUs / 1000;
  let oldest: number | undefined;
  let asked = false;
  for (const repository of repositories) {
    const at = askedAt(process, CACHE, repository);
    if (settings.cacheOnly && at === undefined) {
      await io.raw(`Error: Cache-only enabled but no cache for '${repository.id}'\n`);
      return false;
    }
    if (at !== undefined && !settings.force && (settings.cacheOnly || nowMs - at < EXPIRES_MS)) {
      oldest = Math.min(oldest ?? at, at);
      continue;
    }
    const before = process.time().monotonicUs;
    const loaded = await loadRepository(process, CACHE, repository);
    const seconds = (process.time().monotonicUs - before) / 1e6;
    const bytes = loaded.type === 'loaded' ? loaded.bytes : 0;
    asked = true;
    if (loaded.type !== 'no-url' && !settings.quiet)
      io.line(progressLine(repository.name, bytes, seconds, terminalWidth(process) ?? 80));
    await io.flush();
    if (loaded.type === 'loaded') continue;
    await complain(io, repository, loaded);
    return false;
  }
  if (oldest !== undefined && !asked && !settings.quiet)
    io.line(
      `Last metadata expiration check: ${ago((nowMs - oldest) / 1000)} ago on ${strftime('%a %b %e %H:%M:%S %Y', oldest * 1000)}.`,
    );
  return true;
}

/** `0:04:13` */
function ago(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${String(Math.floor(seconds / 3600))}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

async function complain(io: Io, { id }: Repository, loaded: Exclude<Loaded, { type: 'loaded' }>): Promise<void> {
  if (loaded.type === 'no-url') {
    await io.raw(`Error: Cannot find a valid baseurl for repo: ${id}\n`);
    return;
  }
  const { url, fetched } = loaded;
  const host = /^\w+:\/\/([^/:]+)/.exec(url)?.[1] ?? '';
  const why =
    fetched.type === 'unresolved'
      ? `Curl error (6): Couldn't resolve host name for ${url} [Could not resolve host: ${host}]`
      : fetched.type === 'refused'
        ? `Status code: ${String(fetched.status)} for ${url} (IP: ${/IP: (\S+)/.exec(fetched.message)?.[1] ?? ''})`
        : `Curl error (7): Couldn't connect to server for ${url} [${failureText(fetched)}]`;
  const whole =
    loaded.type === 'no-mirrors'
      ? `Cannot prepare internal mirrorlist: ${why}`
      : 'Cannot download repomd.xml: Cannot download repodata/repomd.xml: All mirrors were tried';
  await io.raw(
    `Errors during downloading metadata for repository '${id}':\n  - ${why}\nError: Failed to download metadata for repo '${id}': ${whole}\n`,
  );
}
