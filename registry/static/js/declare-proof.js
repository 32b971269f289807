/* The proof answers at once when one ticks what the notice is to say: sentence, length and price come from the server,
   which alone knows them. Without this file the button below the boxes does the same. */
"use strict";

(() => {
  const form = document.querySelector("[data-proof-options]");
  if (!form) return;
  const button = form.querySelector(".actions");
  let latest = 0;

  async function show() {
    const turn = (latest += 1);
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Answers may come in another order than they were asked for.
    if (turn !== latest) return;
    const parts = [...document.querySelectorAll("[data-live]")];
    const anew = parts.map((part) => page.querySelector(`[data-live="${part.dataset.live}"]`));
    // The draft is gone, or has become a declaration: the page that says so is the one to read.
    if (anew.includes(null)) throw new Error("another page");
    parts.forEach((part, place) => part.replaceChildren(...anew[place].childNodes));
  }

  button.hidden = true;
  form.addEventListener("change", () => {
    show().catch(() => form.submit());
  });
})();
