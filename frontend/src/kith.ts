/** The one module of every page. Everything works without it; it makes things quicker and kinder. */
import { startEnhancing } from "./enhance";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startTheme } from "./theme";

startEnhancing();
startTheme();
startKeys();
startLive();

if ("serviceWorker" in navigator && window.isSecureContext) {
  void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}
