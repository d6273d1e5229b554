/** Small kindnesses: menus that close, dialogs in older browsers, questions before harm, focus that is never lost. */
import { speakOf } from "./dom";

/** Start all of them. */
export function startEnhancing(): void {
  closeMenus();
  openDialogs();
  askBefore();
  keepFocus();
  keepTitle();
  countCharacters();
  showOffline();
  document.querySelector<HTMLElement>("[data-focus-first]")?.focus();
}

/** A menu closes on a click elsewhere and on Escape, which gives the focus back to its button. */
function closeMenus(): void {
  const menus = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll("details.k-menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary")?.focus();
    }
  });
}

/** `command`/`commandfor` for browsers that do not know them yet, and a click on the backdrop closes. */
function openDialogs(): void {
  const known = "commandForElement" in HTMLButtonElement.prototype;
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target instanceof HTMLDialogElement && target.matches("dialog.k-dialog")) target.close();
    const button = target.closest<HTMLButtonElement>("button[commandfor]");
    if (known || !button) return;
    const dialog = document.getElementById(button.getAttribute("commandfor") ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    if (button.getAttribute("command") === "show-modal") dialog.showModal();
    else dialog.close();
  });
}

/** A form or button with `data-confirm` asks first, in the page's own dialog. */
function askBefore(): void {
  const sure = new WeakSet<Element>();
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      const submitter = (event as SubmitEvent).submitter;
      const asker = [submitter, form].find((element) => element?.hasAttribute("data-confirm"));
      const dialog = document.getElementById("confirm");
      if (!asker || !(dialog instanceof HTMLDialogElement) || sure.delete(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const words = dialog.querySelector("[data-question]");
      if (words) words.textContent = asker.getAttribute("data-confirm");
      dialog.returnValue = "";
      dialog.addEventListener(
        "close",
        () => {
          if (dialog.returnValue !== "yes") return;
          sure.add(form);
          form.requestSubmit(submitter);
        },
        { once: true },
      );
      dialog.showModal();
    },
    { capture: true },
  );
}

/** A part that is fetched into a page never renames the page. */
function keepTitle(): void {
  document.addEventListener("htmx:before:swap", (event) => {
    const context = (event as CustomEvent<{ ctx?: { title?: string; target?: unknown } }>).detail?.ctx;
    if (context && context.target !== document.body) context.title = "";
  });
}

/** After a swap: say what the fragment says; if the focused element is gone, focus what came in its place,
 * or what stands around it. */
function keepFocus(): void {
  let places: string[] = [];
  document.addEventListener("htmx:before:swap", () => {
    places = [];
    let holder = document.activeElement?.closest<HTMLElement>("[id]");
    for (; holder && holder !== document.body; holder = holder.parentElement?.closest<HTMLElement>("[id]")) {
      places.push(holder.id);
    }
  });
  document.addEventListener("htmx:after:swap", () => {
    speakOf(document);
    if (document.activeElement !== document.body) return;
    const next = places.map((id) => document.getElementById(id)).find((found) => found !== null);
    if (!next) return;
    if (!next.matches("a, button, input, select, textarea")) next.tabIndex = -1;
    next.focus({ preventScroll: true });
  });
}

/** A field with `data-counter` says how many characters are left. */
function countCharacters(): void {
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLTextAreaElement;
    const id = field.dataset?.["counter"];
    const output = id ? document.getElementById(id) : null;
    if (output) output.textContent = String(field.maxLength - field.value.length);
  });
}

/** A word at the top while the device is offline. */
function showOffline(): void {
  const bar = document.querySelector<HTMLElement>("[data-offline]");
  if (!bar) return;
  const update = (): void => {
    bar.hidden = navigator.onLine;
  };
  window.addEventListener("online", update);
  window.addEventListener("offline", update);
  update();
}
