import { bar, coalesced, element, json, short, span, state } from "./dom.js";
import { StageTree } from "./tree.js";

const FIGURES = [
  ["retention", "Skill kept (L_ret) against skill gained (L_ft)"],
  ["pretraining", "Pretraining ability kept (L_pre) against skill kept (L_ret)"],
];

/** One study: its progress, tree and frontiers, kept up to date by live events. */
export class StudyPage {
  constructor(view, id) {
    this.view = view;
    this.closed = false;
    this.path = `/api/studies/${encodeURIComponent(id)}`;
    this.refresh = coalesced(() => this.load(), 300);
    this.redraw = coalesced(() => this.drawFrontiers(), 300);
    this.recount = coalesced(() => this.loadProgress(), 1500);
  }

  async load() {
    const study = await json(this.path);
    if (this.closed) return;
    this.tree = new StageTree(study.stages);
    this.head = element("div");
    this.comparison = element("div", { class: "scroll" });
    this.figures = FIGURES.map(([name, caption]) => [
      name,
      element("figure", {}, element("figcaption", {}, caption), element("div")),
    ]);
    this.drawHead(study);
    this.view.replaceChildren(
      this.head,
      element("h2", {}, "Frontier"),
      element("div", { class: "figures" }, this.figures.map(([, figure]) => figure)),
      this.comparison,
      element("h2", {}, "Stages"),
      this.tree.root,
    );
    document.title = `${study.name} · Holdfast`;
    await this.drawFrontiers();
  }

  async loadProgress() {
    const study = await json(this.path);
    if (!this.tree) return;
    this.drawHead(study);
    this.tree.reconcile(study.stages);
  }

  drawHead(study) {
    const p = study.progress;
    const counts = [
      `${p.trained} of ${p.stages} stages trained`,
      `${p.evaluated} of ${p.evaluations} evaluations`,
      `${short(p.tokens)} of ${short(p.total_tokens)} tokens`,
    ];
    if (p.failed) counts.push(`${p.failed} failed, ${p.blocked} wait for them`);
    if (p.tokens_per_second) counts.push(`${short(p.tokens_per_second)} tokens/s`);
    if (p.eta_seconds) counts.push(`about ${span(p.eta_seconds)} left`);
    const link = (name, text) => element("a", { href: `${this.path}/${name}` }, text);
    const children = [
      element("h1", {}, study.name),
      study.question ? element("p", { class: "question" }, study.question) : null,
      element("p", {}, state(study.state), " ", element("span", { class: "soft" }, counts.join(" · "))),
      element("div", { class: "overall" }, bar(p.tokens, p.total_tokens, "tokens of the whole study")),
      study.reasons.length
        ? element("ul", { class: "reasons" }, study.reasons.map((r) => element("li", {}, r)))
        : null,
      element(
        "nav",
        { class: "links", "aria-label": "results" },
        link("report.html", "Report"),
        link("summary.txt", "Summary"),
        link("points.csv", "Points (CSV)"),
        link("evaluations.csv", "Evaluations (CSV)"),
        link("study.yaml", "Study file"),
      ),
    ];
    this.head.replaceChildren(...children.filter((child) => child !== null));
  }

  async drawFrontiers() {
    if (!this.figures) return;
    await Promise.all(
      this.figures.map(async ([name, figure]) => {
        const response = await fetch(`${this.path}/figures/${name}.svg`);
        if (!response.ok) return;
        const svg = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
        figure.lastChild.replaceChildren(document.importNode(svg.documentElement, true));
      }),
    );
    const frontiers = await json(`${this.path}/frontiers`);
    this.comparison.replaceChildren(...frontiers.comparisons.map(comparisonTable));
  }

  on(event, data) {
    if (event === "resync") this.refresh();
    else if (event === "frontier") this.redraw();
    else if (event === "study") this.recount();
    else if (event === "stage" || event === "progress") {
      if (!this.tree?.update(event, data)) this.refresh();
      if (event === "stage" && data.state === "FAILED") this.refresh();
    } else if (event === "evaluation") {
      const stage = this.tree?.stages.get(data.stage_id);
      if (stage) {
        stage.evaluated = Math.min(stage.evaluated + 1, stage.evaluations);
        this.tree.draw(stage);
      }
    }
    this.recount();
  }
}

function comparisonTable(comparison) {
  const rows = [...comparison.retained.at];
  if (rows.length === 0) {
    return element(
      "p",
      { class: "soft" },
      `“${comparison.other}” and “${comparison.baseline}” have no range of L_ft in common yet.`,
    );
  }
  const number = (text) => element("td", { class: "number" }, text);
  const interval = (gap) =>
    gap.low === undefined ? "–" : `${gap.low.toFixed(3)} to ${gap.high.toFixed(3)}`;
  const spread = (s) => s.mean.toFixed(3) + (s.sd === undefined ? "" : ` (${s.sd.toFixed(3)})`);
  return element(
    "table",
    {},
    element(
      "caption",
      { class: "small soft" },
      `L_ret at matched L_ft, mean (sd) over seeds; gap = ${comparison.baseline} − ${comparison.other}`,
    ),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ["L_ft", comparison.baseline, comparison.other, "gap", "95 % interval", "n"].map((name) =>
          element("th", { scope: "col", class: "number" }, name),
        ),
      ),
    ),
    element(
      "tbody",
      {},
      rows.map((row) =>
        element(
          "tr",
          {},
          number(row.matched_at.toFixed(3)),
          number(spread(row.baseline)),
          number(spread(row.other)),
          number(spread(row.gap)),
          number(interval(row.gap)),
          number(row.gap.n),
        ),
      ),
    ),
  );
}
