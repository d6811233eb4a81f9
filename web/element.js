// How anything comes onto the page: strings become text, never markup, and an address becomes a link only where it
// is one of the web. No other file makes elements.
// SPDX-License-Identifier: Apache-2.0

/** An element with a class and children: strings (as text), elements, or nothing. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** A link where the address is one of the web, else the words alone. */
export function link(address, words) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return element("span", "", words);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return element("span", "", words);
  const made = element("a", "", words);
  made.href = url.href;
  made.rel = "noopener noreferrer";
  return made;
}
