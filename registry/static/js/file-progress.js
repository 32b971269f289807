// How far the work on a file has come. Without this file the page loads itself anew every two seconds.
const working = document.querySelector("[data-progress]");
const bar = working.querySelector("progress");
const said = working.querySelector("[role=status]");
const PAUSE = 700;
let isLeaving = false;

async function ask() {
  if (isLeaving) return;
  try {
    const response = await fetch(working.dataset.progress, { headers: { Accept: "application/json" } });
    const seen = response.ok ? await response.json() : null;
    // Whoever calls the work off is on the way to another page, from which loading this one anew would turn back.
    if (isLeaving) return;
    if (response.status === 404 || (seen && (seen.stage !== working.dataset.stage || !seen.at_work))) {
      window.location.reload();
      return;
    }
    if (seen) {
      if (said.textContent !== seen.said) said.textContent = seen.said;
      if (seen.percent === null) bar.removeAttribute("value");
      else bar.value = seen.percent;
    }
  } catch {
    // The server is restarted, or the line is down: the next question will tell.
  }
  setTimeout(ask, PAUSE);
}

document.addEventListener("submit", () => {
  isLeaving = true;
});
setTimeout(ask, PAUSE);
