/** Keys: Ctrl-K goes, finds and does; ? shows the keys; Escape closes what is open. */
import { isTyping } from "./dom";

/** Listen for the keys of the frame. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open("find");
    } else if (event.key === "?" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      open("keys");
    } else if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open("find");
    }
  });
  const box = document.querySelector<HTMLInputElement>("#find input[type=search]");
  box?.addEventListener("input", () => narrow(box.value));
  document.getElementById("find")?.addEventListener("keydown", walk);
}

/** Open one of the frame's dialogs; its first field gets the focus. */
function open(id: string): void {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  dialog.showModal();
  dialog.querySelector<HTMLInputElement>("input[type=search]")?.select();
}

/** Leave only the places whose name holds every typed word; accents do not matter. */
function narrow(typed: string): void {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  for (const item of document.querySelectorAll<HTMLElement>("#find [data-place]")) {
    const name = plain(item.textContent ?? "");
    item.hidden = !words.every((word) => name.includes(word));
  }
}

function plain(text: string): string {
  return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
}

/** Arrow keys move between the search field and the links below it; Escape closes at once, not only empties. */
function walk(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    event.preventDefault();
    (event.currentTarget as HTMLDialogElement).close();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...document.querySelectorAll<HTMLElement>("#find input[type=search], #find a")].filter(
    (stop) => stop.getClientRects().length > 0,
  );
  const here = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
