// The site's search. It is the site's own, the same for all months, and asks for the index when someone begins to search.
(() => {
  "use strict";
  const words = /* words */ {};
  const assets = new URL(".", document.currentScript.src);
  const SHOWN = 15, ALSO = 24, LEAST = 2, AROUND = 70;
  // How much a word counts by where it begins and ends, and by what it stands in.
  const EXACT = 8, START = 5, STEM = 3, INSIDE = 2;
  const IN_TITLE = 6, IN_HEADINGS = 2, IN_TEXT = 1;
  const ENDINGS = /(enes|ene|ers|ens|ets|er|en|et|es|e|s|a)$/;

  const element = (name, attributes = {}, ...inner) => {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...inner);
    return made;
  };
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // As long as the text itself, so that what is found in the one is in the same place in the other.
  const fold = (text) =>
    Array.from(text, (sign) => ({ø: "o", æ: "a"})[sign.toLowerCase()] ?? sign.toLowerCase().normalize("NFD")[0]).join("");
  const isLetter = (sign) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

  // The best that a word is in a folded text: {score, at}, or nothing. inside: whether it may begin within another.
  function bestOf(text, word, inside = false) {
    let best = null;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const starts = !isLetter(text[at - 1]), ends = !isLetter(text[at + word.length]);
      const score = starts && ends ? EXACT : starts ? START : inside && word.length > LEAST ? INSIDE : 0;
      if (score > (best?.score ?? 0)) best = {score, at, length: word.length};
    }
    return best;
  }

  // A word as it is, else without its ending: «løsningstider» finds «løsningstid». What is left of a word means nothing
  // within another: «Ørsta» is not in «største».
  function found(text, {word, inside}) {
    const stem = word.replace(ENDINGS, "");
    const asStem = () => (stem.length >= 4 && stem !== word ? bestOf(text, stem) : null);
    const best = bestOf(text, word, inside) ?? asStem();
    return best && best.length < word.length ? {...best, score: Math.min(best.score, STEM)} : best;
  }

  let loading = null;
  const load = () =>
    (loading ??= new Promise((done, failed) => {
      const script = element("script", {src: new URL("search-index.js", assets)});
      script.onload = () => done(prepared(window.searchIndex));
      script.onerror = failed;
      document.head.append(script);
    }));

  // One entry for each variant of a place, with its texts folded once.
  function prepared({folders, places}) {
    const months = folders.map((folder) => fold(`${folder.month} ${folder.status}`));
    return places.map(([page, id, variants]) =>
      variants.map(([title, headings, text, of]) => ({
        page, id, title, headings, text, of: of.map((number) => ({...folders[number], folded: months[number]})),
        parts: [[fold(title), IN_TITLE], [fold(headings), IN_HEADINGS], [fold(text), IN_TEXT]],
      })));
  }

  // What a variant counts for, how much of its title is asked for, and the folders that are meant; words that name months
  // choose among these.
  function match(variant, asked) {
    let score = 0, called = 0, at = null, folders = variant.of;
    for (const word of asked) {
      const hits = variant.parts.map(([text, weight]) => ({hit: found(text, word), weight})).filter(({hit}) => hit);
      const inMonth = folders.filter((folder) => bestOf(folder.folded, word.word));
      if (!hits.length && !inMonth.length) return null;
      score += Math.max(inMonth.length && EXACT, ...hits.map(({hit, weight}) => hit.score * weight));
      if (inMonth.length) folders = inMonth;
      called += hits.find(({weight}) => weight === IN_TITLE)?.hit.length ?? 0;
      at ??= hits.find(({weight}) => weight === IN_TEXT)?.hit ?? null;
    }
    return {variant, folders, score, called: called / variant.title.length, at};
  }

  // One result a place: its best variant, the newest among equals, and the other months. What is called so and no more
  // comes before what has the word in a long title.
  function search(index, query) {
    const given = fold(query).split(/[^\p{L}\p{N}-]+/u).filter((word) => word.length >= LEAST);
    if (!given.length) return null;
    // Within other words it is looked for where no word begins so: «tid» is in «løsningstid».
    const begins = (word) => index.some((variants) => variants.some(({parts}) => parts.some(([text]) => bestOf(text, word))));
    const asked = given.map((word) => ({word, inside: !begins(word)}));
    const results = [];
    for (const variants of index) {
      const hits = variants.map((variant) => match(variant, asked)).filter(Boolean);
      if (!hits.length) continue;
      const best = hits.reduce((one, other) => (other.score > one.score ? other : one));
      const folders = [...new Map(hits.flatMap((hit) => hit.folders).map((one) => [one.name, one])).values()];
      results.push({...best, folder: best.folders[0], others: folders.filter((one) => one.name !== best.folders[0].name)});
    }
    return results.sort((one, other) => other.score - one.score || other.called - one.called);
  }

  function address(folder, {page, id}) {
    const to = new URL(`../${folder.name}/${page}`, assets);
    to.hash = id;
    return to.href;
  }

  function snippet({text}, at) {
    const hit = at ?? {at: 0, length: 0};
    let from = Math.max(0, hit.at - AROUND), to = Math.min(text.length, hit.at + hit.length + AROUND);
    if (from) from = text.indexOf(" ", from) + 1 || from;
    if (from > hit.at) from = hit.at;
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), hit.at + hit.length);
    return element("p", {class: "search-text"},
      from ? "… " : "", text.slice(from, hit.at), element("mark", {}, text.slice(hit.at, hit.at + hit.length)),
      text.slice(hit.at + hit.length, to), to < text.length ? " …" : "");
  }

  function shown({variant, folder, others, at}) {
    const status = folder.beside.includes(variant.page) ? [] : [
      element("span", {class: folder.draft ? "search-status draft" : "search-status"}, folder.status)];
    const where = [folder.month, variant.headings].filter(Boolean).join(" · ");
    const item = element("li", {},
      element("a", {href: address(folder, variant)}, variant.title),
      element("p", {class: "search-where"}, where, " ", ...status));
    if (variant.text) item.append(snippet(variant, at));
    if (others.length) {
      const links = others.slice(0, ALSO).flatMap((other) => [" ", element("a", {href: address(other, variant),
        "aria-label": `${variant.title}, ${other.month}`}, other.month + (other.draft ? ` (${other.status.toLowerCase()})` : ""))]);
      item.append(element("p", {class: "search-also"}, words.also, ...links));
    }
    return item;
  }

  const input = element("input", {type: "search", id: "search-query", autocomplete: "off", spellcheck: "false"});
  const said = element("p", {role: "status", class: "search-said"});
  const list = element("ol", {class: "search-found", "aria-label": words.results, hidden: ""});
  const asking = element("div", {class: "search-asking"}, element("label", {for: input.id}, words.label), input);
  const box = element("div", {class: "search", role: "search"}, asking, said, list);

  function show(query, results) {
    const count = results?.length ?? 0;
    const text = !results ? "" : count === 0 ? words.none : count === 1 ? words.one : count > SHOWN ? words.first : words.many;
    said.textContent = filled(text, {query, count, shown: SHOWN});
    list.replaceChildren(...(results ?? []).slice(0, SHOWN).map(shown));
    list.hidden = !count;
  }

  async function answer() {
    const query = input.value.trim();
    try {
      const index = await load();
      if (query === input.value.trim()) show(query, search(index, query));
    } catch {
      loading = null;
      said.textContent = words.failed;
    }
  }

  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(answer, 120);
  });
  // Enter and the arrows lead into the results, Escape out of them.
  box.addEventListener("keydown", async (event) => {
    const {key, target} = event;
    if (!["Enter", "ArrowDown", "ArrowUp", "Escape"].includes(key) || (key === "Enter" && target !== input)) return;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (key === "Escape") {
      input.value = "";
      show("", null);
      return input.focus();
    }
    if (key === "Enter") {
      clearTimeout(waiting);
      await answer();
    }
    const stops = [input, ...list.querySelectorAll("li > a")];
    const now = target === input ? 0 : stops.indexOf(target.closest("li")?.querySelector("a"));
    stops[Math.max(0, Math.min(stops.length - 1, now + (key === "ArrowUp" ? -1 : 1)))].focus();
  });

  document.head.append(element("link", {rel: "stylesheet", href: new URL("search.css", assets)}));
  // At the top of the page, in one line with whose it is.
  const organisation = document.querySelector("header.title .organisation");
  organisation?.replaceWith(box);
  if (organisation) box.prepend(organisation);
})();
