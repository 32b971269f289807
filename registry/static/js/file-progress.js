// How far the work on a file has come. Without this file the page loads itself anew every two seconds.
const working = document.querySelector("[data-progress]");
const bar = working.querySelector("progress");
const said = working.querySelector("[role=status]");
const PAUSE = 700;

async function ask() {
  try {
    const response = await fetch(working.dataset.progress, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const seen = await response.json();
      if (seen.stage !== working.dataset.stage || !seen.at_work) {
        window.location.reload();
        return;
      }
      if (said.textContent !== seen.said) said.textContent = seen.said;
      if (seen.percent === null) bar.removeAttribute("value");
      else bar.value = seen.percent;
    } else if (response.status === 404) {
      window.location.reload();
      return;
    }
  } catch {
    // The server is restarted, or the line is down: the next question will tell.
  }
  setTimeout(ask, PAUSE);
}

setTimeout(ask, PAUSE);
