// Answers questions about an index on standard input, one JSON a line: the scripts of the search without a browser.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

globalThis.fetch = async (address) => {
  const file = new URL(address);
  file.search = "";
  try {
    return new Response(await readFile(file));
  } catch {
    return new Response("", { status: 404 });
  }
};

const script = (name) => import(`${pathToFileURL(process.argv[2])}/assets/scripts/${name}.js`);
const { SearchIndex } = await script("search-index");
const { SearchEngine } = await script("search-engine");
const words = await script("search-words");

const give = (found) => found && { ...found, pages: [...found.pages] };

const answers = {
  letters: () => words.LETTERS,
  fold: (texts) => texts.map(words.fold),
  joinCompounds: (texts) => texts.map(words.joinCompounds),
  stem: async ([algorithm, texts]) => texts.map((await script(`stemmer-${algorithm}`)).stem),
  analyze: async ([language, texts]) => {
    const index = await SearchIndex.open(language);
    await index.load();
    return texts.map((text) => index.analyze(text));
  },
  look: async ([language, asked, prefixes, ids]) => {
    const index = await SearchIndex.open(language);
    await index.load();
    const found = await Promise.all(asked.map((word) => index.lookup(word)));
    return {
      found: found.map(give),
      begun: (await Promise.all(prefixes.map((prefix) => index.beginning(prefix)))).map((list) => list.map(give)),
      hits: index.score(found.filter(Boolean).map((word, at) => [word, 1 + at / 4])),
      records: await Promise.all(ids.map(async (id) => [await index.record(id), (await index.record(id)).sections.length > 1 ? await index.texts(id) : []])),
    };
  },
};

answers.search = async ([language, questions]) => {
  const engine = new SearchEngine(language);
  return Promise.all(questions.map((question) => engine.search(question)));
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, asked] = JSON.parse(line);
  let answer;
  try {
    answer = { answer: await answers[name](asked) };
  } catch (error) {
    answer = { problem: String(error.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
