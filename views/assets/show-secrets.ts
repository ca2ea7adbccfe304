/** Lets each form show the passwords that are typed in it, and selects a secret that is to be copied when it is focused. */
export function showSecrets(): void {
  for (const choice of document.querySelectorAll<HTMLElement>("[data-show-passwords]")) {
    const box = choice.querySelector<HTMLInputElement>("input");
    const form = choice.closest("form");
    if (box === null || form === null) continue;
    const show = () => {
      for (const field of form.querySelectorAll<HTMLInputElement>("[data-password]")) {
        field.type = box.checked ? "text" : "password";
      }
    };
    box.addEventListener("change", show);
    // Browsers remember only what is sent as a password.
    form.addEventListener("submit", () => {
      box.checked = false;
      show();
    });
    choice.hidden = false;
  }
  for (const field of document.querySelectorAll<HTMLInputElement>("[data-select-all]")) {
    field.addEventListener("focus", () => field.select());
    if (document.activeElement === field) field.select();
  }
}
