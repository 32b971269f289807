// A clerk checks one number after another: the box is ready for the next one, with the last one marked.
// Not on a phone, where the keyboard would cover the answer.
const form = document.getElementById("check-form");
const box = form?.querySelector("input[name=number]");
const atADesk = window.matchMedia("(hover: hover) and (pointer: fine)").matches;
const busy = document.activeElement !== document.body && document.activeElement !== null;

if (box && atADesk && !busy && !window.location.hash) {
  box.focus({ preventScroll: true });
  box.select();
}
