// Shows the page again when a file of the catalogue was saved after it was made.
const version = document.documentElement.dataset.version;
new EventSource(`/events?since=${version}`).addEventListener("change", () => location.reload());
