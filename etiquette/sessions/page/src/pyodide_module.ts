// Pyodide's own module, for the bundler to include: its package neither exports nor describes it.

// @ts-expect-error
export { default } from "../node_modules/pyodide/pyodide.asm.mjs";
