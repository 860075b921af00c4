/** What apt knows: the packages of the lists and those that are installed. */
import type { Process } from '../../../protocol/program.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { fileText } from '../../io.ts';
import { indexUrls, isFlat, listPath, readSources, sourceName } from './apt-sources.ts';
import { compareVersions, parseStanzas, stanzaText, type Stanza } from '../dpkg/deb-control.ts';
import { DpkgDatabase } from '../dpkg/dpkg-database.ts';

/** A version of a package that some source has. */
export interface Offer {
  readonly name: string;
  readonly version: string;
  readonly fields: Stanza;
  /** `http://archive.ubuntu.com/ubuntu noble/main amd64 Packages` */
  readonly origin: string;
  readonly suite: string;
  /** URL of the .deb. */
  readonly url: string;
}

const EXTENDED_STATES = '/var/lib/apt/extended_states';

export class AptArchive {
  readonly database: DpkgDatabase;
  readonly #offers = new Map<string, Offer[]>();
  readonly automatic: Set<string>;

  constructor(private readonly process: Process) {
    this.database = new DpkgDatabase(process);
    for (const source of readSources(process).sources) {
      for (const [component, url] of indexUrls(source)) {
        const where = component === '' ? sourceName(source) : `${sourceName(source)}/${component}`;
        for (const fields of parseStanzas(fileText(process, listPath(url)) ?? '')) {
          const name = fields['Package'] ?? '';
          const offers = this.#offers.get(name) ?? [];
          this.#offers.set(name, offers);
          offers.push({
            name,
            version: fields['Version'] ?? '',
            fields,
            origin: `${where}${isFlat(source.suite) ? '' : ' amd64'} Packages`,
            suite: isFlat(source.suite) ? 'unknown' : source.suite,
            url: `${source.uri}${fields['Filename'] ?? ''}`,
          });
        }
      }
    }
    this.automatic = new Set(
      parseStanzas(fileText(process, EXTENDED_STATES) ?? '')
        .filter((fields) => fields['Auto-Installed'] === '1')
        .map((fields) => fields['Package'] ?? ''),
    );
  }

  /** Versions of a package, the highest first. */
  offers(name: string): readonly Offer[] {
    return (this.#offers.get(name) ?? []).toSorted((a, b) => compareVersions(b.version, a.version));
  }
  candidate(name: string): Offer | undefined {
    return this.offers(name)[0];
  }
  /** Every name that is known, sorted. */
  names(): readonly string[] {
    return [...new Set([...this.#offers.keys(), ...this.database.packages.keys()])].toSorted();
  }
  isKnown(name: string): boolean {
    return this.#offers.has(name) || this.database.get(name) !== undefined;
  }

  setAutomatic(name: string, on: boolean): void {
    if (on) this.automatic.add(name);
    else this.automatic.delete(name);
  }
  saveStates(): void {
    const stanzas = [...this.automatic]
      .toSorted()
      .map((name) => stanzaText({ Package: name, Architecture: 'amd64', 'Auto-Installed': '1' }));
    this.process.writeFile(EXTENDED_STATES, encodeUtf8(stanzas.map((each) => `${each}\n`).join('')), { mode: 0o644 });
  }
}
