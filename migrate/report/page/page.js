"use strict";
// The page's data stand in it as JSON: a short row for each post, and in blocks, a line each, what is shown of one.
const RANKS = ["loss", "error", "warning", "changed", "note", "unchanged"];
const LABELS = ["Losses", "Errors", "Warnings", "Changed", "Notes", "Unchanged"];
const BLOCK = 50; // posts in a block, as in html.py
const ROW = 56; // pixels, as in page.css
const MOST_EDITS = 1500; // a text that was changed in more places is shown as replaced

const element = id => document.getElementById(id);
const data = id => JSON.parse(element(id).textContent);
const [list, space, shown, search] = ["list", "space", "post", "search"].map(element);
const rows = data("rows");
const texts = rows.map(row => [row.title, row.path, row.type, row.id, row.verb, ...row.codes].join("\n").toLowerCase());
const FRAME = data("frame");
let found = rows.map((_, at) => at);
let current = 0;

/** Make an element; children are elements or texts, and texts are never markup. */
function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in made && key !== "class") made[key] = value;
    else made.setAttribute(key === "class" ? "class" : key, value);
  }
  made.append(...children.filter(child => child !== null && child !== ""));
  return made;
}

// ---- the list: only the rows in view are in the document

function drawList() {
  space.style.height = `${found.length * ROW}px`;
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 5);
  const last = Math.min(found.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 5);
  const drawn = [];
  for (let at = first; at < last; at++) drawn.push(drawRow(at));
  space.replaceChildren(...drawn);
  list.setAttribute("aria-activedescendant", found.length ? `row-${current}` : "");
}

function drawRow(at) {
  const row = rows[found[at]];
  const what = [row.verb, counted(row.found, "finding"), counted(row.changes, "rewrite"), row.fields.join(", ")];
  const drawn = make("div", { class: `row ${RANKS[row.rank]}`, id: `row-${at}`, role: "option" },
    make("div", {}, row.title || row.path || "The whole source"),
    make("div", { class: "dim" }, make("span", { class: "tag" }, what.filter(Boolean).join(" · ")),
      ` ${row.type} ${row.title ? row.path : ""}`));
  drawn.setAttribute("aria-selected", at === current);
  drawn.setAttribute("aria-setsize", found.length);
  drawn.setAttribute("aria-posinset", at + 1);
  drawn.style.top = `${at * ROW}px`;
  drawn.addEventListener("click", () => { current = at; open(); });
  return drawn;
}

function counted(number, what) {
  return number && `${number} ${what}${number === 1 ? "" : "s"}`;
}

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const asked = [...document.querySelectorAll("#filter input:checked")].map(box => Number(box.value));
  found = [];
  rows.forEach((row, at) => {
    if ((!asked.length || asked.includes(row.rank)) && words.every(word => texts[at].includes(word))) found.push(at);
  });
  current = 0;
  list.scrollTop = 0;
  drawList();
}

function move(by) {
  current = Math.min(Math.max(current + by, 0), found.length - 1);
  const top = current * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  drawList();
}

// ---- one post

function open() {
  drawList();
  const row = rows[found[current]];
  if (!row) return;
  const said = JSON.parse(element(`posts-${Math.floor(found[current] / BLOCK)}`).textContent.split("\n")[found[current] % BLOCK]);
  shown.replaceChildren(...parts(row, said).filter(Boolean));
  shown.removeAttribute("data-empty");
  shown.scrollTop = 0;
}

function close() {
  shown.setAttribute("data-empty", "");
  shown.replaceChildren();
  list.focus();
}

function* parts(row, said) {
  yield make("button", { id: "back", type: "button", onclick: close }, "← Posts");
  yield make("h2", {}, row.title || row.path || "The whole source");
  yield make("div", { class: "dim" }, [row.path, row.type, row.id && `ID ${row.id}`].filter(Boolean).join(" · "));
  for (const action of said.actions) yield* plan(action, said.bodies);
  const [changes, others] = [true, false].map(wanted => said.findings.filter(one => "before" in one === wanted));
  if (others.length) yield make("h3", {}, "Findings");
  yield* others.map(finding);
  const isShown = said.actions.some(action => action.changes.some(change => change.field === "content"));
  if (said.bodies && !(isShown && said.bodies.before === said.bodies.after)) yield* body(said.bodies);
  if (changes.length) {
    const one = make("details", { open: !said.bodies }, make("summary", {}, `${counted(changes.length, "rewrite")} one by one`), ...changes.map(finding));
    yield make("h3", {}, "Rewrites");
    yield one;
  }
  if (said.left) yield make("p", { class: "dim" }, "The text of this post was left out to keep the page small; a run over fewer posts (--include) shows it.");
}

