/** Arrow keys move the focus from one part of a picture to the next. */
export function moveInPicture(event: KeyboardEvent): void {
  const from = event.currentTarget;
  if (!(from instanceof Element)) return;
  const step =
    event.key === 'ArrowRight' || event.key === 'ArrowDown'
      ? 1
      : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
        ? -1
        : 0;
  if (step === 0) return;
  event.preventDefault();
  const parts = [...(from.closest('svg')?.querySelectorAll<SVGElement>('[role=button]') ?? [])];
  const at = parts.findIndex((part) => part === from);
  parts[(at + step + parts.length) % parts.length]?.focus();
}
