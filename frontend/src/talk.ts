/** One open conversation: what is new arrives by itself, in order and once; what is sent goes out once, even late. */
import { announce, replace } from "./dom";

const AGAIN_MS = 4000;
const LIST_MS = 400;

/** What the stream says of a conversation; null: something may have been missed. */
interface News {
  conversation: string;
  seq: number;
}

declare global {
  interface DocumentEventMap {
    "kith:talk": CustomEvent<News | null>;
  }
}

/** Start on pages with a list of conversations. */
export function startTalk(): void {
  const rows = document.getElementById("talk-rows");
  if (!rows) return;
  keepList();
  const list = document.getElementById("talk-posts");
  const form = document.getElementById("talk-form");
  if (!list || !(form instanceof HTMLFormElement)) return;
  const thread = new Thread(list);
  document.addEventListener("kith:talk", ({ detail }) => {
    if (!detail || detail.conversation === list.dataset["conversation"]) void thread.fetch();
  });
  window.addEventListener("online", () => void thread.fetch());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void thread.seen();
  });
  startSending(form, thread);
  startPicking();
}

/** The list beside it is drawn anew a moment after something happened. */
function keepList(): void {
  let waiting = 0;
  document.addEventListener("kith:talk", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const rows = document.getElementById("talk-rows");
      const open = rows?.querySelector("[aria-current=page]")?.getAttribute("href");
      if (!rows || rows.contains(document.activeElement)) return;
      void replace(rows.dataset["url"] ?? "", rows).then(() => {
        const again = open ? document.querySelector(`#talk-rows a[href="${CSS.escape(open)}"]`) : null;
        again?.setAttribute("aria-current", "page");
      });
    }, LIST_MS);
  });
}

/** The posts on the page, and the number of the last change they know. */
class Thread {
  private busy = false;
  private again = false;
  private readonly scroller: HTMLElement;

