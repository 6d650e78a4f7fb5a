import { bar, coalesced, element, json, short, span, state } from "./dom.js";

/** All studies, newest first. */
export class ListPage {
  constructor(view) {
    this.view = view;
    this.closed = false;
    this.refresh = coalesced(() => this.load(), 1000);
  }

  async load() {
    const studies = await json("/api/studies");
    if (this.closed) return;
    document.title = "Holdfast";
    this.view.replaceChildren(
      element("h1", {}, "Studies"),
      studies.length ? table(studies) : empty(),
    );
  }

  on() {
    this.refresh();
  }
}

function empty() {
  return element(
    "p",
    {},
    "There is no study yet. Submit one: ",
    element("code", {}, "./holdfast run studies/quickstart.yaml"),
  );
}

function table(studies) {
  return element(
    "div",
    { class: "scroll" },
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ["Study", "State", "Trained", "Tokens", "Time left", "Submitted"].map((name) =>
            element("th", { scope: "col" }, name),
          ),
        ),
      ),
      element("tbody", {}, studies.map(row)),
    ),
  );
}

function row(study) {
  const p = study.progress;
  return element(
    "tr",
    {},
    element("td", {}, element("a", { href: `#${encodeURIComponent(study.id)}` }, study.name)),
    element("td", {}, state(study.state)),
    element("td", {}, `${p.trained} of ${p.stages}`),
    element(
      "td",
      {},
      bar(p.tokens, p.total_tokens, `tokens of ${study.name}`),
      element("span", { class: "small soft" }, `${short(p.tokens)} of ${short(p.total_tokens)}`),
    ),
    element("td", {}, p.eta_seconds ? span(p.eta_seconds) : ""),
    element("td", {}, new Date(study.submitted_at).toLocaleString()),
  );
}
