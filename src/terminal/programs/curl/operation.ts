/** The transfers of one operation, one after the other: each URL with its globs and retries (src/tool_operate.c). */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import { bytesToText } from '../../text.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { baseName, readOperand } from '../../io.ts';
import type { Url } from '../../url.ts';
import { queryPiece } from './data.ts';
import { type TransferFacts, newFacts, writeOutValues } from './facts.ts';
import { fileTransfer } from './file-url.ts';
import { formBody, hasForm } from './form.ts';
import { headerValues } from './head.ts';
import type { Body } from './request.ts';
import type { Session, TransferFailure } from './session.ts';
import type { Settings } from './settings.ts';
import { FORM_TYPE, Transfer, type TransferPlace } from './transfer.ts';
import { expandUrl } from './url-glob.ts';
import { pinnedAddresses } from './target.ts';
import { readUrl } from './url-problem.ts';
import { warningText } from './warning.ts';
import { fillIn } from './write-out.ts';

/** Answers that may be others a little later. */
const TRANSIENT = [408, 429, 500, 502, 503, 504];

/** How many transfers the call has begun, over all its operations. */
export interface TransferCount {
  begun: number;
}

export async function runOperation(session: Session, settings: Settings, count: TransferCount): Promise<number> {
  const { io } = session;
  let status = 0;
  for (const [urlIndex, text] of settings.urls.entries()) {
    const urls = settings.on('globoff') ? [{ text, parts: [] }] : expandUrl(text);
    if ('message' in urls) {
      await io.raw(
        `curl: (3) ${urls.message} in URL position ${String(urls.position)}:\n${text}\n${'^'.padStart(urls.position)}\n`,
      );
      return 3;
    }
    for (const url of urls) {
      status = await withRetries(session, settings, { url, urlIndex, transferIndex: count.begun });
      count.begun += 1;
      if (status !== 0 && settings.on('fail-early')) return status;
    }
  }
  return status;
}

async function withRetries(session: Session, settings: Settings, place: TransferPlace): Promise<number> {
  const { io, process } = session;
  let pause = Number(settings.value('retry-delay') ?? '0');
  const grows = pause === 0;
  if (grows) pause = 1;
  for (let left = Number(settings.value('retry') ?? '0'); ; left -= 1) {
    const { facts, failure } = await transferOnce(session, settings, place);
    const status = failure?.code ?? 0;
    const why = left > 0 ? retryReason(settings, facts, status) : undefined;
    if (why === undefined) return status;
    if (!settings.on('silent')) {
      const tries = `${String(left)} retries left.`;
      await io.raw(warningText(`Problem : ${why}. Will retry in ${String(pause)} seconds. ${tries}`));
    }
    await process.sleep(pause * 1e6);
    if (grows) pause = Math.min(pause * 2, 600);
  }
}

function retryReason(settings: Settings, facts: TransferFacts, status: number): string | undefined {
  if (status === 28 || status === 6) return 'timeout';
  if (status === 7 && settings.on('retry-connrefused')) return 'connection refused';
  if ((status === 0 || status === 22) && TRANSIENT.includes(facts.head?.status ?? 0)) return 'HTTP error';
  return status !== 0 && settings.on('retry-all-errors') ? '(retrying all errors)' : undefined;
}

interface Ended {
  readonly facts: TransferFacts;
  readonly failure: TransferFailure | undefined;
}

async function transferOnce(session: Session, settings: Settings, place: TransferPlace): Promise<Ended> {
  const begun = await begin(session, settings, place);
  const facts =
    'facts' in begun
      ? begun.facts
      : newFacts(place.url.text, place.urlIndex, place.transferIndex, session.process.time().monotonicUs);
  const failure = 'run' in begun ? await begun.run() : begun;
  facts.code = failure?.code ?? 0;
  facts.message = failure?.message ?? '';
  if (failure !== undefined && failure.message !== '' && (!settings.on('silent') || settings.on('show-error')))
    await session.io.raw(`curl: (${String(failure.code)}) ${failure.message}\n`);
  await writeOut(session, settings, facts);
  return { facts, failure };
}

async function begin(
  session: Session,
  settings: Settings,
  place: TransferPlace,
): Promise<
  Transfer | { readonly facts: TransferFacts; run(): Promise<TransferFailure | undefined> } | TransferFailure
> {
  if (/^file:\/\//i.test(place.url.text)) return fileTransfer(session, settings, place);
  const read = readUrl(place.url.text, settings);
  if ('code' in read) return read;
  if ('unmodelled' in read) return { code: await notSimulated(session.io, `curl ${read.unmodelled}://`), message: '' };
  const url = await withQuery(session, settings, read.url);
  const pinned = pinnedAddresses(settings);
  if ('code' in pinned) return pinned;
  const body = await bodyOf(session, settings);
  if (body !== undefined && 'code' in body) return body;
  const upload = settings.value('upload-file');
  const named =
    upload !== undefined && url.target.endsWith('/') ? { ...url, target: url.target + baseName(upload) } : url;
  return new Transfer(session, settings, place, named, body);
}

/** -G and --url-query put their pieces behind the URL's own query. */
async function withQuery({ process }: Session, settings: Settings, url: Url): Promise<Url> {
  const pieces: string[] = [];
  for (const value of settings.values('url-query')) {
    const piece = await queryPiece(process, value);
    if (!failed(piece)) pieces.push(bytesToText(piece));
  }
  if (settings.on('get') && settings.data !== undefined) pieces.push(bytesToText(settings.data));
  if (pieces.length === 0) return url;
  return { ...url, target: `${url.target}${url.target.includes('?') ? '&' : '?'}${pieces.join('&')}` };
}

async function bodyOf({ process, io }: Session, settings: Settings): Promise<Body | TransferFailure | undefined> {
  const upload = settings.value('upload-file');
  if (upload !== undefined) {
    const bytes = await readOperand(process, upload);
    if (!failed(bytes)) return { bytes };
    await io.raw(`curl: Can't open '${upload}'\ncurl: try 'curl --help' or 'curl --manual' for more information\n`);
    return { code: 26, message: 'Failed to open/read local data from file/application' };
  }
  if (hasForm(settings)) {
    const form = await formBody(process, settings);
    return failed(form) ? { code: 26, message: 'Failed to open/read local data from file/application' } : form;
  }
  if (settings.data === undefined || settings.on('get')) return undefined;
  return settings.has('json') ? { bytes: settings.data } : { bytes: settings.data, contentType: FORM_TYPE };
}

async function writeOut({ process, io }: Session, settings: Settings, facts: TransferFacts): Promise<void> {
  const given = settings.value('write-out');
  if (given === undefined) return;
  const file = given.startsWith('@') ? await readOperand(process, given.slice(1)) : undefined;
  const format = file === undefined || failed(file) ? given : bytesToText(file);
  const { head } = facts;
  const { pieces, unknown } = fillIn(format, {
    values: writeOutValues(facts, process.time().monotonicUs),
    header: (name) => (head === undefined ? '' : (headerValues(head, name.toLowerCase())[0] ?? '')),
    hasFailed: facts.code !== 0,
  });
  const files = new Set<string>();
  for (const { to, text } of pieces) {
    if (to === 'stdout') io.out(text);
    else if (to === 'stderr') await io.raw(text);
    else {
      process.writeFile(to.file, encodeUtf8(text), { append: to.append || files.has(to.file) });
      files.add(to.file);
    }
  }
  await io.flush();
  for (const name of unknown) await io.raw(`curl: unknown --write-out variable: '${name}'\n`);
}
