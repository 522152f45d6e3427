"use strict";
(() => {
  const days = [...document.querySelectorAll("section.day")];
  const name = (shown) => days.forEach((s, i) => s.querySelectorAll("[data-id]").forEach((h) => {
    if (i === shown) h.id = h.dataset.id;
    else h.removeAttribute("id");
  }));
  name(days.length - 1);
  // Paper cannot be opened: what is folded is unfolded before it is printed, and folded again after.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((d) => { d.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((d) => { d.open = false; }));
  // A graph wider than its frame begins with its middle.
  const middle = (s) => s.querySelectorAll(".graph").forEach((g) => { g.scrollLeft = (g.scrollWidth - g.clientWidth) / 2; });
  if (days.length) middle(days[days.length - 1]);
  const slider = document.getElementById("asof");
  if (!slider || days.length < 2) return;
  slider.max = String(days.length - 1);
  slider.value = slider.max;
  slider.parentElement.hidden = false;
  const show = () => {
    const at = Number(slider.value);
    days.forEach((s, i) => { s.hidden = i !== at; });
    name(at);
    middle(days[at]);
    const day = days[at].dataset.day;
    document.getElementById("asof-day").textContent = day;
    slider.setAttribute("aria-valuetext", day);
  };
  slider.addEventListener("input", show);
  show();
})();
