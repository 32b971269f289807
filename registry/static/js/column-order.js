// The order of the column: the buttons work without this file. With it they move a declaration without leaving the page,
// a pointer drags one, and whoever does not see the page is told where it stands.
const told = document.createElement("p");
told.className = "visually-hidden";
told.setAttribute("role", "status");
document.body.append(told);

async function send(form, step) {
  const data = new FormData(form);
  data.set("step", step);
  const answer = await fetch(form.action, { method: "POST", body: data });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!page.querySelector(".column-list")) {
    // Signed out meanwhile, or nothing is left of the column: the page says so itself.
    location.reload();
    return;
  }
  document.querySelector("main").replaceWith(main);
  showHandles();
  told.textContent = main.querySelector("[role=status], [role=alert]")?.textContent.trim() ?? "";
}

function showHandles() {
  for (const handle of document.querySelectorAll("[data-handle]")) {
    handle.hidden = false;
  }
}

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (event.target.id !== "column-steps" || !button) {
    return;
  }
  event.preventDefault();
  const { id } = button.closest("li");
  const up = !button.previousElementSibling?.matches("button");
  await send(event.target, button.value);
  const buttons = document.getElementById(id)?.querySelectorAll("button") ?? [];
  const wanted = buttons[up ? 0 : 1];
  (wanted?.disabled ? buttons[up ? 1 : 0] : wanted)?.focus();
});

document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest("[data-handle]")?.closest("li");
  if (!item || event.button) {
    return;
  }
  event.preventDefault();
  drag(item);
});

function drag(item) {
  const list = item.parentElement;
  const before = [...list.children];
  const stop = new AbortController();
  const { signal } = stop;
  item.classList.add("column-dragged");

  document.addEventListener("pointermove", (event) => {
    event.preventDefault();
    // A column is often longer than the window.
    window.scrollBy(0, Math.min(event.clientY - 60, 0) + Math.max(event.clientY - window.innerHeight + 60, 0));
    const next = [...list.children].find((one) => {
      const box = one.getBoundingClientRect();
      return one !== item && event.clientY < box.top + box.height / 2;
    });
    if ((next ?? null) !== item.nextElementSibling) {
      list.insertBefore(item, next ?? null);
      told.textContent = `${[...list.children].indexOf(item) + 1} / ${before.length}`;
    }
  }, { signal });

  const end = (keep) => {
    stop.abort();
    item.classList.remove("column-dragged");
    const number = before.indexOf(item) + 1;
    const place = [...list.children].indexOf(item) + 1;
    if (!keep) {
      list.append(...before);
    } else if (place !== number) {
      send(document.getElementById("column-steps"), `${number} ${place}`);
    }
  };
  document.addEventListener("pointerup", () => end(true), { signal });
  document.addEventListener("pointercancel", () => end(false), { signal });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      end(false);
    }
  }, { signal });
}

showHandles();
