// Stands in for `@lumino/widgets`, whose one file has docks, menus and tabs in it: what the widgets need, from its sources.

export * from "../node_modules/@lumino/widgets/src/layout.ts";
export * from "../node_modules/@lumino/widgets/src/panel.ts";
export * from "../node_modules/@lumino/widgets/src/panellayout.ts";
export * from "../node_modules/@lumino/widgets/src/widget.ts";
