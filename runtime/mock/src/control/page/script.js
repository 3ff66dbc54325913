"use strict";
const KEPT = 500, SHOWN = 200, SHOWN_TASKS = 50, SHOWN_EVENTS = 20, PERIOD = 1000;
let requests = [], last = 0, received = 0, dropped = 0, paused = false, rest = null;
const open = new Set();

const part = (kind, text) => make("span", kind, String(text ?? ""));
/* A long name may be broken before its capitals. */
const named = text => make("span", "operation",
  ...(text ?? "no operation").split(/(?=[A-Z])/).flatMap(word => [word, document.createElement("wbr")]));
const pretty = value => make("pre", "", typeof value === "string" ? value : JSON.stringify(value, null, 2));
const clock = time => part("time dim", time.slice(11, 19) + "." + (/\.(\d+)/.exec(time)?.[1] ?? "").padEnd(3, "0").slice(0, 3));

/* An item of a list: a line, what is said below it, and what is shown once it is opened. */
const item = (key, line, said, detail) => {
  const head = make("div", "line", ...line);
  const made = make("li", "item", head, ...said);
  if (detail) {
    head.tabIndex = 0;
    head.setAttribute("role", "button");
    head.setAttribute("aria-expanded", open.has(key));
    const toggle = () => { open.delete(key) || open.add(key); show(); };
    head.addEventListener("click", toggle);
    head.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(); }
    });
    if (open.has(key)) made.append(make("div", "detail", ...detail()));
  }
  return made;
};
const fill = (id, items, none = "none") =>
  element(id).replaceChildren(...(items.length ? items : [make("li", "dim", none)]));
const remover = path => {
  const button = make("button", "", "Remove");
  button.type = "button";
  button.addEventListener("click", async () => { await ask(path, { method: "DELETE" }); await refresh(); });
  return button;
};

/* The messages of several violations come in one text. */
const violations = problem => problem.replace(/^\d+ validation errors? detected\. /, "").split(/; (?=Value )/);
const tags = request => {
  const made = make("span", "tags", part("tag " + (request.status < 400 ? "good" : "bad"), request.status));
  if (request.fault) made.append(part("tag warn", "fault: " + request.fault));
  if (request.expectation !== null) made.append(part("tag note", "expectation " + request.expectation));
  made.append(request.problem ? part("tag bad", "refused") : part("tag good", "valid"));
  return made;
};
const matches = (request, filter) => !filter ||
  (JSON.stringify(request) + (request.problem ? " refused" : " valid")).toLowerCase().includes(filter);

const showRequests = () => {
  const filter = element("filter").value.trim().toLowerCase();
  const found = requests.filter(request => matches(request, filter));
  fill("requests", found.slice(-SHOWN).reverse().map(request => item("request " + request.number,
    [part("number", request.number), clock(request.at), named(request.operation), tags(request)],
    request.problem
      ? [make("ul", "said bad", ...violations(request.problem).map(text => make("li", "", text)))] : [],
    () => [make("div", "dim", request.method + " " + request.path + " · request " + request.requestId),
      pretty(request.input ?? request.body),
      make("div", "dim", "response"), pretty(request.response)])),
    requests.length ? "no matches" : "none yet");
  element("requests-count").textContent = received + " received" + (dropped ? ", " + dropped + " dropped" : "") +
    (filter ? ", " + found.length + " match" : "");
};

