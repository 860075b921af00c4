/** `apt-get update`: the release and the indexes of every source. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText, type Io } from '../../io.ts';
import {
  hasKey,
  indexUrls,
  isFlat,
  listPath,
  readSources,
  releaseUrl,
  sourceName,
  type Source,
} from './apt-sources.ts';
import { announce, fetchedText, READING, sizeText } from './apt-text.ts';
import { parseStanzas } from '../dpkg/deb-control.ts';
import { failureText, fetchFile, type Fetched } from '../fetch-file.ts';

/** Tries again before it gives up, after so many seconds each. */
const RETRY_US = [1_000_000, 2_000_000, 4_000_000];

interface Failure {
  readonly url: string;
  readonly text: string;
  /** The archive is not there or not signed: apt refuses to go on with it. */
  readonly isFatal: boolean;
}

export class AptUpdate {
  #number = 0;
  #bytes = 0;
  readonly #failures: Failure[] = [];
  readonly #warnings: string[] = [];

  constructor(
    private readonly process: Process,
    private readonly io: Io,
    private readonly quiet: number,
  ) {}

  /** Exit status. */
  async run(): Promise<number> {
    const { process, io, quiet } = this;
    const { sources, problems } = readSources(process);
    if (problems.length > 0) {
      for (const problem of problems) await io.raw(`E: ${problem}\n`);
      await io.raw('E: The list of sources could not be read.\n');
      return 100;
    }
    const started = process.time().monotonicUs;
    for (const source of sources) await this.#update(source);
    if (this.#bytes > 0 && quiet < 2) io.line(fetchedText(this.#bytes, process.time().monotonicUs - started));
    announce(process, io, READING, quiet);
    return await this.#conclude();
  }

  #say(text: string): void {
    if (this.quiet < 2) this.io.line(text);
  }

  async #update(source: Source): Promise<void> {
    const { process } = this;
    const url = releaseUrl(source);
    this.#number += 1;
    const number = this.#number;
    const title = `${sourceName(source)}${isFlat(source.suite) ? ' ' : ' '}InRelease`;
    const fetched = await this.#fetch(url, number, title);
    await this.io.flush();
    if (fetched.type !== 'file') {
      this.#fail(source, fetched, number, title, url);
      return;
    }
    if (!this.#isSigned(source, fetched.text, title)) return;
    const same = fileText(process, listPath(url)) === fetched.text;
    const missing = indexUrls(source).some(([, index]) => fileText(process, listPath(index)) === undefined);
    this.#say(
      same && !missing
        ? `Hit:${String(number)} ${title}`
        : `Get:${String(number)} ${title} [${sizeText(fetched.bytes.length)}]`,
    );
    if (same && !missing) return;
    this.#bytes += fetched.bytes.length;
    process.writeFile(listPath(url), encodeUtf8(fetched.text), { mode: 0o644 });
    for (const [component, index] of indexUrls(source)) await this.#index(source, component, index, fetched.text);
  }

  /** Names that cannot be resolved are tried several times. */
  async #fetch(url: string, number: number, title: string): Promise<Fetched> {
    for (const delay of RETRY_US) {
      const fetched = await fetchFile(this.process, url);
      if (fetched.type !== 'unresolved' && fetched.type !== 'unreachable') return fetched;
      this.#say(`Ign:${String(number)} ${title}`);
      await this.io.flush();
      await this.process.sleep(delay);
    }
    return await fetchFile(this.process, url);
  }

  #fail(source: Source, fetched: Exclude<Fetched, { type: 'file' }>, number: number, title: string, url: string): void {
    const text = failureText(fetched);
    if (fetched.type !== 'refused') {
      this.#say(`Err:${String(number)} ${title}\n  ${text}`);
      this.#failures.push({ url, text, isFatal: false });
      return;
    }
    this.#say(`Ign:${String(number)} ${title}`);
    this.#number += 1;
    this.#say(`Err:${String(this.#number)} ${sourceName(source)} Release\n  ${text}`);
    this.#failures.push({
      url,
      text: `The repository '${sourceName(source)} Release' does not have a Release file.`,
      isFatal: true,
    });
  }

  #isSigned(source: Source, release: string, title: string): boolean {
    const key = parseStanzas(release)[0]?.['Signed-By'] ?? '';
    if (source.trusted || hasKey(this.process, source, key)) return true;
    const number = String(this.#number);
    const text = `The following signatures couldn't be verified because the public key is not available: NO_PUBKEY ${key}`;
    this.#say(`Err:${number} ${title}\n  ${text}`);
    this.#warnings.push(`GPG error: ${title}: ${text}`);
    this.#failures.push({ url: '', text: `The repository '${title}' is not signed.`, isFatal: true });
    return false;
  }

  async #index(source: Source, component: string, url: string, release: string): Promise<void> {
    const { process } = this;
    const components = (parseStanzas(release)[0]?.['Components'] ?? '').split(' ');
    if (component !== '' && !components.includes(component)) {
      this.#warnings.push(
        `Skipping acquire of configured file '${component}/binary-amd64/Packages' as repository '${sourceName(source)} InRelease' doesn't have the component '${component}' (component misspelt in sources.list?)`,
      );
      return;
    }
    const fetched = await fetchFile(process, url);
    if (fetched.type !== 'file') {
      this.#failures.push({ url, text: failureText(fetched), isFatal: false });
      return;
    }
    process.writeFile(listPath(url), fetched.bytes, { mode: 0o644 });
    // An empty index is not asked for: the release says so.
    if (fetched.bytes.length === 0) return;
    this.#number += 1;
    this.#bytes += fetched.bytes.length;
    const where = component === '' ? sourceName(source) : `${sourceName(source)}/${component} amd64`;
    this.#say(`Get:${String(this.#number)} ${where} Packages [${sizeText(fetched.bytes.length)}]`);
    await this.io.flush();
  }

  async #conclude(): Promise<number> {
    for (const warning of this.#warnings) await this.io.raw(`W: ${warning}\n`);
    const soft = this.#failures.filter(({ isFatal }) => !isFatal);
    for (const { url, text } of soft) await this.io.raw(`W: Failed to fetch ${url}  ${text}\n`);
    if (soft.length > 0)
      await this.io.raw('W: Some index files failed to download. They have been ignored, or old ones used instead.\n');
    const hard = this.#failures.filter(({ isFatal }) => isFatal);
    for (const { text } of hard) {
      await this.io.raw(`E: ${text}\n`);
      await this.io.raw(
        "N: Updating from such a repository can't be done securely, and is therefore disabled by default.\nN: See apt-secure(8) manpage for repository creation and user configuration details.\n",
      );
    }
    return hard.length > 0 ? 100 : 0;
  }
}
