/**
 * curl 8.5 for http, https, files and UNIX sockets.
 * Leaves out: other protocols, HTTP/2, proxies, parallel transfers, traces.
 */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Applet } from '../../coreutils/command.ts';
import { Io } from '../../io.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { bytesToText } from '../../text.ts';
import { readCommandLine } from './command-line.ts';
import { Connections } from './connections.ts';
import { CookieJar } from './cookies.ts';
import { hasForm } from './form.ts';
import { HELP, VERSION } from './help.ts';
import { runOperation } from './operation.ts';
import type { Settings } from './settings.ts';
import { warningText } from './warning.ts';
import { unfilled } from './write-out.ts';

const TRY = "curl: try 'curl --help' or 'curl --manual' for more information\n";

const applet: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'curl');
  const line = await readCommandLine(process, argv.slice(1));
  switch (line.type) {
    case 'wrong':
      await io.raw(`${line.before}curl: option ${line.option}: ${line.why}\n${TRY}`);
      return line.code;
    case 'version':
      io.out(VERSION);
      return await io.end(0);
    case 'help':
      if (line.category !== undefined) return await notSimulated(io, `curl --help ${line.category}`);
      io.out(HELP);
      return await io.end(0);
    case 'not-simulated':
      return await notSimulated(io, `curl ${line.option}`);
    case 'operations':
      return await io.end(await runAll(process, io, line.operations, argv.length === 1));
  }
};

async function runAll(process: Process, io: Io, operations: readonly Settings[], bare: boolean): Promise<number> {
  redirectErrors(process, operations);
  const connections = new Connections(process);
  const jar = cookieJar(process, operations);
  const count = { begun: 0 };
  let status = 0;
  for (const settings of operations) {
    const problem = await problemOf(io, settings, bare);
    status = problem ?? (await runOperation({ process, io, connections, jar }, settings, count));
    if (problem !== undefined || (status !== 0 && settings.on('fail-early'))) break;
  }
  connections.closeAll();
  const kept = operations.map((settings) => settings.value('cookie-jar')).find((name) => name !== undefined);
  if (jar !== undefined && kept === '-') io.out(jar.text());
  else if (jar !== undefined && kept !== undefined) process.writeFile(kept, encodeUtf8(jar.text()));
  return status;
}

/** What keeps an operation from beginning; its exit code. */
async function problemOf(io: Io, settings: Settings, bare: boolean): Promise<number | undefined> {
  if (settings.urls.length === 0) {
    await io.raw(bare ? TRY : `curl: (2) no URL specified\n${TRY}`);
    return 2;
  }
  const unknown = unfilled(settings.value('write-out') ?? '');
  if (unknown !== undefined) return await notSimulated(io, `curl -w %{${unknown}}`);
  const wanted = methodsOf(settings);
  if (wanted.length < 2) return undefined;
  const both = `You asked for both ${wanted[0] ?? ''} and ${wanted[1] ?? ''}.`;
  await io.raw(warningText(`You can only select one HTTP request method! ${both}`));
  return 2;
}

/** The methods that the options stand for; more than one cannot be. */
function methodsOf(settings: Settings): readonly string[] {
  const methods: readonly (readonly [boolean, string])[] = [
    [settings.has('upload-file'), 'PUT (-T, --upload-file)'],
    [settings.data !== undefined && !settings.on('get'), 'POST (-d, --data)'],
    [hasForm(settings), 'multipart formpost (-F, --form)'],
    [settings.on('head') && !settings.on('get'), 'HEAD (-I, --head)'],
  ];
  return methods.filter(([given]) => given).map(([, name]) => name);
}

/** --stderr. */
function redirectErrors(process: Process, operations: readonly Settings[]): void {
  const name = operations.map((settings) => settings.value('stderr')).find((each) => each !== undefined);
  if (name === undefined) return;
  const fd = name === '-' ? 1 : process.open(name, { write: true, create: true, truncate: true });
  if (!failed(fd)) process.dup2(fd, 2);
}

/** A jar where -b names a file or -c is given, with what those files hold. */
function cookieJar(process: Process, operations: readonly Settings[]): CookieJar | undefined {
  const files = operations.flatMap((settings) => settings.values('cookie').filter((text) => !text.includes('=')));
  if (files.length === 0 && !operations.some((settings) => settings.has('cookie-jar'))) return undefined;
  const jar = new CookieJar();
  const withSessions = !operations.some((settings) => settings.on('junk-session-cookies'));
  for (const name of files) {
    const bytes = process.readFile(name);
    if (!failed(bytes)) jar.read(bytesToText(bytes), withSessions);
  }
  return jar;
}

export const curl: Applet = {
  name: 'curl',
  memoryBytes: 5_000_000,
  run: (process) => applet(process, 'gnu', process.argv),
  applet,
};
