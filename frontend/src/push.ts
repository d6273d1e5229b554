/** Web push: the button that lets this browser be told. Without a service worker it never appears. */

/** Show the button where this browser can be told, and subscribe on a click. */
export function startPush(): void {
  const place = document.querySelector<HTMLElement>("[data-push]");
  if (!place || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  place.hidden = false;
  place.querySelector("button")?.addEventListener("click", () => void subscribe(place));
}

async function subscribe(place: HTMLElement): Promise<void> {
  const status = place.querySelector<HTMLElement>("[role=status]");
  const say = (words: string | undefined): void => {
    if (status) status.textContent = words ?? "";
  };
  if ((await Notification.requestPermission()) !== "granted") {
    say(place.dataset.denied);
    return;
  }
  try {
    const worker = await navigator.serviceWorker.ready;
    const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: place.dataset.key ?? "" });
    const keys = made.toJSON().keys ?? {};
    const body = new FormData();
    body.set("endpoint", made.endpoint);
    body.set("p256dh", keys.p256dh ?? "");
    body.set("auth", keys.auth ?? "");
    body.set("label", label());
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    const answer = await fetch(place.dataset.to ?? "", { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(String(answer.status));
    location.reload();
  } catch {
    say(place.dataset.failed);
  }
}

/** A name by which its owner knows the device again: browser and system. */
function label(): string {
  const words = navigator.userAgent;
  const browser = /Edg\//.test(words) ? "Edge" : /Firefox\//.test(words) ? "Firefox" : /Chrome\//.test(words) ? "Chrome" : "Safari";
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(words)?.[0] ?? "";
  return `${browser} ${system}`.trim();
}
