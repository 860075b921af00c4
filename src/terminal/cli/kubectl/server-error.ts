/**
 * Texts of the API server's refusals, formatted once at the edge.
 * Facts: kubectl pkg/cmd/util helpers.go (checkErr, StandardErrorMessage, MultipleErrors).
 */
import type { FailureStatus } from '../../../engine/kubernetes/apimachinery/status.ts';
import { Fatal } from './fatal.ts';

/** A refusal as kubectl prints it, without a final newline. */
export function serverErrorText(
  status: FailureStatus,
  source?: { readonly verb: string; readonly file: string },
): string {
  const { reason, details } = status;
  const when = source === undefined ? '' : `error when ${source.verb} ${JSON.stringify(source.file)}: `;
  if (reason === 'Unreachable') return status.message;
  if (reason === 'Unauthorized') return 'error: You must be logged in to the server (Unauthorized)';
  if (reason === 'Invalid') {
    if (details === undefined)
      return `The request is invalid${status.message === '' ? '' : `: ${when}${status.message}`}`;
    const causes = [...new Set((details.causes ?? []).map(({ field, message }) => `${field ?? ''}: ${message ?? ''}`))];
    let text = 'The request is invalid';
    if ((details.kind ?? '') !== '' || (details.name ?? '') !== '')
      text = `The ${details.kind ?? ''} ${JSON.stringify(details.name ?? '')} is invalid`;
    else if (causes.length === 0 && status.message !== '') text += `: ${when}${status.message}`;
    if (causes.length === 0) return text;
    return causes.length === 1
      ? `${text}: ${causes[0] ?? ''}`
      : `${text}: \n${causes.map((cause) => `* ${cause}`).join('\n')}`;
  }
  return plainErrorText(status, source);
}

function plainErrorText(status: FailureStatus, source?: { readonly verb: string; readonly file: string }): string {
  const when = source === undefined ? '' : `error when ${source.verb} ${JSON.stringify(source.file)}: `;
  // The status of a server that gives no reason has the empty one.
  const named = status.reason === ('' as string) ? '' : ` (${status.reason})`;
  return `Error from server${named}: ${when}${status.message}`;
}

/** Ends the command with a refusal. */
export function refuse(status: FailureStatus, source?: { readonly verb: string; readonly file: string }): never {
  const text = serverErrorText(status, source);
  // Among several faults an invalid object is told in one line like the others.
  if (status.reason === 'Invalid') throw new Fatal(text, 1, plainErrorText(status, source));
  throw new Fatal(text);
}