function* plan(action, bodies) {
  yield make("h3", {}, "Plan");
  yield make("div", {}, make("b", {}, action.action), ` ${action.target_url}`, action.reason && ` (${action.reason})`);
  for (const change of action.changes) {
    const [before, after] = change.whole || [change.before, change.after];
    const isCut = change.cut && !change.whole;
    if (change.field === "content" && bodies && !isCut) {
      yield* body({ before, after, format_before: bodies.format_after, format_after: bodies.format_after }, "content");
    } else {
      yield make("h3", {}, change.field + (isCut ? " (cut)" : ""));
      yield sides(before, after);
    }
  }
}

function finding(said) {
  const way = said.fix && make("div", { class: "dim" }, `→ ${said.fix}`);
  const place = [said.line && `line ${said.line}`, said.field].filter(Boolean).join(", ");
  const kind = said.family === "loss" ? "loss" : said.severity;
  return make("div", { class: `finding ${kind}` },
    make("div", {}, make("span", { class: "tag" }, `${said.severity} ${said.code} `), make("span", { class: "dim" }, place)),
    make("div", {}, said.message), way || "", "before" in said ? inPlace(said.before, said.after) : "");
}

function* body(bodies, name = "") {
  const { before, after, format_before, format_after } = bodies;
  const changed = before !== after;
  yield make("h3", {}, name || (changed ? "Text, before and after the rewrite rules" : "Text"));
  const at = make("div");
  const views = [["Rendered", () => rendered(bodies)]];
  if (changed) views.push(["Changes in place", () => inPlace(before, after)], ["Side by side", () => sides(before, after)]);
  else views.push(["Source", () => make("pre", { class: "text" }, after)]);
  if (changed && format_before === format_after) views.unshift(views.splice(1, 1)[0]);
  const buttons = views.map(([name, draw]) => make("button", { type: "button", onclick: event => {
    for (const button of buttons) button.setAttribute("aria-pressed", button === event.currentTarget);
    at.replaceChildren(draw());
  } }, name));
  yield make("p", {}, ...buttons.flatMap(button => [button, " "]));
  yield at;
  buttons[0].click();
}

function rendered({ before, after, format_before, format_after }) {
  const frames = before === after ? [frame(after, format_after)] : [frame(before, format_before), frame(after, format_after)];
  return frames.length > 1 ? make("div", { class: "sides" }, ...frames) : frames[0];
}

// ---- a post's HTML as it looks: in a frame without scripts or network, cleaned so that nothing even tries

const DROPPED = ["script", "style", "link", "meta", "base", "title", "iframe", "frame", "frameset", "object", "embed", "applet",
  "noscript", "template", "audio", "video", "source", "track", "portal"];
const INSIDE = `(?:"[^"]*"|'[^']*'|[^"'>])*>?`; // the rest of a tag
const ELEMENTS = /<(script|style|title|iframe|noscript|template)\b[^]*?<\/\1\s*>/gi; // with text that is no markup
const TAGS = new RegExp(`</?(?:${DROPPED.join("|")})\\b${INSIDE}`, "gi");
const ANY_TAG = new RegExp(`<[a-z]${INSIDE}`, "gi");
const KEPT = new Set(["colspan", "rowspan", "title", "alt", "dir", "lang", "start", "reversed", "align", "open", "datetime"]);

function frame(text, format) {
  if (format !== "html") return make("pre", { class: "text" }, text);
  const made = make("iframe", { title: "The post as it looks", loading: "lazy" });
  made.setAttribute("sandbox", "");
  made.srcdoc = `<!DOCTYPE html><meta charset=utf-8><style>${FRAME}</style><body${/<p[\s>]/i.test(text) ? "" : " class=lines"}>${cleaned(text)}`;
  return made;
}

