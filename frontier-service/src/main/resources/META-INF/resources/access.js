import { element } from "./dom.js";

const START = "#token=";
let refused = "";

/** Exchanges the token for a cookie that lets this browser read. */
async function signIn(token) {
  const response = await fetch("/api/session", {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error("This token is not known here.");
}

/** Takes the token out of the address, where neither the history nor a bookmark may keep it. */
export async function acceptLink() {
  if (!location.hash.startsWith(START)) return;
  const token = decodeURIComponent(location.hash.slice(START.length));
  history.replaceState(null, "", location.pathname);
  await signIn(token).catch((problem) => {
    refused = problem.message; // Shown with the form, if this browser is not signed in already.
  });
}

/** Asks for a token, and calls back once it was a good one. */
export function signInForm(signedIn) {
  const token = element("input", { type: "password", name: "token", autocomplete: "off", required: "" });
  const problem = element("p", { role: "alert" }, refused);
  refused = "";
  const form = element(
    "form",
    {},
    element("h1", {}, "Sign in"),
    element("p", {}, "Open the link that ", element("code", {}, "./holdfast status"), " shows, or paste a token."),
    element("label", {}, "Token ", token),
    " ",
    element("button", {}, "Sign in"),
    problem,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await signIn(token.value.trim());
      signedIn();
    } catch (failure) {
      problem.textContent = failure.message;
    }
  });
  return form;
}
