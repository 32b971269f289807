/* The number is checked while it is typed, by the same rules that the server applies when it is sent. If no answer
   comes, nothing is said: the server will. */
"use strict";

(() => {
  const PAUSE = 400;
  const LONGEST = 200;

  function grouped(display) {
    const number = document.createElement("span");
    number.className = "num";
    number.translate = false;
    for (const group of display.split(" ")) {
      const part = document.createElement("span");
      part.textContent = group;
      number.append(part);
    }
    return number;
  }

  function attach(part) {
    const input = part.querySelector("[data-examine]");
    const live = document.getElementById(`${part.dataset.number}-live`);
    const meant = document.getElementById(`${part.dataset.number}-suggestions`);
    const confirm = document.getElementById(`${part.dataset.number}-confirm`);
    const error = document.getElementById(`${part.dataset.number}-error`);
    const missing = part.querySelector("[name$=missing]");
    const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
    const sent = input.value;
    let timer = 0;
    let asked = sent;
    let waiting = null;

    function offer(suggestions) {
      meant.textContent = "";
      if (!suggestions.length) return;
      const title = document.createElement("p");
      title.textContent = meant.dataset.title;
      const list = document.createElement("ul");
      for (const [value, display] of suggestions) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "suggestion";
        button.append(grouped(display));
        button.addEventListener("click", () => {
          input.value = value;
          input.focus();
          ask();
        });
        const item = document.createElement("li");
        item.append(button);
        list.append(item);
      }
      meant.append(title, list);
    }

    function say(answer) {
      live.dataset.grade = answer.grade;
      live.textContent = "";
      if (answer.grade === "valid") {
        const facts = answer.decoded.map((fact) => `${fact.name} ${fact.value}`).join(language === "zh" ? "，" : ", ");
        const [before, after] = live.dataset.good.split("{number}");
        live.append(before, grouped(answer.display), after);
        if (facts) live.append(document.createElement("br"), live.dataset.facts.replace("{facts}", facts));
      } else {
        live.textContent = answer.reasons.join(" ");
      }
      offer(answer.suggestions.map(({ number, display }) => [number, display]));
      revise(answer.grade);
      // The word that it is printed so was asked for the number that was sent, and for no other.
      if (confirm) confirm.hidden = answer.grade !== "impossible" || input.value !== sent;
    }

    // What the page said of the number that was sent is no longer true of another one.
    function revise(grade) {
      const changed = input.value !== sent && grade !== "impossible";
      if (error) error.hidden = changed;
      input.classList.toggle("is-invalid", Boolean(error) && !changed);
      input.closest(".field").classList.toggle("has-error", Boolean(error) && !changed);
      if (error && changed) input.removeAttribute("aria-invalid");
    }

    function hush() {
      delete live.dataset.grade;
      live.textContent = "";
      meant.textContent = "";
    }

    async function ask() {
      clearTimeout(timer);
      const number = input.value.trim();
      if (number === asked) return;
      asked = number;
      waiting?.abort();
      if (!number || number.length > LONGEST) {
        hush();
        return;
      }
      waiting = new AbortController();
      try {
        const response = await fetch(input.dataset.examine, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ kind: input.dataset.kind, field: input.dataset.field, number, lang: language }),
          signal: waiting.signal,
        });
        if (response.ok) say(await response.json());
        else hush();
      } catch (error) {
        if (error.name !== "AbortError") hush();
      }
    }

    input.addEventListener("input", () => {
      if (missing && input.value) missing.checked = false;
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("blur", ask);
    missing?.addEventListener("change", () => {
      if (missing.checked) {
        input.value = "";
        ask();
      }
    });
    offer(
      [...meant.querySelectorAll("[data-value]")].map((item) => [
        item.dataset.value,
        [...item.querySelectorAll(".num > span")].map((group) => group.textContent).join(" "),
      ]),
    );
  }

  for (const part of document.querySelectorAll("[data-number]")) attach(part);
})();
