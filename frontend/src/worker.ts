/** The service worker: assets of this version, an offline page, and what was last read on this device.
 *
 * `kith` is written before this text by the view that serves `/sw.js`. Personal pages are kept for `/notices/`,
 * `/inbox/` and `/muster/` only and are thrown away when somebody signs out or must sign in.
 */
export {};

declare const self: {
  kith: { version: string; assets: string[]; offline: string };
  addEventListener(kind: string, listener: (event: WorkerEvent) => void): void;
  skipWaiting(): Promise<void>;
  clients: {
    claim(): Promise<void>;
    matchAll(asked: { type: "window" }): Promise<{ url: string; focus(): Promise<unknown> }[]>;
    openWindow(url: string): Promise<unknown>;
  };
  registration: { showNotification(title: string, options: object): Promise<void> };
};

interface WorkerEvent extends Event {
  request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
  data: { json(): unknown } | null;
  notification: { data: unknown; close(): void };
}

const SHELL = `shell-${self.kith.version}`;
const PAGES = "notices";
const KEPT = 40;

self.addEventListener("install", (event) => {
  const load = async (): Promise<void> => {
    const cache = await caches.open(SHELL);
    await cache.addAll([self.kith.offline, ...self.kith.assets]);
    await self.skipWaiting();
  };
  event.waitUntil(load());
});

self.addEventListener("activate", (event) => {
  const tidy = async (): Promise<void> => {
    for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("push", (event) => {
  const told = event.data?.json() as { title: string; body: string; url: string; tag: string } | undefined;
  if (!told) return;
  const options = { body: told.body, tag: told.tag, data: told.url, icon: "/static/mark-192.png" };
  event.waitUntil(self.registration.showNotification(told.title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(String(event.notification.data), location.origin);
  if (address.origin !== location.origin) return;
  const open = async (): Promise<void> => {
    const there = (await self.clients.matchAll({ type: "window" })).find((each) => each.url === address.href);
    await (there ? there.focus() : self.clients.openWindow(address.href));
  };
  event.waitUntil(open());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (address.pathname.startsWith("/sign-")) event.waitUntil(caches.delete(PAGES));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request, /^\/(notices|inbox|muster)\//.test(address.pathname)));
  else if (/^\/static\/(build|fonts)\//.test(address.pathname)) event.respondWith(asset(request));
});

async function page(request: Request, keep: boolean): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.redirected && new URL(answer.url).pathname.startsWith("/sign-in")) await caches.delete(PAGES);
    else if (keep && answer.ok) await remember(request, answer.clone());
    return answer;
  } catch {
    const kept = keep ? await caches.match(request, { ignoreVary: true }) : undefined;
    return kept ?? (await caches.match(self.kith.offline)) ?? Response.error();
  }
}

async function remember(request: Request, answer: Response): Promise<void> {
  const cache = await caches.open(PAGES);
  await cache.put(request, answer);
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - KEPT))) await cache.delete(old);
}

async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}
