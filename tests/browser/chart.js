// Of an SVG file that is open by itself: its width in units of its own, its texts beyond its edges, the smallest text.
// Letters that are drawn as paths stand in a group called text_…, scaled to a hundredth of their size.
() => {
  const svg = document.documentElement, page = svg.getBoundingClientRect();
  const units = svg.viewBox.baseVal?.width || page.width, scale = page.width / units, slack = 0.75 * scale;
  const texts = [...svg.querySelectorAll("text, g[id^=text_]")].filter((one) => one.getBoundingClientRect().width);
  const size = (one) => {
    const drawn = one.tagName === "g" && one.querySelector("[transform*=scale]");
    if (drawn) return 100 * Number(/scale\(([\d.]+)/.exec(drawn.getAttribute("transform"))[1]);
    return parseFloat(getComputedStyle(one).fontSize);
  };
  const beyond = texts.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.left < page.left - slack || box.right > page.right + slack || box.top < page.top - slack || box.bottom > page.bottom + slack;
  });
  return {units, beyond: beyond.map((one) => one.id || one.textContent.trim()), smallest: Math.min(...texts.map(size)), count: texts.length};
}
