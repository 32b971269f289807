// Two hundred declarations a day: opening a decision goes to its reason, and Ctrl+Enter in the reason sends it.
for (const decision of document.querySelectorAll("details.decision")) {
  const reason = decision.querySelector("textarea");
  decision.addEventListener("toggle", () => {
    if (decision.open && !document.querySelector(".error-summary")) {
      reason.focus();
    }
  });
  reason.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      reason.form.requestSubmit();
    }
  });
}
