/** Commands that a hint is given for when they were typed with Hangul left on. */
const COMMANDS = new Set(
  'kubectl k docker docker-compose kubeadm ls cd cat echo pwd clear exit curl ping ps top vi vim nano ssh grep sed awk mkdir rm cp mv touch chmod ip ss systemctl journalctl crictl helm history man which env export sudo'.split(
    ' ',
  ),
);
const HANGUL = /[\u3131-\u318e\uac00-\ud7a3]/;

/** The line as it was meant, if its first word is a command typed with Hangul left on. */
export async function meantInLatin(line: string): Promise<string | undefined> {
  const trimmed = line.trim();
  const first = trimmed.split(/\s+/, 1)[0] ?? '';
  if (!HANGUL.test(first)) return undefined;
  const { convertHangulToQwerty } = await import('es-hangul');
  const meant = trimmed
    .split(/(\s+)/)
    .map((word) => (HANGUL.test(word) ? convertHangulToQwerty(word) : word))
    .join('');
  return COMMANDS.has(meant.split(/\s+/, 1)[0] ?? '') ? meant : undefined;
}

/** Follows what is typed on a line, roughly: enough to look at its first word when Enter comes. */
export class TypedLine {
  #text = '';

  /** Takes typed data; answers the line that it completes, if it completes one. */
  take(data: string): string | undefined {
    let completed: string | undefined;
    for (const character of data.startsWith('\u001b') ? [] : data) {
      if (character === '\r') {
        completed = this.#text;
        this.#text = '';
      } else if (character === '\u007f' || character === '\b') this.#text = this.#text.slice(0, -1);
      else if (character === '\u0003' || character === '\u0015') this.#text = '';
      else if (character >= ' ') this.#text += character;
    }
    return completed;
  }
}
