/** Splits a stream into documents as Kubernetes' YAMLReader does, by lines that begin with `---`. */

export type YamlChunk =
  | { readonly ok: true; readonly text: string; readonly firstLine: number }
  | { readonly ok: false; readonly message: string };

/**
 * Chunks in order; an impossible separator ends the list with its error.
 * `firstLine` is the line of the stream (from 0) at which the chunk starts.
 */
export function splitYamlDocuments(text: string): YamlChunk[] {
  const chunks: YamlChunk[] = [];
  let from = 0;
  let firstLine = 0;
  let offset = 0;
  let line = 0;
  while (offset < text.length) {
    const end = text.indexOf('\n', offset);
    const next = end < 0 ? text.length : end + 1;
    if (text.startsWith('---', offset)) {
      const rest = text.slice(offset + 3, next).trim();
      if (rest !== '' && !rest.startsWith('#')) {
        chunks.push({ ok: false, message: `invalid Yaml document separator: ${rest}` });
        return chunks;
      }
      if (offset > from) {
        chunks.push({ ok: true, text: text.slice(from, offset), firstLine });
        from = next;
        firstLine = line + 1;
      }
    }
    offset = next;
    line += 1;
  }
  if (from < text.length) chunks.push({ ok: true, text: text.slice(from), firstLine });
  return chunks;
}
