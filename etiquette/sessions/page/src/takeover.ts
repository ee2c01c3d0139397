// Puts the live view where its first sight stood, without a jump: same place, same focus, and a kept click is done.

export function takeOver(slot: HTMLElement, live: HTMLElement): void {
  const sight = slot.querySelector<HTMLElement>("[data-first-sight]");
  const before = within(sight);
  const clicked = before.indexOf((window as any).keptClick?.());
  const focused = before.indexOf(document.activeElement as HTMLElement);

  sight?.remove();
  live.hidden = !live.hasChildNodes();

  const after = within(live);
  const same = (number: number) => {
    const told = before[number]?.textContent;
    return after[number]?.textContent === told ? after[number] : after.find((each) => each.textContent === told);
  };
  if (focused >= 0) same(focused)?.focus({ preventScroll: true });
  if (clicked >= 0) same(clicked)?.click();
}

// What the keyboard can be at.
function within(part: HTMLElement | null): HTMLElement[] {
  return [...(part?.querySelectorAll<HTMLElement>("a[href], button, summary") ?? [])];
}
