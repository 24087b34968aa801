type Attributes = Readonly<Record<string, string | undefined>>;

/** An element with its attributes, those that are undefined left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  setAll(created, attributes);
  created.append(...children);
  return created;
}

export function setAll(target: Element, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) target.removeAttribute(key);
    else if (target.getAttribute(key) !== value) target.setAttribute(key, value);
  }
}

export function button(text: string, run: () => void): HTMLButtonElement {
  const created = element('button', { type: 'button' }, text);
  created.addEventListener('click', run);
  return created;
}

/** A box to tick, with its name behind it. */
export function toggle(
  name: string,
  changed: (isOn: boolean) => void,
): { readonly label: HTMLElement; readonly input: HTMLInputElement } {
  const input = element('input', { type: 'checkbox' });
  input.addEventListener('change', () => changed(input.checked));
  return { label: element('label', {}, input, ` ${name}`), input };
}

/** Text for those who hear the page instead of seeing it. */
export const spoken = (text: string): HTMLElement => element('span', { class: 'spoken' }, text);

/** What is seen and not spoken. */
export const seen = (text: string, name?: string): HTMLElement =>
  element('span', { class: name, 'aria-hidden': 'true' }, text);

/**
 * Lengths that are known only while the page runs, as custom properties of a class in a style sheet of the page's own:
 * its policy allows no style in an element.
 */
export function lengthsOf(className: string): (lengths: Readonly<Record<string, string>>) => void {
  const sheet = new CSSStyleSheet();
  sheet.insertRule(`.${className} {}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const rule = sheet.cssRules[0];
  return (lengths) => {
    if (!(rule instanceof CSSStyleRule)) return;
    for (const [name, value] of Object.entries(lengths)) rule.style.setProperty(name, value);
  };
}
