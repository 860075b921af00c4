/** Control data of Debian packages: stanzas of fields (deb-control(5)), versions and their order (deb-version(7)). */
export type Stanza = Readonly<Record<string, string>>;

/** Stanzas parted by blank lines; continued lines keep their line breaks. */
export function parseStanzas(text: string): readonly Stanza[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => {
      const fields: Record<string, string> = {};
      let last = '';
      for (const line of part.split('\n')) {
        if (line.startsWith('#')) continue;
        if (/^[ \t]/.test(line) && last !== '') fields[last] = `${fields[last] ?? ''}\n${line}`;
        const match = /^([A-Za-z][\w-]*):\s*(.*)$/.exec(line);
        if (match !== null) {
          last = match[1] ?? '';
          fields[last] = match[2] ?? '';
        }
      }
      return fields;
    })
    .filter((fields) => Object.keys(fields).length > 0);
}

export const stanzaText = (stanza: Stanza): string =>
  Object.entries(stanza)
    .map(([field, value]) => `${field}: ${value}\n`)
    .join('');

/** `a | b (>= 1), c`: alternatives of each. */
export const dependencies = (field: string | undefined): readonly (readonly string[])[] =>
  (field ?? '')
    .split(',')
    .map((each) => each.split('|').map((name) => name.replace(/\(.*\)|:any/g, '').trim()))
    .filter(([name]) => name !== undefined && name !== '');

/** Less than, equal to or greater than 0, as dpkg orders versions. */
export function compareVersions(left: string, right: string): number {
  const [leftEpoch, leftUpstream, leftRevision] = parts(left);
  const [rightEpoch, rightUpstream, rightRevision] = parts(right);
  if (leftEpoch !== rightEpoch) return leftEpoch - rightEpoch;
  const upstream = comparePart(leftUpstream, rightUpstream);
  return upstream === 0 ? comparePart(leftRevision, rightRevision) : upstream;
}

function parts(version: string): readonly [epoch: number, upstream: string, revision: string] {
  const [, epoch = '0', rest = version] = /^(\d+):(.*)$/.exec(version) ?? [];
  const dash = rest.lastIndexOf('-');
  return dash < 0 ? [Number(epoch), rest, '0'] : [Number(epoch), rest.slice(0, dash), rest.slice(dash + 1)];
}

/** Tildes come before the end, the end before letters, letters before the rest. */
const weight = (letter: string): number =>
  letter === '~' ? -1 : letter === '' ? 0 : /[A-Za-z]/.test(letter) ? letter.charCodeAt(0) : letter.charCodeAt(0) + 256;

function comparePart(left: string, right: string): number {
  let [a, b] = [left, right];
  while (a !== '' || b !== '') {
    const [aText = '', bText = ''] = [/^\D*/.exec(a)?.[0], /^\D*/.exec(b)?.[0]];
    for (let at = 0; at < Math.max(aText.length, bText.length); at += 1) {
      const order = weight(aText.charAt(at)) - weight(bText.charAt(at));
      if (order !== 0) return order;
    }
    a = a.slice(aText.length);
    b = b.slice(bText.length);
    const [aDigits = '', bDigits = ''] = [/^\d*/.exec(a)?.[0], /^\d*/.exec(b)?.[0]];
    const order = Number(aDigits) - Number(bDigits);
    if (order !== 0) return order;
    a = a.slice(aDigits.length);
    b = b.slice(bDigits.length);
  }
  return 0;
}
