/**
 * curl 8.5 for http, https and UNIX sockets: the options people type.
 * Leaves out: other protocols, HTTP/2, cookies' jar, proxies.
 */
import { type Applet, parseOptions } from '../../coreutils/command.ts';
import { Io } from '../../io.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { absentOption, LONG, SHORT } from './options.ts';
import { Transfer } from './transfer.ts';
import { expandUrl, type GlobbedUrl } from './url-glob.ts';
import { unfilled } from './write-out.ts';

/** The argument that a complaint of getopt is about, as it was typed. */
function complainedOf(argv: readonly string[], problem: string): string {
  const long = /'(--[^']+)'/.exec(problem)?.[1];
  const letter = /-- '(.)'$/.exec(problem)?.[1] ?? '';
  const typed = argv.slice(1).find((arg) => long === undefined && /^-[^-]/.test(arg) && arg.includes(letter));
  return long ?? typed ?? `-${letter}`;
}

const applet: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'curl');
  const options = parseOptions(argv.slice(1), { name: 'curl', short: `${SHORT}V`, long: LONG });
  if ('problem' in options) {
    await io.raw(
      `curl: option ${complainedOf(argv, options.problem)}: ${options.problem.includes('requires') ? 'requires parameter' : 'is unknown'}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
    );
    return 2;
  }
  if (options.has('V')) {
    io.line('curl 8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0 OpenSSL/3.0.13');
    return await io.end(0);
  }
  const absent = absentOption(options);
  if (absent !== undefined) return await notSimulated(io, `curl ${absent}`);
  const urls = [...options.operands, ...options.values('url')];
  if (urls.length === 0) {
    await io.raw("curl: try 'curl --help' or 'curl --manual' for more information\n");
    return 2;
  }
  const unknown = unfilled(options.value('w') ?? '');
  if (unknown !== undefined) return await notSimulated(io, `curl -w %{${unknown}}`);
  const transfers: GlobbedUrl[] = [];
  for (const text of urls) {
    const globbed = options.has('g') ? [{ text, parts: [] }] : expandUrl(text);
    if ('message' in globbed) {
      await io.raw(
        `curl: (3) ${globbed.message} in URL position ${String(globbed.position)}:\n${text}\n${'^'.padStart(globbed.position)}\n`,
      );
      return 3;
    }
    transfers.push(...globbed);
  }
  let status = 0;
  for (const [at, url] of transfers.entries()) {
    for (let left = Number(options.value('retry') ?? '0'); ; left -= 1) {
      status = await new Transfer(process, io, options, url, at).run();
      if (
        left <= 0 ||
        status === 0 ||
        !(
          [6, 28, 22].includes(status) ||
          (status === 7 && (options.has('retry-connrefused') || options.has('retry-all-errors')))
        )
      )
        break;
      await process.sleep(Number(options.value('retry-delay') ?? '1') * 1e6);
    }
  }
  return await io.end(status);
};
export const curl: Applet = {
  name: 'curl',
  memoryBytes: 5_000_000,
  run: (process) => applet(process, 'gnu', process.argv),
  applet,
};