const stateKind = state => /FAIL/i.test(state) ? "bad" : /PROGRESS|PENDING/i.test(state) ? "warn" : "good";
const showRest = ({ tasks, expectations, faults, events }) => {
  element("tasks-count").textContent = tasks.tasks.length + (tasks.dropped ? ", " + tasks.dropped + " dropped" : "");
  fill("tasks", tasks.tasks.slice(0, SHOWN_TASKS).map(task => item("task " + task.id,
    [part("number", task.id), clock(task.started), named(task.operation),
      make("span", "tags", part("dim", task.isolation), part("tag " + stateKind(task.state), task.state))], [], () => [pretty(task.output)])));
  fill("expectations", expectations.expectations.map(one => {
    const met = one.times === null ? one.used > 0 : one.used === one.times && !one.surplus;
    const count = one.used + one.surplus + " of " + (one.times ?? "1 or more");
    const when = one.when === null ? "" : ", when " + JSON.stringify(one.when);
    return item("expectation " + one.id, [part("number", one.id), named(one.operation ?? "any operation"),
      make("span", "tags", part("count", count), part("tag " + (met ? "good" : "bad"), met ? "met" : "not met"),
        remover("expectations/" + one.id))],
      [make("div", "said", part("", one.name ? one.name + ": " : ""), part("dim", one.respond.join(", then ") + when))]);
  }));
  fill("faults", faults.faults.map(one => item("fault " + one.id, [part("number", one.id),
    named(one.operation ?? "any operation"), make("span", "tags", part("tag warn", one.fault),
      part("count", one.hits + " of " + one.seen), remover("faults/" + one.id))],
    [make("div", "said dim", one.requests.length ? "requests " + one.requests.join(", ")
      : "probability " + one.probability)])));
  element("events-count").textContent = events.events.length + (events.dropped ? ", " + events.dropped + " dropped" : "");
  fill("events", events.events.slice(-SHOWN_EVENTS).reverse().map(one => item("event " + one.id,
    [part("number", ""), clock(one.time), named(one["detail-type"]), part("dim", one.source)],
    [make("div", "said dim", JSON.stringify(one.detail))], () => [pretty(one)])));
};
const show = () => { showRequests(); if (rest) showRest(rest); };

const refresh = async () => {
  const [news, tasks, expectations, faults, events] = await Promise.all([
    ask("requests?limit=" + KEPT + "&after=" + last), ask("tasks"), ask("expectations"), ask("faults"), ask("events")]);
  if (news.received < received) { requests = []; last = 0; }
  ({ received, dropped } = news);
  for (const request of news.requests) {
    if (request.number > last) requests.push(request);
    last = Math.max(last, request.number);
  }
  requests = requests.slice(-KEPT);
  const fresh = JSON.stringify([tasks, expectations, faults, events]);
  const changed = news.requests.length || fresh !== rest?.text;
  rest = { text: fresh, tasks, expectations, faults, events };
  /* What has not changed is left alone, and with it what is selected or focused. */
  if (changed) show();
};
const say = (text, kind) => Object.assign(element("state"), { textContent: text, className: kind });
const look = async () => {
  try {
    if (!paused) await refresh();
    say(paused ? "paused" : "live", paused ? "warn" : "good");
  } catch (error) {
    element("token-form").hidden = error.status !== 401;
    say(error.status ? error.message : "no answer", "bad");
  }
  setTimeout(look, PERIOD);
};

element("filter").addEventListener("input", () => {
  history.replaceState(null, "", "#" + encodeURIComponent(element("filter").value));
  showRequests();
});
const filterByAddress = () => {
  try { element("filter").value = decodeURIComponent(location.hash.slice(1)); } catch { /* no filter */ }
  showRequests();
};
addEventListener("hashchange", filterByAddress);
element("pause").addEventListener("click", event => {
  paused = !paused;
  event.target.setAttribute("aria-pressed", paused);
  event.target.textContent = paused ? "Resume" : "Pause";
});
element("reset").addEventListener("click", async () => {
  await ask("reset", { method: "POST" });
  requests = []; last = 0; received = 0; open.clear();
  await refresh();
  show();
});
element("token-form").addEventListener("submit", event => {
  event.preventDefault();
  keepToken(element("token").value);
  location.reload();
});
ask("health").then(health => {
  element("name").textContent = document.title = health.name;
  element("service").textContent = health.service + " · " + health.operations.length +
    (health.operations.length === 1 ? " operation" : " operations");
}).catch(() => {});
ask("service").then(offerForms).catch(() => {});
filterByAddress();
look();