  constructor(private readonly list: HTMLElement) {
    this.scroller = list.parentElement as HTMLElement;
    const hash = window.location.hash;
    if (!/^#p\d+$/.test(hash) && list.dataset["newest"] !== undefined) this.down();
    // What was written between drawing and listening.
    void this.fetch();
  }

  /** Ask for what is lacking until nothing is; a question while one is under way is asked after it. */
  async fetch(): Promise<void> {
    this.again = true;
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.again) {
        this.again = false;
        if (await this.ask()) this.again = true;
      }
    } catch {
      window.setTimeout(() => void this.fetch(), AGAIN_MS);
    } finally {
      this.busy = false;
    }
  }

  /** Say that what is on the page was seen. */
  async seen(): Promise<void> {
    const last = this.list.lastElementChild?.getAttribute("data-seq");
    const token = document.querySelector<HTMLInputElement>("#talk-form [name=csrfmiddlewaretoken]")?.value;
    if (!last || !token) return;
    const body = new URLSearchParams({ seq: last, csrfmiddlewaretoken: token });
    const url = (this.list.dataset["url"] ?? "").replace(/posts\/$/, "read/");
    await fetch(url, { method: "POST", body, credentials: "same-origin" }).catch(() => undefined);
  }

  private async ask(): Promise<boolean> {
    const read = document.visibilityState === "visible" ? "&read=1" : "";
    const url = `${this.list.dataset["url"]}?rev=${this.list.dataset["rev"]}${read}`;
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (answer.status === 404 || answer.redirected) {
      window.location.assign("/messages/");
      return false;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ol");
    if (!found) throw new Error("no posts");
    this.take(found);
    return found.dataset["more"] !== undefined;
  }

  private take(found: HTMLElement): void {
    const low = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 120;
    const posts = [...found.querySelectorAll<HTMLElement>(":scope > li")];
    for (const post of posts) this.place(post);
    this.list.dataset["rev"] = found.dataset["rev"] ?? this.list.dataset["rev"];
    const read = document.getElementById("talk-read");
    const readers = found.dataset["readBy"];
    if (read && (posts.length > 0 || readers)) read.textContent = readers ?? "";
    if (posts.length > 0 && low) this.down();
  }

  /** A post that is here is drawn anew; a new one goes to its number, so that two can never change places. */
  private place(post: HTMLElement): void {
    const seq = Number(post.dataset["seq"]);
    const here = this.list.querySelector<HTMLElement>(`:scope > [data-seq="${seq}"]`);
    if (here) {
      if (Number(here.dataset["rev"]) <= Number(post.dataset["rev"])) here.replaceWith(post);
      return;
    }
    const all = [...this.list.querySelectorAll<HTMLElement>(":scope > li")];
    const first = all[0];
    if (first && seq < Number(first.dataset["seq"])) return;
    if (this.list.dataset["newest"] === undefined) return;
    const next = all.find((each) => Number(each.dataset["seq"]) > seq);
    this.list.insertBefore(post, next ?? null);
    if (post.dataset["mine"] === undefined) {
      const name = post.querySelector("[data-author]")?.textContent ?? "";
      announce(`${name}: ${post.querySelector(".k-talk-words")?.textContent?.slice(0, 120) ?? ""}`);
    }
  }

  private down(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}

/** Ctrl+Enter sends; what could not be sent keeps its key and is tried again, so that it arrives once. */
function startSending(form: HTMLFormElement, thread: Thread): void {
  const text = form.elements.namedItem("text") as HTMLTextAreaElement;
  const key = form.elements.namedItem("key") as HTMLInputElement;
  const state = document.getElementById("talk-state");
  let sending = false;
  let waiting = 0;
  const say = (words: string): void => {
    if (state) state.textContent = words;
  };
  const send = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    window.clearTimeout(waiting);
    text.readOnly = true;
    try {
      const body = new FormData(form);
      const headers = { "HX-Request": "true" };
      const answer = await fetch(form.action, { method: "POST", body, headers, credentials: "same-origin" });
      if (answer.ok) {
        form.reset();
        key.value = freshKey();
        say("");
        await thread.fetch();
      } else if (answer.status >= 500) {
        throw new Error(String(answer.status));
      } else {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        say(page.body.textContent?.trim().replace(/\s+/g, " ").slice(0, 300) ?? "");
        key.value = freshKey();
      }
    } catch {
      say(form.dataset["waiting"] ?? "");
      waiting = window.setTimeout(() => void send(), AGAIN_MS);
    } finally {
      sending = false;
      text.readOnly = false;
      text.focus();
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  window.addEventListener("online", () => {
    if (state?.textContent === form.dataset["waiting"] && text.value) void send();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

function freshKey(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** An “@” offers members; arrows choose, Enter or Tab takes, Escape closes. */
function startPicking(): void {
  const text = document.getElementById("talk-text") as HTMLTextAreaElement | null;
  const box = document.getElementById("talk-pick");
  if (!text || !box) return;
  let asked = 0;
  const close = (): void => {
    box.hidden = true;
    box.replaceChildren();
    text.removeAttribute("aria-activedescendant");
  };
  const options = (): HTMLElement[] => [...box.querySelectorAll<HTMLElement>("[role=option]")];
  const choose = (index: number): void => {
    const all = options();
    all.forEach((each, n) => each.setAttribute("aria-selected", String(n === index)));
    const one = all[index];
    if (one) text.setAttribute("aria-activedescendant", one.id);
    one?.scrollIntoView({ block: "nearest" });
  };
  const take = (option: HTMLElement): void => {
    const before = text.value.slice(0, text.selectionStart).replace(/@[^@\n]{0,40}$/u, "");
    const after = text.value.slice(text.selectionStart);
    const said = `${before}@${option.dataset["name"] ?? ""} `;
    text.value = said + after;
    text.setSelectionRange(said.length, said.length);
    close();
    text.focus();
  };
  text.addEventListener("input", () => {
    const typed = /(?:^|\s)@([^@\n]{0,40})$/u.exec(text.value.slice(0, text.selectionStart));
    if (!typed) return close();
    const mine = ++asked;
    void fetch(`${box.dataset["url"]}?q=${encodeURIComponent(typed[1] ?? "")}`, { credentials: "same-origin" })
      .then((answer) => answer.text())
      .then((html) => {
        if (mine !== asked) return;
        const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("li");
        box.replaceChildren(...found);
        box.hidden = found.length === 0;
        if (found.length > 0) choose(0);
      })
      .catch(close);
  });
  text.addEventListener("keydown", (event) => {
    if (box.hidden) return;
    const all = options();
    const now = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose((now + 1) % all.length);
    else if (event.key === "ArrowUp") choose((now + all.length - 1) % all.length);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && all[now]) take(all[now]);
    else return;
    event.preventDefault();
  });
  box.addEventListener("mousedown", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("[role=option]");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
  text.addEventListener("blur", close);
}
