// The only way this view makes elements: names and text, never markup.

type Child = Node | string | null;

export interface Props {
  readonly class?: string;
  /** Attributes; `null` leaves one out. */
  readonly attrs?: Readonly<Record<string, string | null>>;
  readonly data?: Readonly<Record<string, string>>;
  readonly onClick?: (event: MouseEvent) => void;
}

/** Makes an element. Strings become text nodes. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element: HTMLElementTagNameMap[K] = document.createElement(tag);
  if (props.class !== undefined) element.className = props.class;
  for (const [name, value] of Object.entries(props.attrs ?? {})) setAttribute(element, name, value);
  for (const [name, value] of Object.entries(props.data ?? {})) element.dataset[name] = value;
  const { onClick } = props;
  if (onClick !== undefined) (element as HTMLElement).addEventListener('click', onClick);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Sets an attribute, or takes it away when `value` is `null`; does nothing when it is so already. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Shows or hides an element. What is so already is not touched: that too would be styled anew. */
export function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/** Sets an element's text; does nothing when it is so already, so that nothing is spoken twice. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Makes `children` the children of `parent`. First what goes, so that nothing that stays is moved
 * without need: it would lose focus, selection and place.
 */
export function setChildren(parent: Element, children: readonly Node[]): void {
  const wanted = new Set<Node>(children);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let next: ChildNode | null = parent.firstChild;
  for (const child of children) {
    if (child === next) next = next.nextSibling;
    else parent.insertBefore(child, next);
  }
}