function cleaned(text) {
  // A browser reports to the console what the policy forbids, even while it only parses: taken out before.
  const quiet = text.replace(ELEMENTS, "").replace(TAGS, "")
    .replace(ANY_TAG, tag => tag.replace(/([\s"'/])(style|on\w+)(\s*=)/gi, "$1data-$2$3"));
  const parsed = new DOMParser().parseFromString(quiet, "text/html");
  for (const node of parsed.querySelectorAll(DROPPED.join())) node.remove();
  for (const node of parsed.querySelectorAll("img,image,picture,input,svg,math")) {
    const picture = parsed.createElement("span");
    picture.className = "picture";
    picture.textContent = `▧ ${node.getAttribute("alt") || node.localName}`;
    picture.title = node.getAttribute("src") || "";
    node.replaceWith(picture);
  }
  for (const node of parsed.body.querySelectorAll("*")) {
    for (const { name, value } of [...node.attributes]) {
      if (name === "href") node.title = value;
      if (!KEPT.has(name) && !(name === "class" && value === "picture")) node.removeAttribute(name);
    }
  }
  return parsed.body.innerHTML;
}

// ---- differences, word by word

function inPlace(before, after) {
  const made = make("pre", { class: "text" });
  made.append(...diff(before, after).map(([kind, text]) => (kind === " " ? folded(text) : make(kind === "-" ? "del" : "ins", {}, text))));
  return made;
}

function sides(before, after) {
  const pieces = diff(before, after);
  const side = (wanted, name) => make("pre", { class: "text" },
    ...pieces.filter(([kind]) => kind === " " || kind === wanted).map(([kind, text]) => (kind === " " ? text : make(name, {}, text))));
  return make("div", { class: "sides" }, side("-", "del"), side("+", "ins"));
}

function folded(text) {
  if (text.length < 700) return document.createTextNode(text);
  const more = make("button", { type: "button", onclick: () => whole.replaceWith(text) }, `… ${text.length - 400} characters more …`);
  const whole = make("span", {}, text.slice(0, 200), more, text.slice(-200));
  return whole;
}

/** Give the pieces of both texts in order, each with " ", "-" or "+": Myers' algorithm over words. */
function diff(before, after) {
  const [a, b] = [before, after].map(text => text.match(/<[^<>]*>|\s+|[^\s<]+|</g) || []);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const middle = edits(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const pieces = [[" ", a.slice(0, start).join("")], ...middle, [" ", a.slice(a.length - end).join("")]];
  const joined = [];
  for (const [kind, text] of pieces) {
    if (!text) continue;
    if (joined.length && joined.at(-1)[0] === kind) joined.at(-1)[1] += text;
    else joined.push([kind, text]);
  }
  return joined;
}

function edits(a, b) {
  const traces = [];
  let reach = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_EDITS); d++) {
    const next = new Map();
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
      let x = down ? reach.get(k + 1) ?? 0 : (reach.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return walked(a, b, [...traces, reach], k);
    }
    traces.push(reach);
    reach = new Map([...reach, ...next]);
  }
  return [["-", a.join("")], ["+", b.join("")]];
}

function walked(a, b, traces, k) {
  const pieces = [];
  let [x, y] = [a.length, b.length];
  for (let d = traces.length - 1; d >= 0; d--) {
    const reach = traces[d];
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const from = down ? k + 1 : k - 1;
    const startX = d ? reach.get(from) ?? 0 : 0;
    const startY = d ? startX - from : 0;
    while (x > startX && y > startY && a[x - 1] === b[y - 1]) { pieces.push([" ", a[--x]]); y--; }
    if (d) pieces.push(down ? ["+", b[--y]] : ["-", a[--x]]);
    k = from;
  }
  return pieces.reverse();
}

// ---- the picture, the filters and the keys

function begin() {
  const counts = RANKS.map((_, rank) => rows.filter(row => row.rank === rank).length);
  let x = 0;
  RANKS.forEach((name, rank) => {
    if (!counts[rank]) return;
    const width = (1000 * counts[rank]) / rows.length;
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [key, value] of Object.entries({ x, width, height: 18, class: name })) bar.setAttribute(key, value);
    element("picture").append(bar);
    x += width;
    const box = make("input", { type: "checkbox", value: rank, onchange: filter });
    element("filter").append(make("label", { class: name }, box, `${LABELS[rank]} ${counts[rank]}`));
  });
  search.addEventListener("input", filter);
  element("filter").addEventListener("submit", event => event.preventDefault());
  list.addEventListener("scroll", drawList);
  addEventListener("resize", drawList);
  document.addEventListener("keydown", pressed);
  drawList();
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const inSearch = document.activeElement === search;
  const page = Math.max(1, Math.floor(list.clientHeight / ROW) - 1);
  const moves = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: page, PageUp: -page, Home: -rows.length, End: rows.length };
  if (event.key === "/" && !inSearch) search.focus();
  else if (event.key === "Escape" && inSearch) { search.value = ""; filter(); list.focus(); }
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && (inSearch || document.activeElement === list)) { list.focus(); open(); }
  else if (event.key === "ArrowDown" && inSearch) list.focus();
  else if (event.key in moves && document.activeElement === list) move(moves[event.key]);
  else return;
  event.preventDefault();
}

begin();
