"use strict";
(() => {
  const days = [...document.querySelectorAll("section.day")];
  const name = (shown) => days.forEach((s, i) => s.querySelectorAll("[data-id]").forEach((h) => {
    if (i === shown) h.id = h.dataset.id;
    else h.removeAttribute("id");
  }));
  name(days.length - 1);
  const slider = document.getElementById("asof");
  if (!slider || days.length < 2) return;
  slider.max = String(days.length - 1);
  slider.value = slider.max;
  slider.parentElement.hidden = false;
  const show = () => {
    const at = Number(slider.value);
    days.forEach((s, i) => { s.hidden = i !== at; });
    name(at);
    const day = days[at].dataset.day;
    document.getElementById("asof-day").textContent = day;
    slider.setAttribute("aria-valuetext", day);
  };
  slider.addEventListener("input", show);
  show();
})();
