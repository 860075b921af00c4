/** Arrow keys, Home and End move between tabs of one list, Delete closes, as in any tab list. */
export function moveInTabs(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const list = event.currentTarget.closest('[role=tablist]');
  if (list === null) return;
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.indexOf(event.currentTarget);
  if (event.key === 'Delete') {
    const next = event.currentTarget.nextElementSibling;
    if (next instanceof HTMLElement) next.click();
    tabs[at === 0 ? 1 : at - 1]?.focus();
    return;
  }
  const target = targetOf(event.key, at, tabs.length);
  if (target === undefined) return;
  event.preventDefault();
  tabs[target]?.focus();
  tabs[target]?.click();
}

function targetOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
