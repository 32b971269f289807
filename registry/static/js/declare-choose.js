/* Choosing what was lost: the list answers while one types, and says how much is ticked. Without this file the
   button beside the box does the same on the server. */
"use strict";

(() => {
  const form = document.querySelector("[data-choose]");
  if (!form) return;
  const box = form.querySelector("#q");
  const found = form.querySelector("#found");
  const total = form.querySelector("#total");
  const picks = [...form.querySelectorAll(".pick")];
  const groups = [...form.querySelectorAll("[data-group]")];
  const complete = !box.value;
  let timer = 0;

  const plain = (text) => text.normalize("NFKC").toUpperCase();

  function fits(pick, words, joined) {
    const known = pick.dataset.words;
    if (words.every((word) => known.includes(word))) return true;
    // A whole sentence: 我的公章丢了 names the seal.
    return known.split(" ").some((name) => name.length > 1 && joined.includes(name));
  }

  function filter() {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const pick of picks) {
      const fit = !words.length || fits(pick, words, words.join(""));
      const ticked = pick.querySelector(".choice-input").checked;
      const anything = Boolean(pick.querySelector(".choice-hint"));
      pick.hidden = !(fit || ticked || anything);
      count += fit ? 1 : 0;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector(".pick:not([hidden])");
      // A folded family opens for what is found in it, and for a tick that must not be overlooked.
      if (group.localName === "details") group.open = Boolean(words.length || group.querySelector(".choice-input:checked"));
    }
    found.textContent = words.length && !count ? found.dataset.none : "";
  }

  function sum() {
    let documents = 0;
    for (const pick of picks) {
      if (pick.querySelector(".choice-input").checked) documents += Number(pick.querySelector("[type=number]").value) || 1;
    }
    total.textContent = documents ? total.dataset.some.replace("{n}", documents) : "";
  }

  // A list that the server has already searched holds too little to search in.
  if (complete) {
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(filter, 120);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        filter();
      }
    });
    form.querySelector("[name=find]").hidden = true;
    filter();
  }
  form.addEventListener("input", sum);
  window.addEventListener("pageshow", sum);
})();
