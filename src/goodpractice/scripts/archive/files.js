// In the zip file of the site, this does what a web server does elsewhere. A page that a browser opens from the file system
// loads classic scripts, and nothing else: no modules, no requests, no workers. So each script there, and each file that
// scripts fetch, is a classic script that hands over what it holds (outputs/file_scripts.py).
{
  const SITE = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  /** @typedef {{content: Promise<any>, resolve: (content: any) => void, reject: (error: Error) => void}} Handed */
  /** @type {Map<string, Handed>} */
  const files = new Map();

  /** @param {string} address */
  const expect = (address) => {
    const file = /** @type {Handed} */ ({});
    file.content = new Promise((resolve, reject) => Object.assign(file, { resolve, reject }));
    files.set(address, file);
    return file;
  };

  /**
   * What a file hands over; it is loaded when somebody asks for it first.
   *
   * @param {string} address
   */
  const load = (address) => {
    const known = files.get(address);
    if (known) return known.content;
    const file = expect(address);
    const script = document.createElement("script");
    script.src = address;
    script.onerror = () => {
      files.delete(address);
      file.reject(new Error(address));
    };
    document.head.append(script);
    return file.content;
  };

  /**
   * `fetch` for the scripts of the site: a folder stands for its page, and every address ends where its file does.
   *
   * @param {string | URL} address
   */
  const fetchFile = async (address) => {
    const path = new URL(address, location.href).href.replace(/[?#].*/, "");
    return new Response(await load(`${path.replace(/\/$/, "/index.html")}.js`));
  };

  /** @param {any} content */
  const hand = (content) => {
    const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
    (files.get(src) ?? expect(src)).resolve(content);
  };

  window.gpScript = (run) => {
    const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
    hand(run((path) => load(new URL(path, src).href), src, fetchFile));
  };
  window.gpFile = (text) => hand(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));

  // Scripts write addresses of pages as they are on the site: there a folder answers with its page.
  new MutationObserver(() => {
    for (const link of document.links) {
      if (link.href.startsWith(SITE) && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
  }).observe(document, { attributeFilter: ["href"], childList: true, subtree: true });
}
