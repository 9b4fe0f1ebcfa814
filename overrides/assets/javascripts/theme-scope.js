// The theme's own first script (9.8.1, partials/javascripts/base.html), as a file, so that the
// Content-Security-Policy needs to allow no inline script. The page says in data-scope where the site begins.
__md_scope = new URL(document.currentScript.dataset.scope, location)
__md_hash = text => [...text].reduce((hash, character) => (hash << 5) - hash + character.charCodeAt(0), 0)
__md_get = (key, storage = localStorage, scope = __md_scope) => JSON.parse(storage.getItem(scope.pathname + "." + key))
__md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try {
    storage.setItem(scope.pathname + "." + key, JSON.stringify(value))
  } catch (error) {}
}
