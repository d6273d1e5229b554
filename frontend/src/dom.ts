/** What several islands share: the polite voice of the page and the way to htmx. */

interface Htmx {
  ajax(verb: string, path: string, options: { target: string | Element; swap?: string }): Promise<void>;
  trigger(element: Element, event: string): void;
}

declare global {
  interface Window {
    htmx?: Htmx;
  }
}

const SHOWN_FOR_MS = 6000;

/** Say `text` once through the page's live region, and show it for a few seconds. */
export function announce(text: string): void {
  const region = document.getElementById("announce");
  const words = text.trim();
  if (!region || !words) return;
  const line = document.createElement("p");
  line.textContent = words;
  region.replaceChildren(line);
  window.setTimeout(() => {
    if (region.firstElementChild === line) region.replaceChildren();
  }, SHOWN_FOR_MS);
}

/** Say whatever a fragment carries in `[data-announce]`, and take it out of the page. */
export function speakOf(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-announce]")) {
    announce(element.textContent ?? "");
    element.remove();
  }
}

/** Replace `target` by what `path` answers; quietly nothing when offline or without htmx. */
export async function replace(path: string, target: Element): Promise<void> {
  try {
    await window.htmx?.ajax("GET", path, { target, swap: "outerHTML" });
  } catch {
    /* The next event or the next page brings it. */
  }
}

/** Whether somebody is typing in `element`. */
export function isTyping(element: EventTarget | null): boolean {
  return element instanceof HTMLElement && (element.isContentEditable || element.matches("input, textarea, select"));
}
