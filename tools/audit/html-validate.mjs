// Rules of html-validate for `make audit`, each exception with its reason. tools/audit-html.sh runs it on the built site.
export default {
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    // VoiceOver forgets a list without marks and a table whose rows are blocks: the roles bring them back.
    "no-redundant-role": "off",
    "prefer-native-element": ["error", { exclude: ["list"] }],
    // Styles and scripts come from the site itself, as the Content-Security-Policy demands.
    "require-sri": "off",
    // The contents stand in the page twice under one name, and the style sheet shows one of them (axe sees which).
    "unique-landmark": "off",
    // The reading settings hold at once and are never sent.
    "wcag/h32": "off",
    // A list may have a name.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // rel="edit" is a registered type of link, and tells our own tests which link leads to a page's source.
    "attribute-misuse": "off",
  },
};
