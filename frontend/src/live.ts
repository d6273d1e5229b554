/** What changes while the page is open: the bell and the lists marked `data-live`, told by `/live`. */
import { announce, replace } from "./dom";

const LAST = "kith-live-last";
const GATHER_MS = 250;

/** Listen for the signed-in person. The browser reconnects with Last-Event-ID; a new page resumes with `after`. */
export function startLive(): void {
  const address = document.body.dataset["liveUrl"];
  if (!address || !("EventSource" in window)) return;
  followDeeds();
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
  // Conversations: what is new in one; after anything that may have been missed they look by themselves.
  const tell = (detail: unknown): void => void document.dispatchEvent(new CustomEvent("kith:talk", { detail }));
  source.addEventListener("talk", (event) => {
    const { lastEventId: id, data } = event as MessageEvent<string>;
    if (id) sessionStorage.setItem(LAST, id);
    tell(JSON.parse(data));
  });
  source.addEventListener("inbox", () => tell(null));
  source.addEventListener("open", () => tell(null));
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}

/** Fetch the bell anew and return it; nothing where there is none. */
async function ring(): Promise<HTMLElement | null> {
  const bell = document.getElementById("bell");
  const address = bell?.dataset["url"];
  if (!bell || !address) return null;
  await replace(address, bell);
  return document.getElementById("bell");
}

/** Whatever was done in place may have left less to read: the bell follows, silently. */
function followDeeds(): void {
  document.addEventListener("htmx:after:swap", (event) => {
    const context = (event as CustomEvent<{ ctx?: { request?: { method?: string } } }>).detail?.ctx;
    if (context?.request?.method === "POST") void ring();
  });
}

/** Fetch the bell anew, say so only where there is more to read than before, and let every live list reload itself.
 *
 * What came of a drill is said to be one in its first word.
 */
async function refresh(drill: boolean): Promise<void> {
  const before = Number(document.getElementById("bell")?.dataset["unread"]);
  const now = await ring();
  if (now) {
    const words = (drill ? (now.dataset["drill"] ?? "") : "") + (now.dataset["say"] ?? "");
    if (Number(now.dataset["unread"]) > before) announce(words);
  }
  for (const element of document.querySelectorAll("[data-live=inbox]")) {
    window.htmx?.trigger(element, "kith:inbox");
  }
}
