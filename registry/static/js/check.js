// A clerk checks one number after another: the box is ready for the next one, with the last one marked.
// Not on a phone, where the keyboard would cover the answer, and not where an error wants to be read first.
const box = document.querySelector("#check-form input[name=number]");
const atADesk = window.matchMedia("(hover: hover) and (pointer: fine)").matches;

if (box && atADesk) {
  document.querySelector("#check-form .keys").hidden = false;
  if (!window.location.hash && !document.querySelector(".error-summary")) {
    box.focus({ preventScroll: true });
    box.select();
  }
}

// From anywhere on the page; in another field Esc is that field's own, and while Chinese is composed the keyboard's.
if (box) {
  document.addEventListener("keydown", (event) => {
    const elsewhere = event.target !== box && event.target.closest("input, select, textarea");
    if (event.key === "Escape" && !event.isComposing && !elsewhere) {
      box.value = "";
      box.focus();
      window.scrollTo({ top: 0 });
    }
  });
}
