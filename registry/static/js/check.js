// A clerk checks one number after another: the box is ready for the next one, with the last one marked.
// Not on a phone, where the keyboard would cover the answer, and not where an error wants to be read first.
const box = document.querySelector("#check-form input[name=number]");
const atADesk = window.matchMedia("(hover: hover) and (pointer: fine)").matches;

if (box && atADesk && !window.location.hash && !document.querySelector(".error-summary")) {
  box.focus({ preventScroll: true });
  box.select();
}
