import type { HereDoc, Redirection, Word } from 'unbash';

/** Descriptors that stand for themselves before an operator. */
const SILENT: Readonly<Record<string, number>> = { '<': 0, '<<<': 0, '>': 1, '>>': 1, '>|': 1, '<>': 1 };

/** A redirection as `declare -f` writes it; copies of descriptors name both. */
export function redirectionText(redirect: Exclude<Redirection, HereDoc>, word: (word: Word) => string): string {
  const { operator } = redirect;
  const target = redirect.target === undefined ? '' : word(redirect.target);
  if (operator === '&>' || operator === '&>>') return `${operator} ${target}`;
  const fallback = operator.startsWith('<') ? 0 : 1;
  const fd = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : fallback;
  const named = redirect.descriptor?.type === 'FileDescriptorVariable' ? `{${redirect.descriptor.name}}` : undefined;
  if (operator === '<&' || operator === '>&') {
    if (target === '-') return `${named ?? String(fd)}>&-`;
    const plain = /^\d+-?$/.test(target);
    return `${named ?? (!plain && fd === fallback ? '' : String(fd))}${operator}${target}`;
  }
  return `${named ?? (SILENT[operator] === fd ? '' : String(fd))}${operator} ${target}`;
}

export function hereDocumentHead({ operator, delimiter, descriptor }: HereDoc): string {
  const fd =
    descriptor?.type === 'FileDescriptorVariable'
      ? `{${descriptor.name}}`
      : descriptor === undefined || descriptor.value === 0
        ? ''
        : String(descriptor.value);
  const value = delimiter?.value ?? '';
  return `${fd}${operator}${delimiter?.quoted === true ? `'${value}'` : value}`;
}

/** The lines of a here-document with the one that ends it. */
export function documentText({ operator, delimiter, body }: HereDoc): string {
  const text = operator === '<<-' ? body.text.replace(/^\t+/gm, '') : body.text;
  return text + (delimiter?.value ?? '');
}
