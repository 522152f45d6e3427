// Nothing here is needed to read the page: it lets a pointer or the arrow keys ask a calendar for one
// day, and opens what is folded when the page is printed.
(function () {
  "use strict";
  var weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

  // A calendar's days are letters with counts, "v3u12": a is the first verdict word, b the second.
  function unpack(text, words) {
    var days = [];
    text.replace(/([a-z])(\d*)/g, function (_, letter, count) {
      for (var i = Number(count || 1); i > 0; i--) days.push(words[letter.charCodeAt(0) - 97]);
    });
    return days;
  }

  function start(strip, words) {
    var first = Number(strip.dataset.first), days = unpack(strip.dataset.days, words);
    var out = strip.querySelector("output"), years = strip.querySelectorAll("svg"), at = -1;

    function show(day) {
      at = Math.max(0, Math.min(days.length - 1, day));
      var date = new Date((first + at) * 864e5), iso = date.toISOString().slice(0, 10);
      out.textContent = iso + " (" + weekdays[date.getUTCDay()] + "): " + days[at];
      years.forEach(function (svg) {
        var cursor = svg.querySelector(".cursor"), here = svg.dataset.year === iso.slice(0, 4);
        cursor.style.visibility = here ? "visible" : "hidden";
        if (!here) return;
        var offset = first + at - Number(svg.dataset.monday);
        cursor.setAttribute("x", Math.floor(offset / 7));
        cursor.setAttribute("y", offset % 7);
      });
    }

    out.textContent = "Point at a day, or ask with the arrow keys.";
    strip.addEventListener("keydown", function (e) {
      var step = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7, PageUp: -30, PageDown: 30 }[e.key];
      if (e.key === "Home") show(0);
      else if (e.key === "End") show(days.length - 1);
      else if (step) show(at < 0 ? 0 : at + step);
      else return;
      e.preventDefault();
    });
    years.forEach(function (svg) {
      function point(e) {
        var p = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
        var x = Math.floor(p.x), y = Math.floor(p.y);
        var day = Number(svg.dataset.monday) + x * 7 + y - first;
        if (y >= 0 && y < 7 && day >= 0 && day < days.length) show(day);
      }
      svg.addEventListener("pointermove", point);
      svg.addEventListener("click", point);
    });
  }

  var words = JSON.parse(document.getElementById("words").textContent);
  document.querySelectorAll(".strip").forEach(function (strip) { start(strip, words); });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([open])").forEach(function (d) { d.open = true; d.dataset.shut = "1"; });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-shut]").forEach(function (d) { d.open = false; });
  });
})();
