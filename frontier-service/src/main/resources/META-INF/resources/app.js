import { acceptLink, signInForm } from "./access.js";
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
  source.addEventListener("error", (event) => {
    connected("lost", "reconnecting");
    // Refused for good: whatever the page needs is refused likewise, and says why.
    if (event.target.readyState === EventSource.CLOSED) show(page);
  });
  for (const name of EVENTS) {
    source.addEventListener(name, (event) => page.on(name, JSON.parse(event.data)));
  }
}

async function show(page) {
  try {
    await page.load();
  } catch (problem) {
    if (problem.status === 401) {
      connected("lost", "not signed in");
      view.replaceChildren(signInForm(route));
      return;
    }
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

/** A link with a token may also be opened in a tab that shows the page already. */
async function arrive() {
  await acceptLink();
  route();
}

window.addEventListener("hashchange", arrive);
arrive();
