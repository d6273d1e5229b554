/** The one module of every page. Everything works without it; it makes things quicker and kinder. */
import { startEnhancing } from "./enhance";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startPush } from "./push";
import { startTalk } from "./talk";
import { startTheme } from "./theme";

startEnhancing();
startTheme();
startKeys();
startTalk();
startLive();
startPush();

if ("serviceWorker" in navigator && window.isSecureContext) {
  void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}
