// Runs the search beside the page. One message in, one message out, told apart by their number.
import { SearchEngine } from "./search-engine.js";

const engine = new SearchEngine(new URL(self.location.href).searchParams.get("language") ?? "");

self.addEventListener("message", async ({ data }) => {
  try {
    const answer = data.asked ? await engine.search(data.asked) : { questions: (await engine.load()).terms.questions };
    self.postMessage({ number: data.number, answer });
  } catch (/** @type {any} */ error) {
    self.postMessage({ number: data.number, problem: String(error?.message ?? error) });
  }
});
