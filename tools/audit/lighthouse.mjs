// Asks Lighthouse about pages of built sites, as a telephone on slow 4G (its own defaults), and prints what it says as JSON.
// node lighthouse.mjs CHROME RUNS SITES.json, where SITES.json holds {name: {folder, pages: {name: address}}}.
// Pages are served compressed, as GitHub Pages does. The runs of all pages take turns, so that a busy moment hurts all.
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { createGzip } from "node:zlib";
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, runs, sitesFile] = process.argv.slice(2);
const sites = JSON.parse(readFileSync(sitesFile, "utf-8"));
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".webp": "image/webp",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};
const COMPRESSED = new Set([".html", ".css", ".js", ".json", ".svg", ".txt", ".xml"]);

const serve = (folder) =>
  new Promise((done) => {
    const server = createServer((request, response) => {
      let file = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)));
      if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
      if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end();
      const kind = extname(file);
      const headers = { "content-type": TYPES[kind] ?? "application/octet-stream", "cache-control": "max-age=600" };
      if (!COMPRESSED.has(kind)) return createReadStream(file).pipe(response.writeHead(200, headers));
      response.writeHead(200, { ...headers, "content-encoding": "gzip" });
      createReadStream(file).pipe(createGzip()).pipe(response);
    });
    server.listen(0, "127.0.0.1", () => done(server));
  });

const CATEGORIES = { performance: "performance", accessibility: "accessibility", practices: "best-practices", seo: "seo" };
const FIGURES = {
  paint: "largest-contentful-paint",
  blocking: "total-blocking-time",
  shift: "cumulative-layout-shift",
  bytes: "total-byte-weight",
};

const chrome = await chromeLauncher.launch({
  chromePath,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const results = {};
let version = "";
let browser = "";
try {
  const served = {};
  for (const [site, { folder }] of Object.entries(sites)) served[site] = await serve(folder);
  for (let run = 0; run < Number(runs); run += 1) {
    for (const [site, { pages }] of Object.entries(sites)) {
      for (const [page, address] of Object.entries(pages)) {
        const url = `http://127.0.0.1:${served[site].address().port}/${address}`;
        const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: "error", output: "json" });
        version = lhr.lighthouseVersion;
        browser = lhr.environment.hostUserAgent.match(/Chrome\/([\d.]+)/)[1];
        const told = { lost: [] };
        for (const [name, id] of Object.entries(CATEGORIES)) {
          told[name] = Math.round(lhr.categories[id].score * 100);
          if (name === "performance") continue;
          for (const { id: audit } of lhr.categories[id].auditRefs) {
            const { score, scoreDisplayMode, title } = lhr.audits[audit];
            if (scoreDisplayMode === "binary" && score !== 1) told.lost.push(`${audit}: ${title}`);
          }
        }
        for (const [name, id] of Object.entries(FIGURES)) told[name] = lhr.audits[id].numericValue;
        ((results[site] ??= {})[page] ??= []).push(told);
        process.stderr.write(`${site} ${page}: ${told.performance} ${told.accessibility} ${told.practices} ${told.seo}\n`);
      }
    }
  }
  for (const server of Object.values(served)) server.close();
} finally {
  chrome.kill();
}
process.stdout.write(JSON.stringify({ lighthouse: version, chromium: browser, results }));
process.exit(0);
