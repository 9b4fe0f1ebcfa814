// The scripts of the package; tools/audit-scripts.sh runs it. Names that nobody declares are found by the type checker.
import js from "@eslint/js";

// Marks that are written as escapes are meant as they are.
const rules = { "no-undef": "off", "no-misleading-character-class": ["error", { allowEscape: true }] };

export default [{ ignores: ["**/snowball/**"] }, js.configs.recommended, { rules }];
