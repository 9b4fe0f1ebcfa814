// Served by `goodpractice serve` only: reloads the page after an edit, and shows what is wrong with it.
const here = new URL("..", import.meta.url);
const path = decodeURI(location.pathname).slice(here.pathname.length).replace(/index\.html$/, "");

function show(issues) {
  document.getElementById("__goodpractice-issues")?.remove();
  if (!issues.length) return;
  const panel = document.createElement("div");
  panel.id = "__goodpractice-issues";
  panel.setAttribute("role", "alert");
  const style = {
    position: "fixed", inset: "auto 0 0 0", maxHeight: "60vh", overflow: "auto", zIndex: "9999", margin: "0",
    padding: "1rem 1.25rem", background: "#fff8e6", color: "#1b1b1b", borderTop: "4px solid #b3261e",
    font: "16px/1.5 system-ui, sans-serif",
  };
  Object.assign(panel.style, style);
  const title = document.createElement("strong");
  title.textContent = issues.length === 1 ? "1 problem: the page shows the last good text" : `${issues.length} problems: the page shows the last good text`;
  panel.append(title);
  const list = document.createElement("ul");
  for (const issue of issues) {
    const item = document.createElement("li");
    item.textContent = `${issue.path}, line ${issue.line}: ${issue.message}`;
    if (issue.hint) item.append(document.createElement("br"), issue.hint);
    list.append(item);
  }
  panel.append(list);
  document.body.append(panel);
}

let lost = false;
const events = new EventSource(new URL("__goodpractice/events", here));
events.addEventListener("message", (event) => {
  if (lost) return location.reload();
  const news = JSON.parse(event.data);
  show(news.issues);
  if (!news.issues.length && news.urls && (news.all || news.urls.includes(path))) location.reload();
});
events.addEventListener("error", () => { lost = true; });
