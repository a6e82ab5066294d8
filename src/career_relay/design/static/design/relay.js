// What only a script can do: copying, saying which file was chosen, inserting merge fields,
// closing menus, remembering the folded navigation, dragging cards of a board to another column.
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

const sizeOf = (file) => {
  const [amount, unit] = file.size < 1048576 ? [file.size / 1024, "KB"] : [file.size / 1048576, "MB"];
  return `${amount.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${unit}`;
};

for (const field of document.querySelectorAll("[data-file-drop]")) {
  const input = field.querySelector("input");
  const area = field.querySelector(".file-drop");
  const state = field.querySelector("[aria-live]");
  input.addEventListener("dragenter", () => { area.dataset.over = ""; });
  for (const end of ["dragleave", "drop"]) input.addEventListener(end, () => { delete area.dataset.over; });
  input.addEventListener("change", () => {
    const [file] = input.files;
    const isTooLarge = file?.size > Number(field.dataset.fileDrop);
    const words = isTooLarge ? state.dataset.refused : state.dataset.chosen;
    state.classList.toggle("file-drop__state--refused", isTooLarge);
    state.textContent = file ? words.replace("{size}", sizeOf(file)) : "";
  });
}

for (const list of document.querySelectorAll("[data-merge-fields]")) {
  let block;
  list.closest("form").addEventListener("focusin", ({ target }) => { if ("block" in target.dataset) block = target; });
  for (const code of list.querySelectorAll("code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = code.textContent;
    button.addEventListener("click", () => {
      const target = block ?? list.closest("form").querySelector("textarea");
      target.focus();
      target.setRangeText(code.textContent, target.selectionStart, target.selectionEnd, "end");
    });
    code.replaceWith(button);
  }
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

for (const words of document.querySelectorAll("[data-count-of]")) {
  const ticked = `input[name="${words.dataset.countOf}"]:checked`;
  const show = () => { words.textContent = words.dataset.words.replace("#", document.querySelectorAll(ticked).length); };
  document.addEventListener("change", show);
  document.addEventListener("reset", () => setTimeout(show));
  show();
}

for (const board of document.querySelectorAll("[data-board]")) {
  let card;
  const columns = board.querySelectorAll("[data-stage]");
  const over = (column) => { for (const one of columns) one.toggleAttribute("data-over", one === column); };
  const columnAt = ({ target }) => card && target.closest("[data-stage]");
  for (const one of board.querySelectorAll(".board__card")) one.draggable = true;
  for (const link of board.querySelectorAll(".board__card a")) link.draggable = false;
  board.addEventListener("dragstart", ({ target, dataTransfer }) => {
    card = target.draggable ? target : undefined;
    dataTransfer.effectAllowed = "move";
    card?.toggleAttribute("data-dragged", true);
  });
  board.addEventListener("dragover", (event) => {
    const column = columnAt(event);
    over(column);
    if (column) event.preventDefault();
  });
  board.addEventListener("drop", (event) => {
    const column = columnAt(event);
    if (!column || column.contains(card)) return;
    event.preventDefault();
    const form = card.querySelector("form");
    form.elements.stage.value = column.dataset.stage;
    form.requestSubmit();
  });
  board.addEventListener("dragend", () => {
    over();
    card?.removeAttribute("data-dragged");
    card = undefined;
  });
}
