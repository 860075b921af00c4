/** openssl's configuration files as far as requests and extensions use them (config(5)). */
import type { PublicKey } from '../../formats/keys/ssh-public.ts';
import type { CertificateExtension } from './certificate.ts';
import { makeExtension } from './extensions.ts';

/** Pairs of each section; those before the first header are in `default`. */
export type Configuration = ReadonlyMap<string, readonly (readonly [name: string, value: string])[]>;

export function parseConfiguration(text: string): Configuration {
  const sections = new Map<string, (readonly [string, string])[]>([['default', []]]);
  let current = 'default';
  for (const line of text.replace(/\\\n/g, '').split('\n')) {
    const clean = line.replace(/#.*$/, '').trim();
    const header = /^\[\s*(.*?)\s*\]$/.exec(clean)?.[1];
    if (header !== undefined) {
      current = header;
      if (!sections.has(current)) sections.set(current, []);
      continue;
    }
    const at = clean.indexOf('=');
    if (at > 0) sections.get(current)?.push([clean.slice(0, at).trim(), clean.slice(at + 1).trim()]);
  }
  return sections;
}

export const settingOf = (configuration: Configuration, section: string, name: string): string | undefined =>
  configuration.get(section)?.findLast(([each]) => each === name)?.[1];

/** The extensions of a section; a text is what was wrong. */
export function extensionsFrom(
  configuration: Configuration,
  section: string,
  own: PublicKey,
  issuer: PublicKey,
): readonly CertificateExtension[] | string {
  const pairs = configuration.get(section);
  if (pairs === undefined) return `no section [${section}]`;
  const made: CertificateExtension[] = [];
  for (const [name, value] of pairs) {
    const extension = makeExtension(name, value, {
      own,
      issuer,
      section: (each) => configuration.get(each) ?? [],
    });
    if (typeof extension === 'string') return `Error adding extension ${name}: ${extension}`;
    made.push(extension);
  }
  return made;
}
