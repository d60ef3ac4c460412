// The one script of the site: without it the button to print would do nothing, so the button appears with it.
for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
