// What a reader of the page, as it is shown now, cannot see whole or cannot reach: one line each.
(media) => {
  const SLACK = 1.5;
  const found = new Set();
  const root = document.documentElement, width = root.clientWidth;
  const named = (element) => {
    const near = element.closest("[id]");
    const own = element.tagName.toLowerCase() + (element.className ? "." + String(element.className).split(" ")[0] : "");
    return near && near !== element ? `${own} in #${near.id}` : near ? `${own}#${near.id}` : own;
  };
  const say = (what, element, text = "") => found.add(`${what}: ${named(element)}${text && ` «${text.slice(0, 40)}»`}`);
  const seen = (element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const styles = new Map();
  const style = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  const scrolls = (element) => ["auto", "scroll"].includes(style(element).overflowX);
  const overflows = (element) => element.scrollWidth > element.clientWidth + SLACK;
  // On paper nothing scrolls.
  const mayScroll = (element) => media !== "print" && scrolls(element) && element.querySelector("table") !== null;

  // The part of the page that an element can be seen in, sideways and downwards.
  const edges = new Map([[null, {left: 0, right: width, bottom: Infinity}]]);
  const edgesOf = (element) => {
    if (edges.has(element)) return edges.get(element);
    let within = edgesOf(element.parentElement);
    const box = element.getBoundingClientRect();
    if (element !== root && element !== document.body) {
      if (mayScroll(element)) within = {left: -Infinity, right: Infinity, bottom: within.bottom};
      else if (style(element).overflowX !== "visible")
        within = {...within, left: Math.max(within.left, box.left), right: Math.min(within.right, box.right)};
      if (["hidden", "clip"].includes(style(element).overflowY)) within = {...within, bottom: Math.min(within.bottom, box.bottom)};
    }
    edges.set(element, within);
    return within;
  };
  const isCut = (box, within) =>
    box.right > within.right + SLACK || box.left < within.left - SLACK || box.bottom > within.bottom + SLACK;
  // Put out of sight on purpose, for those who hear the page.
  const isAside = (box) => box.right <= 0 || box.width <= 1 || box.height <= 1;

  if (root.scrollWidth > width + SLACK) found.add(`the page itself is wider than the screen: ${root.scrollWidth} > ${width}`);

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement, text = node.data.trim();
    if (!text || !seen(element) || element.closest("script, style, svg")) continue;
    const own = element.getBoundingClientRect();
    if (own.width <= 1 || own.height <= 1) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (!isAside(box) && isCut(box, edgesOf(element))) { say("text cut off", element, text); break; }
  }
  for (const cell of document.querySelectorAll("th, td"))
    if (seen(cell) && overflows(cell)) say("text runs out of its cell", cell, cell.innerText);
  for (const image of document.querySelectorAll("img, svg")) {
    if (!seen(image) || image.closest("[aria-hidden=true] svg")) continue;
    const box = image.getBoundingClientRect();
    if (image.tagName === "IMG" && image.loading !== "lazy" && !(image.complete && image.naturalWidth)) say("no picture", image, image.src);
    if (!isAside(box) && isCut(box, edgesOf(image.parentElement))) say("picture cut off", image, image.alt ?? "");
  }
  if (media !== "print")
    for (const element of document.querySelectorAll("body *")) {
      const canFocus = element.getAttribute("tabindex") === "0";
      if (!seen(element) || !scrolls(element) || (!canFocus && !overflows(element))) continue;
      if (overflows(element) && !element.querySelector("table")) say("scrolls sideways, and is no table", element);
      if (overflows(element) && !canFocus) say("scrolls sideways, and cannot be focused", element);
      if (!overflows(element) && canFocus) say("can be focused, and has nothing to scroll to", element);
    }
  return [...found];
}
