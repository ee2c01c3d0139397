// Stands in for jQuery, of which the widgets want no more than this.

export default function $(element: HTMLElement): object {
  return { 0: element, empty: () => element.replaceChildren() };
}
