// What a page does besides being read: it marks in the menu where one is, lets what must be scrolled sideways be
// reached by keyboard, and leads to the same page of the months beside. Without it all of the page is there to read.
"use strict";

(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const menu = document.querySelector(".menu");
  const beside = window.matchMedia("(min-width: 64rem)");

  // Beside the text the menu is always open, and there is nothing to press; above it, it is opened by who wants it.
  function openWhereThereIsRoom() {
    menu.open = beside.matches;
    menu.querySelector("summary").tabIndex = beside.matches ? -1 : 0;
  }

  // A table or chart wider than its place is a region with a name, and only then.
  function reach(box) {
    const given = { tabindex: "0", role: "region", "aria-labelledby": box.dataset.named };
    for (const [name, value] of Object.entries(given)) {
      if (box.scrollWidth > box.clientWidth + 1) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  }

  function watchWidths() {
    const resized = new ResizeObserver((entries) => {
      new Set(entries.map((entry) => entry.target.closest("[data-named]"))).forEach(reach);
    });
    for (const box of all("[data-named]")) [box, ...box.children].forEach((one) => resized.observe(one));
  }

  // Where one is: the last heading that has come up to the upper third of the window.
  function watchHeadings() {
    const linkOf = new Map(all(".menu a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const headings = [...linkOf.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    const mark = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < window.innerHeight / 3);
      setCurrent(passed.length ? linkOf.get(passed.at(-1).id) : null);
    };
    // All that is above the line counts as seen, so that a leap over many headings is noticed as well.
    const seen = new IntersectionObserver(mark, { rootMargin: "1000000px 0px -66% 0px" });
    headings.forEach((heading) => seen.observe(heading));
  }

  function setCurrent(link) {
    all(".menu [aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    menu.querySelector(".here").textContent = link ? link.textContent : "";
    if (!link) return;
    link.setAttribute("aria-current", "location");
    const list = link.closest(".menu-list");
    const [inner, outer] = [link, list].map((one) => one.getBoundingClientRect());
    const isHidden = inner.top < outer.top || inner.bottom > outer.bottom;
    if (isHidden) list.scrollTop += inner.top - outer.top - outer.height / 3;
  }

  function closeWhenUsed() {
    menu.addEventListener("click", (event) => {
      if (event.target.closest("a") && !beside.matches) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || beside.matches || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  // The site lists its months in a file of its own: a page that was approved is never written again.
  function leadToMonthsBeside() {
    const { month, page } = document.body.dataset;
    const having = (window.siteMonths || []).filter((one) => one.files.includes(page));
    const found = {
      previous: having.filter((one) => one.month < month).at(-1),
      next: having.find((one) => one.month > month),
    };
    for (const link of all("a[data-month]")) {
      const other = found[link.dataset.month];
      if (!other) continue;
      link.href = `../${other.month}/${page}${link.dataset.place || ""}`;
      link.querySelector(".name").textContent = other.name;
      link.hidden = false;
    }
  }

  // Not every browser opens by itself what a link leads into.
  function openWhereOneIsLed() {
    const led = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = led && led.closest("details:not([open])");
    if (!closed) return;
    closed.open = true;
    led.scrollIntoView();
  }

  watchWidths();
  leadToMonthsBeside();
  openWhereOneIsLed();
  window.addEventListener("hashchange", openWhereOneIsLed);
  if (menu) {
    openWhereThereIsRoom();
    beside.addEventListener("change", openWhereThereIsRoom);
    watchHeadings();
    closeWhenUsed();
  }
})();
