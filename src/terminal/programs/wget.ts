/** wget: GNU's 1.21 and busybox's, which print differently. Leaves out recursion and resuming. */
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { command } from '../coreutils/command.ts';
import type { Invocation } from '../coreutils/command.ts';
import { bodyBytes, readBody } from '../http-client.ts';
import { resolveErrorText } from '../resolver.ts';
import { strftime } from '../strftime.ts';
import { hostHeader, parseUrl, percentDecode, resolveUrl } from '../url.ts';
import type { Url } from '../url.ts';
import { reach } from './http-tool.ts';
import { headerName } from './curl.ts';
import { statusText } from './status-text.ts';

export const wget = command(
  {
    name: 'wget',
    short: 'qO:P:T:t:ScdvN',
    long: {
      quiet: 'q',
      'output-document': 'O',
      'directory-prefix': 'P',
      timeout: 'T',
      tries: 't',
      'server-response': 'S',
      continue: 'c',
      'no-check-certificate': 'k',
      header: 'header:',
      'post-data': 'post-data:',
      spider: 'spider',
      'no-verbose': 'nv',
      'show-progress': 'show-progress',
      method: 'method:',
      'body-data': 'post-data:',
      'user-agent': 'U:',
    },
    usage: '[OPTION]... [URL]...',
  },
  async (call) => {
    if (call.operands.length === 0) {
      await call.io.raw("wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n");
      return 1;
    }
    let status = 0;
    for (const text of call.operands) status = Math.max(status, await fetchOne(call, text, 0));
    return await call.io.end(status);
  },
);

async function fetchOne(call: Invocation, text: string, redirects: number): Promise<number> {
  const { process, io, options } = call;
  const busybox = call.flavour === 'busybox';
  const say = async (line: string): Promise<void> => {
    if (!options.has('q') && !options.has('nv')) await io.raw(line);
  };
  const url = parseUrl(text);
  if (url === undefined) {
    await io.warn(`bad address '${text}'`);
    return 1;
  }
  const timeout = Number(options.value('T') ?? (busybox ? '900' : '900'));
  if (!busybox)
    await say(
      `--${strftime('%Y-%m-%d %H:%M:%S', process.time().realtimeUs)}--  ${url.scheme}://${hostHeader(url)}${url.target}\n${/^[\d.]+$/.test(url.host) ? '' : `Resolving ${url.host} (${url.host})... `}`,
    );
  const reached = await reach(process, url, {
    timeoutUs: timeout * 1e6,
    ...(options.has('k') || busybox ? { authorities: 'insecure' as const } : {}),
  });
  if (reached.type === 'unresolved') {
    if (busybox) await io.warn(`bad address '${url.host}'`);
    else {
      await say(`failed: ${resolveErrorText(reached.reason)}.\n`);
      await io.warn(`unable to resolve host address '${url.host}'`);
    }
    return busybox ? 1 : 4;
  }
  if (reached.type === 'failed') {
    if (busybox) {
      await say(`Connecting to ${hostHeader(url)} (${reached.address}:${String(url.port)})\n`);
      await io.warn(
        reached.failure.errno === 'ETIMEDOUT' && options.has('T')
          ? 'download timed out'
          : `can't connect to remote host (${reached.address}): ${strerror(reached.failure)}`,
      );
      return 1;
    }
    await say(
      `Connecting to ${url.host} (${url.host})|${reached.address}|:${String(url.port)}... failed: ${strerror(reached.failure)}.\n`,
    );
    return 4;
  }
  await say(
    busybox
      ? `Connecting to ${hostHeader(url)} (${reached.address}:${String(url.port)})\n`
      : `${/^[\d.]+$/.test(url.host) ? '' : `${reached.address}\n`}Connecting to ${url.host} (${url.host})|${reached.address}|:${String(url.port)}... connected.\nHTTP request sent, awaiting response... `,
  );
  const data = options.value('post-data');
  const headers: Record<string, string> = {
    host: hostHeader(url),
    'user-agent': options.value('U') ?? (busybox ? 'Wget' : 'Wget/1.21.4'),
    accept: '*/*',
    connection: busybox ? 'close' : 'Keep-Alive',
  };
  if (data !== undefined)
    Object.assign(headers, {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(data.length),
    });
  for (const line of options.values('header'))
    headers[line.slice(0, line.indexOf(':')).toLowerCase()] = line.slice(line.indexOf(':') + 1).trim();
  const method =
    options.value('method') ?? (options.has('spider') && !busybox ? 'HEAD' : data === undefined ? 'GET' : 'POST');
  const sent = await reached.connection.request({
    method,
    target: url.target,
    headers,
    ...(data === undefined ? {} : { body: { bytes: encodeUtf8(data) } }),
  });
  const response = failed(sent) ? sent : await reached.connection.response();
  if (failed(response)) {
    reached.connection.close();
    await io.warn(busybox ? 'error getting response' : 'No data received.');
    return busybox ? 1 : 4;
  }
  const { status } = response.head;
  const reason = statusText(status);
  if (!busybox) await say(`${String(status)} ${reason}\n`);
  if (options.has('S'))
    await io.raw(
      `  HTTP/1.1 ${String(status)} ${reason}\n${Object.entries(response.head.headers)
        .map(([name, value]) => `  ${headerName(name)}: ${value}\n`)
        .join('')}`,
    );
  const location = response.head.headers['location'];
  if (location !== undefined && status >= 300 && status < 400 && redirects < 10) {
    reached.connection.close();
    if (!busybox) await say(`Location: ${location} [following]\n`);
    return await fetchOne(call, resolveUrl(url, location), redirects + 1);
  }
  if (status >= 400) {
    reached.connection.close();
    if (busybox) await io.warn(`server returned error: HTTP/1.1 ${String(status)} ${reason}`);
    else if (options.has('q')) return 8;
    else
      await io.raw(
        `${strftime('%Y-%m-%d %H:%M:%S', process.time().realtimeUs)} ERROR ${String(status)}: ${reason}.\n\n`,
      );
    return busybox ? 1 : 8;
  }
  const body = await readBody(response);
  reached.connection.close();
  if (failed(body)) {
    await io.warn(busybox ? 'connection closed prematurely' : 'Read error.');
    return 4;
  }
  return await save(call, url, bodyBytes(body), response.head.headers['content-type'] ?? 'text/html', say);
}

