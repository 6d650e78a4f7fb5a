import { bar, element, short, span, state } from "./dom.js";

const KINDS = { PRETRAIN: "pretrain", POST_TRAIN: "post-train", FINE_TUNE: "fine-tune" };

/** A study's stages as a nested list whose rows follow live events. */
export class StageTree {
  constructor(stages) {
    this.rows = new Map();
    this.stages = new Map(stages.map((stage) => [stage.id, { ...stage }]));
    this.root = element("ul", { class: "tree", "aria-label": "stages" });
    const lists = new Map();
    for (const stage of this.stages.values()) {
      const row = element("div", { class: "stage" });
      const children = element("ul");
      lists.set(stage.id, children);
      this.rows.set(stage.id, row);
      const parent = lists.get(stage.parent) ?? this.root;
      parent.append(element("li", {}, row, children));
      this.draw(stage);
    }
  }

  /** Takes a stage or progress event in; false when the stage is not known. */
  update(event, change) {
    const stage = this.stages.get(change.stage_id);
    if (!stage) return false;
    if (event === "progress") {
      Object.assign(stage, change, { state: "TRAINING" });
    } else {
      stage.state = change.state;
      stage.attempt = change.attempt;
      if (change.state !== "TRAINING") stage.tokens_per_second = null;
      if (change.state === "TRAINED") stage.tokens = stage.total_tokens;
    }
    this.draw(stage);
    return true;
  }

  /** Takes the stages as the server has them, which mends whatever an event before them missed. */
  reconcile(stages) {
    for (const stage of stages) {
      if (JSON.stringify(stage) !== JSON.stringify(this.stages.get(stage.id))) {
        this.stages.set(stage.id, { ...stage });
        this.draw(stage);
      }
    }
  }

  draw(stage) {
    const what = [KINDS[stage.kind], stage.recipes.join(" + "), stage.settings, `seed ${stage.seed}`]
      .filter((part) => part)
      .join(" · ");
    this.rows.get(stage.id).replaceChildren(
      state(stage.state),
      element("span", { class: "what", title: stage.id }, what),
      bar(stage.tokens, stage.total_tokens, `tokens of ${what}`),
      element("span", { class: "numbers" }, numbers(stage)),
    );
  }
}

/** Such as "waits for capitals@1 since 10:02: it does not answer". */
function waits(wait) {
  const since = new Date(wait.since).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return `waits for ${wait.task} since ${since}: ${wait.reason}`;
}

function numbers(stage) {
  // Also of a trained stage, when its checkpoint cannot be scored.
  if (stage.failure) return stage.failure.message;
  for (const wait of stage.waiting ?? []) return waits(wait);
  if (stage.blocked_by) return "waits for a failed stage";
  const parts = [];
  if (stage.state === "TRAINING") {
    parts.push(`${short(stage.tokens)} of ${short(stage.total_tokens)}`);
    if (stage.tokens_per_second) {
      parts.push(`${short(stage.tokens_per_second)}/s`);
      parts.push(span((stage.total_tokens - stage.tokens) / stage.tokens_per_second));
    }
    if (stage.loss_nats_per_token) parts.push(`loss ${stage.loss_nats_per_token.toFixed(3)}`);
  } else if (stage.state === "TRAINED") {
    parts.push(`${short(stage.tokens)} tokens`);
    parts.push(`scored ${stage.evaluated}/${stage.evaluations}`);
  } else if (stage.state !== "WAITING") {
    parts.push(`${short(stage.total_tokens)} tokens`);
  }
  return parts.join(" · ");
}
