// What is shown stands in the address, so that it can be sent, and Back goes back:
// /?view=map&type=ASSAULT&type=PROTEST#r14.v11. The filters are those of the API, the part behind # is what is open:
// a report, an event, a happening, an actor.
// SPDX-License-Identifier: Apache-2.0

export const VIEWS = { chronology: "Chronology", map: "Map", reports: "Reports", actors: "Actors", sources: "Sources" } as const;
export type View = keyof typeof VIEWS;

/** Parameters that some views alone take; the others are filters of happenings. */
const OWN: Record<string, View[]> = { q: ["reports"], name: ["actors"], background: ["chronology", "map"] };

type Change = { view?: View; filters?: URLSearchParams; open?: string };

class Address {
  #search = $state(location.search);
  #hash = $state(location.hash);
  readonly #parameters = $derived(new URLSearchParams(this.#search));

  readonly view: View = $derived.by(() => {
    const named = this.#parameters.get("view");
    return named && named in VIEWS ? (named as View) : "chronology";
  });
  /** All but the view, as the API takes them. */
  readonly filters = $derived.by(() => {
    const filters = new URLSearchParams(this.#parameters);
    filters.delete("view");
    return filters;
  });
  readonly open = $derived.by(() => {
    try {
      return decodeURIComponent(this.#hash.slice(1));
    } catch {
      return "";
    }
  });

  /** What the API is asked for a view. */
  parametersFor(view: View): URLSearchParams {
    const takes = (name: string) => OWN[name]?.includes(view) ?? view !== "actors";
    return new URLSearchParams([...this.filters].filter(([name]) => takes(name)));
  }

  /** The address with these changes; what is not named stays. */
  to({ view = this.view, filters = this.filters, open = this.open }: Change): string {
    const parameters = new URLSearchParams(view === "chronology" ? {} : { view });
    for (const [name, value] of filters) parameters.append(name, value);
    const search = parameters.toString();
    return `/${search && `?${search}`}${open && `#${encodeURIComponent(open)}`}`;
  }

  go(address: string) {
    if (address === `/${location.search}${location.hash}`) return;
    history.pushState(null, "", address);
    this.read();
  }

  read() {
    this.#search = location.search;
    this.#hash = location.hash;
  }
}

export const address = new Address();

/** Filters in which `name` has these values alone. */
export function withValues(filters: URLSearchParams, name: string, ...values: string[]): URLSearchParams {
  const changed = new URLSearchParams(filters);
  changed.delete(name);
  for (const value of values) if (value) changed.append(name, value);
  return changed;
}

/** Links within the page change what is shown without asking for the page anew. */
export function followLinks(clicked: MouseEvent) {
  if (clicked.defaultPrevented || clicked.button !== 0 || clicked.metaKey || clicked.ctrlKey || clicked.shiftKey || clicked.altKey) return;
  const link = (clicked.target as Element).closest?.("a");
  if (!link || link.target || link.origin !== location.origin || link.pathname !== "/") return;
  clicked.preventDefault();
  address.go(`/${link.search}${link.hash}`);
}
