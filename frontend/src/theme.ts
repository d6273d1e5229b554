/** Light, dark or as the device: applied at once, kept by the server through the same form. */

/** Let the theme switch work without a new page. */
export function startTheme(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const submitter = (event as SubmitEvent).submitter;
    if (!form.matches("[data-theme-form]") || !(submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const body = new FormData(form, submitter);
    apply(submitter.value, form);
    void fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => undefined);
  });
}

function apply(theme: string, form: HTMLFormElement): void {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[name=theme]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
