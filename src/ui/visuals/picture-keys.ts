/** Arrow keys, Home and End move the focus among the parts of a picture. */
export function moveInPicture(event: KeyboardEvent): void {
  const from = event.currentTarget;
  if (!(from instanceof Element)) return;
  const parts = [...(from.closest('svg')?.querySelectorAll<SVGElement>('[role=button]') ?? [])];
  const to = partAfter(
    event.key,
    parts.findIndex((part) => part === from),
    parts.length,
  );
  if (to === undefined) return;
  event.preventDefault();
  parts[to]?.focus();
}

function partAfter(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
