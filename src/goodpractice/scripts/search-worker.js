// Runs the search beside the page. One message in, one message out, told apart by their number.
//
// On a phone the way there and back takes longer than the bytes do. So the first file of the index and all scripts of the
// search are asked for at once, and not each when the one before it has come and names it.

const { language } = Object.fromEntries(new URL(self.location.href).searchParams);
const head = fetch(new URL("../search/index.json", import.meta.url), { cache: "no-cache" });
const scripts = Promise.all(["engine", "excerpts", "index", "question", "words"].map((part) => import(`./search-${part}.js`)));
const starting = scripts.then(([{ SearchEngine }]) => new SearchEngine(language, head));
// The engine asks again for a head that did not come. Without its scripts it is left to the page.
head.catch(() => {});
starting.catch(reportError);

self.addEventListener("message", async ({ data }) => {
  const engine = await starting;
  try {
    const answer = data.asked ? await engine.search(data.asked) : { questions: (await engine.load()).terms.questions };
    self.postMessage({ number: data.number, answer });
  } catch (/** @type {any} */ error) {
    self.postMessage({ number: data.number, problem: String(error?.message ?? error) });
  }
});
