/** What dig writes of a question and of its answer. */
import type { Process } from '../../../protocol/program.ts';
import type { DnsMessage, DnsRecord } from '../../dns-message.ts';
import type { Io } from '../../io.ts';
import { strftime } from '../../strftime.ts';
import type { Lookup } from './dig-options.ts';
import type { Sent } from './dig-question.ts';
import { ednsLines, headerLines, questionLine, recordLine, type Columns } from './record-text.ts';

interface Answer {
  readonly bytes: Uint8Array;
  readonly tookUs: number;
  readonly sent: Sent;
  readonly server: string;
  readonly tcp: boolean;
  readonly port: number;
  /** -u */
  readonly microseconds: boolean;
  readonly banner: string;
}

export function reportQuestion(io: Io, lookup: Lookup, sent: Sent, banner: string): void {
  const message = sent.message(sent.bytes);
  if (message === undefined) return;
  if (lookup.on.has('cmd')) io.out(banner);
  if (lookup.on.has('comments')) io.line(';; Sending:');
  messageLines(io, lookup, message, undefined);
  if (lookup.on.has('comments')) io.out(`;; QUERY SIZE: ${String(sent.bytes.length)}\n\n`);
}

export function reportAnswer(process: Process, io: Io, lookup: Lookup, answer: Answer): void {
  const { on } = lookup;
  const message = answer.sent.message(answer.bytes);
  if (message === undefined) return;
  const { server, port, tcp, tookUs, microseconds } = answer;
  const took = microseconds ? `${String(Math.round(tookUs))} us` : `${String(Math.round(tookUs / 1_000))} ms`;
  if (on.has('short')) {
    const tail = on.has('identify') ? ` from server ${server} in ${took}.` : '';
    for (const { data } of message.answers) io.line(`${data}${tail}`);
    return;
  }
  if (on.has('cmd')) io.out(answer.banner);
  if (on.has('comments')) {
    io.line(';; Got answer:');
    for (const line of localWarning(lookup.name)) io.line(line);
  }
  messageLines(io, lookup, message, answer.sent.cookie);
  const size = String(answer.bytes.length);
  const where = `${server}#${String(port)}(${server})`;
  if (on.has('stats'))
    io.out(
      `;; Query time: ${microseconds ? `${String(Math.round(tookUs))} usec` : `${String(Math.round(tookUs / 1_000))} msec`}\n;; SERVER: ${where} (${tcp ? 'TCP' : 'UDP'})\n;; WHEN: ${strftime('%a %b %d %H:%M:%S %Z %Y', process.time().realtimeUs)}\n;; MSG SIZE  rcvd: ${size}\n\n`,
    );
  else if (on.has('identify')) io.out(`;; Received ${size} bytes from ${where} in ${took}\n\n`);
}

function messageLines(io: Io, lookup: Lookup, message: DnsMessage, cookie: Uint8Array | undefined): void {
  const { on, name, type } = lookup;
  const comments = on.has('comments');
  const columns: Columns = {
    ttl: on.has('ttlid'),
    class: on.has('class'),
    units: on.has('ttlunits'),
    multiline: on.has('multiline'),
  };
  if (comments) {
    io.out(`${headerLines(message).join('\n')}\n\n`);
    if (message.edns !== undefined) io.out(`${ednsLines(message.edns, cookie).join('\n')}\n`);
  }
  const section = (title: string, lines: readonly string[]): void => {
    if (lines.length === 0) return;
    if (comments) io.line(`;; ${title} SECTION:`);
    for (const line of lines) io.line(line);
    if (comments) io.line('');
  };
  const { answers, authority, additional } = message;
  const lines = (records: readonly DnsRecord[]): readonly string[] =>
    records.map((record) => recordLine(record, columns));
  if (on.has('question')) section('QUESTION', [questionLine(name, type, columns)]);
  if (on.has('answer')) section('ANSWER', lines(answers));
  if (on.has('authority')) section('AUTHORITY', lines(authority));
  if (on.has('additional')) section('ADDITIONAL', lines(additional));
}

/** BIND warns of names that multicast DNS owns; clusters use them all the same. */
const localWarning = (name: string): readonly string[] =>
  /\.local\.?$/i.test(name)
    ? [
        ';; WARNING: .local is reserved for Multicast DNS',
        ';; You are currently testing what happens when an mDNS query is leaked to DNS',
      ]
    : [];
