import { element } from "./dom.js";
import { ListPage } from "./list.js";
import { StudyPage } from "./study.js";

const EVENTS = ["study", "stage", "progress", "evaluation", "waiting", "frontier", "resync"];
const view = document.getElementById("view");
const connection = document.getElementById("connection");
let source = null;
let shown = null;

function connected(kind, text) {
  connection.className = kind;
  connection.textContent = text;
}

/** Follows the page's events. The browser reconnects by itself and sends the last event's id. */
function follow(page, query) {
  source?.close();
  // An answer that is still on its way must not draw over the next page.
  if (shown) shown.closed = true;
  shown = page;
  source = new EventSource(`/api/events${query}`);
  // What happened before the stream was open is in the state that is read after it.
  source.addEventListener("open", () => {
    connected("live", "live");
    show(page);
  });
  source.addEventListener("error", () => connected("lost", "reconnecting"));
  for (const name of EVENTS) {
    source.addEventListener(name, (event) => page.on(name, JSON.parse(event.data)));
  }
}

async function show(page) {
  try {
    await page.load();
  } catch (problem) {
    view.replaceChildren(element("h1", {}, "That did not work"), element("p", {}, problem.message));
  }
}

function route() {
  const id = decodeURIComponent(location.hash.slice(1));
  connected("", "connecting");
  if (id) {
    follow(new StudyPage(view, id), `?study=${encodeURIComponent(id)}`);
  } else {
    follow(new ListPage(view), "");
  }
  view.focus({ preventScroll: true });
}

window.addEventListener("hashchange", route);
route();
