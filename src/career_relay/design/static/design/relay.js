// What only a script can do: copying, closing menus, remembering the folded navigation.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const words = button.querySelector("[aria-live]");
  const usual = words.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value);
    words.textContent = button.dataset.done;
    setTimeout(() => { words.textContent = usual; }, 3000);
  });
}

const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.getElementById("narrow-navigation")?.addEventListener("change", (event) => {
  const state = event.target.checked ? "narrow" : "wide";
  document.cookie = `navigation=${state}; path=/; max-age=31536000; samesite=lax`;
});
