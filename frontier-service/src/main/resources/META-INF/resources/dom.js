/** Makes an element: attributes by name, text and elements as children. Text is never parsed. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** 950, 12.3k, 4.50M */
export function short(value) {
  const units = ["", "k", "M", "G", "T"];
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? Math.round(value) : value.toPrecision(3) + units[unit];
}

/** A time span in its two largest units. */
export function span(seconds) {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

export function state(name) {
  return element("span", { class: `state ${name}` }, name.toLowerCase());
}

export function bar(done, total, label) {
  return element("progress", { value: total > 0 ? Math.min(done / total, 1) : 0, max: 1, "aria-label": label });
}

export async function json(path) {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    const error = new Error(problem.detail ?? `${path} answers ${response.status}`);
    error.status = response.status;
    throw error;
  }
  return response.json();
}

/** Runs a task soon after it is asked for, once for many askings, and never twice at a time. */
export function coalesced(task, delay) {
  let timer = null;
  let running = false;
  let again = false;
  const run = async () => {
    timer = null;
    running = true;
    try {
      await task();
    } finally {
      running = false;
      if (again) {
        again = false;
        ask();
      }
    }
  };
  const ask = () => {
    if (running) {
      again = true;
    } else if (timer === null) {
      timer = setTimeout(run, delay);
    }
  };
  return ask;
}
