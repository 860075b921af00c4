/**
 * Text broken into lines of at most `width` characters where a word ends. Spaces inside a line stay as they are, those at
 * a break go; a word longer than a line stands on one of its own.
 * Facts: go-wordwrap, which kubectl explain uses.
 */
export function wordWrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width));
}

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const [, space = '', word = ''] of paragraph.matchAll(/(\s*)(\S*)/g)) {
    const start = line.length + space.length;
    // At the very start of a line there is nothing to gain by breaking it.
    if (word !== '' && start + word.length > width && start > 1) {
      lines.push(line);
      line = word;
    } else if (word !== '' || start <= width) line += space + word;
  }
  lines.push(line);
  return lines;
}