async function save(
  call: Invocation,
  url: Url,
  bytes: Uint8Array,
  type: string,
  say: (line: string) => Promise<void>,
): Promise<number> {
  const { process, io, options } = call;
  const busybox = call.flavour === 'busybox';
  if (options.has('spider')) {
    await say(busybox ? 'remote file exists\n' : 'Remote file exists.\n\n');
    return 0;
  }
  const base = percentDecode(url.target.replace(/\?.*$/, '').split('/').at(-1) ?? '') || 'index.html';
  const prefix = options.value('P');
  const target = options.value('O') ?? (prefix === undefined ? base : `${prefix}/${base}`);
  const name = target === '-' ? (busybox ? 'writing to stdout' : 'STDOUT') : target;
  const size = String(bytes.length);
  if (!busybox) await say(`Length: ${size} [${type.split(';')[0] ?? type}]\nSaving to: '${name}'\n\n`);
  else await say(target === '-' ? 'writing to stdout\n' : `saving to '${target}'\n`);
  if (target === '-') await io.bytes(bytes);
  else {
    const written = process.writeFile(target, bytes);
    if (failed(written)) {
      await io.warn(busybox ? `can't open '${target}': ${strerror(written)}` : `${target}: ${strerror(written)}`);
      return busybox ? 1 : 3;
    }
  }
  const label = busybox ? (target === '-' ? '-' : base) : name;
  if (busybox) {
    await say(`${label.padEnd(20)} 100% |${'*'.repeat(32)}| ${size.padStart(5)}  0:00:00 ETA\n`);
    await say(target === '-' ? 'written to stdout\n' : `'${target}' saved\n`);
  } else
    await say(
      `${label.padEnd(19)} 100%[===================>] ${size.padStart(7)}  --.-KB/s    in 0s      \n\n${strftime('%Y-%m-%d %H:%M:%S', process.time().realtimeUs)} (0.00 B/s) - ${target === '-' ? 'written to stdout' : `'${target}' saved`} [${size}/${size}]\n\n`,
    );
  return 0;
}
