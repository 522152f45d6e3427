"""The mediator's page in a headless Chromium: desk and phone, light and dark, keyboard, paper, no network."""
import os
import re
import subprocess
import sys
import tempfile

import chromium
from ok import ok, plan

talks = os.path.abspath(sys.argv[1])
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
if not chromium.program():
    print("1..0 # SKIP no Chromium is installed")
    sys.exit(0)


SMALL = """# Small

```truce
talks "Small".
side north "North". side south "South".
speaker anna "Anna" of north. speaker ivan "Ivan" of south.
issue quiet "the quiet": - kept "guns silent".
issue line "line", exactly one: - old "old" - new "new".
statement a1: anna demands that line is old; in "R"; original "Here." in English; published 2025-01-01.
statement i1: ivan demands that line is new; in "R"; original "There." in English; published 2025-01-02.
statement a2: anna accepts that quiet is kept; in "R"; original "Yes." in English; published 2025-01-03.
preference p1: north prefers line is old to line is new; declared by "Carla".
preference p2: south prefers line is new to line is old; declared by "Carla".
draft d "the draft" from "draft.md":
- quiet means quiet is kept.
```
"""
DRAFT = """# Draft

```truce
agreement "Draft"
  signed 2025-03-01; in force from 2025-03-02 00:00 until 2025-03-31; time zone Europe/Kyiv.
party north "North". party south "South".
event fire (by party), verb fires, fired, firing.
provision quiet: each party must not fire.
provision salute: north must fire within 2 days after entry into force.
```
"""

# How well each text stands out from what is behind it (WCAG 2.1's contrast ratio): the worst on the page.
CONTRAST = """(() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = (c) => { const [r, g, b] = c.slice(0, 3).map((x) => x / 255).map((x) => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  let worst = [99, ""];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || e.closest("script,title,svg") || !e.checkVisibility()) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst[0]) worst = [ratio, walk.currentNode.data.trim().slice(0, 40)];
  }
  return worst;
})()"""
SMALLEST = """Math.min(...[...document.querySelectorAll("section:not([hidden]) svg text")].map((t) => t.getBoundingClientRect().height))"""
TABS = """(() => { const a = document.activeElement; return [a.tagName, a.id, getComputedStyle(a).outlineStyle]; })()"""


def look(browser, path, name):
    """What must hold of any page, on each screen."""
    for screen, width in (("desk", 1280), ("phone", 390)):
        for dark in (False, True):
            which = f"{name}, {screen}, {'dark' if dark else 'light'}"
            browser.open(path, width, 844, dark)
            ok(browser.js("document.documentElement.scrollWidth") <= width, f"{which}: nothing sticks out", browser.js("document.documentElement.scrollWidth"))
            ratio, text = browser.js(CONTRAST)
            ok(ratio >= 4.5, f"{which}: every text stands out from its ground", (ratio, text))
            ground = browser.js("getComputedStyle(document.body).backgroundColor")
            ok((sum(map(int, re.findall(r"\d+", ground)[:3])) < 200) == dark, f"{which}: light or dark as asked", ground)
    ok(browser.requests() == [] and browser.complaints() == [], f"{name}: nothing is fetched, nothing complains", browser.requests() + browser.complaints())


browser = chromium.Chromium(chromium.program())
with tempfile.TemporaryDirectory() as folder:
    page = os.path.join(folder, "page.html")
    subprocess.run([talks, "talks", "page", os.path.join(root, "examples", "thirty-days", "talks.md"), "--html", page], check=True)
    look(browser, page, "the example")
    ok(browser.js(SMALLEST) >= 10, "on a phone the graph's words can be read", browser.js(SMALLEST))
    ok(browser.js("""(() => { const s = document.querySelector("section:not([hidden]) .graph"); return s.scrollWidth > s.clientWidth && s.tabIndex === 0; })()"""),
       "and the graph scrolls in its frame, by keyboard too")
    beside = """new Set([...document.querySelector("section:not([hidden]) .card .side-by-side").children].map((e) => e.getBoundingClientRect().top)).size"""
    ok(browser.js(beside) > 1, "on a phone the quotations stand below each other")
    browser.open(page, 1280)
    ok(browser.js(beside) == 1, "on a desk they stand side by side")
    ok(browser.js("""document.querySelectorAll("section:not([hidden]) svg path.knot").length""") == 3, "the deadlock's three arrows are strong")

    # The slider, by keyboard.
    day = """document.querySelector("section:not([hidden])").dataset.day"""
    last, days = browser.js(day), browser.js("document.querySelectorAll('section.day').length")
    browser.js("document.getElementById('asof').focus()")
    browser.key("ArrowLeft", 37)
    before = browser.js(day)
    ok(before < last and browser.js("document.getElementById('asof-day').textContent") == before and
       browser.js("document.querySelectorAll('section.day:not([hidden])').length") == 1, "an arrow key shows the day before", (before, last))
    browser.key("Home", 36)
    ok(browser.js(day) < before and days == browser.js("Number(document.getElementById('asof').max)") + 1, "Home shows the first day")
    ok("not addressed" in browser.js("document.querySelector('section:not([hidden]) table').innerText"), "with its own matrix")
    browser.js("location.hash = '#conflicts'")
    top = browser.js("document.getElementById('conflicts').getBoundingClientRect().top - document.querySelector('nav').getBoundingClientRect().bottom")
    ok(0 <= top < 200, "a link leads to the part of the day that is shown, below the bar", top)
    browser.open(page, 1280)
    seen = []
    for _ in range(10):
        browser.key("Tab", 9)
        seen.append(browser.js(TABS))
    ok([s[0] for s in seen[:8]] == ["A"] * 8 and ["INPUT", "asof", "solid"] in seen and all(s[2] != "none" for s in seen),
       "Tab goes through the bar, and shows where it is", seen)

    # Paper: all of it, black on white.
    browser.open(page, 1280, dark=True, media="print")
    ok(browser.js("getComputedStyle(document.querySelector('nav')).display") == "none" and
       browser.js("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible" and
       browser.js("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", "on paper: no bar, no scrolling, no dark ground")
    browser.open(page, 1280)
    paper = browser.paper()
    sheets = len(re.findall(rb"/Type /Page\b", paper))
    ok(paper[:5] == b"%PDF-" and 4 <= sheets <= 30, "it prints on a few sheets", sheets)
    browser.js("dispatchEvent(new Event('beforeprint'))")
    ok(browser.js("document.querySelectorAll('details:not([open])').length") == 0, "what is folded is unfolded for it")

    # Without scripts the last day stands there.
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page, 1280)
    browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    ok(browser.js(day) == last and browser.js("document.querySelector('.asof').hidden"), "without scripts: the last day, and no slider")

    # Another file: Pareto points, and a draft with findings beside its provisions.
    path = os.path.join(folder, "small.md")
    open(path, "w").write(SMALL)
    open(os.path.join(folder, "draft.md"), "w").write(DRAFT)
    subprocess.run([talks, "talks", "page", path, "--html", page], check=True)
    look(browser, page, "a small one")
    ok(browser.js("""[...document.querySelectorAll("#draft ~ .scroll tbody tr")].map((r) => r.cells[r.cells.length - 1].innerText).every((t) => t.includes("contradiction"))"""),
       "the draft's findings stand beside its provisions")
    ok("max-min" in browser.js("document.body.innerText") and "declared by Carla" in browser.js("document.body.innerText"), "Pareto points, and who declared the preferences")
browser.close()
plan()
