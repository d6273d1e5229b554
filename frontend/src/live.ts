/** What changes while the page is open: the bell and the lists marked `data-live`, told by `/live`. */
import { announce, replace } from "./dom";

const LAST = "kith-live-last";
const GATHER_MS = 250;

/** Listen for the signed-in person. The browser reconnects with Last-Event-ID; a new page resumes with `after`. */
export function startLive(): void {
  const address = document.body.dataset["liveUrl"];
  if (!address || !("EventSource" in window)) return;
  const last = sessionStorage.getItem(LAST);
  const source = new EventSource(last ? `${address}?after=${encodeURIComponent(last)}` : address);
  let waiting = 0;
  let drill = false;
  const heard = (event: Event): void => {
    const { lastEventId: id, data } = event as MessageEvent<string>;
    if (id) sessionStorage.setItem(LAST, id);
    drill ||= data.includes('"drill": true');
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      void refresh(drill);
      drill = false;
    }, GATHER_MS);
  };
  source.addEventListener("notice", heard);
  source.addEventListener("inbox", heard);
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}

/** Fetch the bell anew, say so only where there is more to read than before, and let every live list reload itself.
 *
 * What came of a drill is said to be one in its first word.
 */
async function refresh(drill: boolean): Promise<void> {
  const bell = document.getElementById("bell");
  const address = bell?.dataset["url"];
  if (bell && address) {
    const before = Number(bell.dataset["unread"]);
    await replace(address, bell);
    const now = document.getElementById("bell");
    const words = (drill ? (now?.dataset["drill"] ?? "") : "") + (now?.dataset["say"] ?? "");
    if (Number(now?.dataset["unread"]) > before) announce(words);
  }
  for (const element of document.querySelectorAll("[data-live=inbox]")) {
    window.htmx?.trigger(element, "kith:inbox");
  }
}
