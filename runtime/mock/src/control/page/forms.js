"use strict";
/* Requests to the control API, and forms that know the service. */

const element = id => document.getElementById(id);
/* Everything is inserted as text: what requests hold is never markup. */
const make = (tag, kind, ...children) => {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...children);
  return made;
};

/* A token in the address is kept for the session and removed from the address. */
const keepToken = token => sessionStorage.setItem("token", token);
const given = new URLSearchParams(location.search).get("token");
if (given !== null) {
  keepToken(given);
  history.replaceState(null, "", location.pathname + location.hash);
}
const ask = async (path, options = {}) => {
  const token = sessionStorage.getItem("token");
  const headers = { ...options.headers, ...(token && { Authorization: "Bearer " + token }) };
  const response = await fetch("/_mock/" + path, { ...options, headers });
  if (response.ok) return response.status === 204 ? null : response.json();
  const { error } = await response.json().catch(() => ({}));
  throw Object.assign(new Error(error ?? response.status + " for " + path), { status: response.status });
};
const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

const labelled = (text, control) => make("label", "", text, control);
const button = (text, action) => {
  const made = make("button", "", text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
};
const choice = options => {
  const made = make("select", "");
  for (const option of options) {
    const [value, text] = Array.isArray(option) ? option : [option, option];
    made.append(Object.assign(make("option", "", text), { value }));
  }
  return made;
};
const input = (type, placeholder = "", more = {}) =>
  Object.assign(document.createElement("input"), { type, placeholder, ...(type === "number" && { min: 0 }), ...more });
const number = control => control.value === "" ? undefined : Number(control.value);
const text = control => control.value === "" ? undefined : control.value;

/* What a person typed for a member: strings as they are, everything else as JSON. */
const typed = (member, value) => {
  if (["string", "enum", "blob", "timestamp"].includes(member.type)) return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Error(member.name + ": expected JSON, such as " +
      ({ list: "[…]", map: "{…}", structure: "{…}", union: "{…}", boolean: "true" }[member.type] ?? "1"));
  }
};

/* Rows of members and their values; `read` returns them as an object, or undefined without rows. */
const memberRows = (legend, members) => {
  const rows = [], box = make("div", "stack");
  const add = () => {
    const name = choice(members.map(member => [member.name, member.name + (member.required ? " *" : "")]));
    const place = make("label", "");
    const member = () => members.find(member => member.name === name.value);
    let value;
    const offer = () => {
      value = member().values ? choice(member().values) : input("text", member().type);
      place.replaceChildren("Value", value);
    };
    name.addEventListener("change", offer);
    offer();
    const row = { read: () => [member().name, typed(member(), value.value)] };
    const line = make("div", "member", labelled("Member", name), place, button("Remove", () => {
      rows.splice(rows.indexOf(row), 1);
      line.remove();
    }));
    rows.push(row);
    box.append(line);
    name.focus();
  };
  const adding = button("Add a member", add);
  adding.disabled = members.length === 0;
  return {
    shown: make("fieldset", "", make("legend", "", legend), box, make("div", "actions", adding)),
    read: () => rows.length ? Object.fromEntries(rows.map(row => row.read())) : undefined,
  };
};

/* A part of a form that depends on a choice. */
const dependent = (select, parts) => {
  const place = make("div", "");
  let part;
  const offer = () => {
    part = parts[select.value]?.() ?? { shown: [], read: () => undefined };
    place.replaceChildren(...[part.shown].flat());
  };
  select.addEventListener("change", offer);
  offer();
  return { place, read: () => part.read() };
};
const rowOf = controls => make("div", "row", ...controls);

const OTHER = "another error…";
const errorPart = errors => () => {
  const name = choice([...errors.map(error => [error.name, error.name + (error.status ? " (" + error.status + ")" : "")]), OTHER]);
  const message = input("text");
  const other = dependent(name, { [OTHER]: () => {
    const code = input("text", "", { required: true }), status = input("number", "400", { min: 400, max: 599 });
    return { shown: rowOf([labelled("Name", code), labelled("Status", status)]),
      read: () => ({ name: code.value, status: number(status) ?? 400 }) };
  } });
  return { shown: [rowOf([labelled("Error", name), labelled("Message", message)]), other.place],
    read: () => ({ error: { name: name.value, ...other.read(), message: text(message) } }) };
};

/* The errors of an operation, or of all of them. */
const errorsOf = (service, name) => service.operations.find(known => known.name === name)?.errors ??
  [...new Map(service.operations.flatMap(known => known.errors).map(error => [error.name, error])).values()];

const answerPart = (service, operation) => {
  const errors = errorsOf(service, operation?.name);
  const kinds = ["default", ...(operation ? ["output"] : []), "error", ...(operation?.tasks ? ["task"] : []), "http"];
  const kind = choice(kinds);
  const part = dependent(kind, {
    default: () => ({ shown: [], read: () => "default" }),
    output: () => {
      const rows = memberRows("Output", operation.output);
      return { shown: rows.shown, read: () => ({ output: rows.read() ?? {} }) };
    },
    error: errorPart(errors),
    task: () => {
      const state = choice(service.taskStates), delay = input("number", "as configured");
      return { shown: rowOf([labelled("Final state", state), labelled("Delay (ms)", delay)]),
        read: () => ({ task: { state: state.value, delay_ms: number(delay) } }) };
    },
    http: () => {
      const status = input("number", "200", { min: 200, max: 599 }), body = make("textarea", "");
      return { shown: rowOf([labelled("Status", status), labelled("Body", body)]),
        read: () => ({ http: { status: number(status) ?? 200, body: body.value } }) };
    },
  });
  return { shown: [labelled("Answer", kind), part.place], read: part.read };
};

const operationChoice = service => choice([["", "any operation"], ...service.operations.map(known => known.name)]);

/* Fills a form and sends what it reads. */
const complete = (form, path, parts, read) => {
  const alert = make("div", "bad");
  alert.setAttribute("role", "alert");
  const submit = make("button", "primary", "Add");
  form.replaceChildren(...parts, alert, make("div", "actions", submit));
  form.onsubmit = async event => {
    event.preventDefault();
    try {
      await post(path, read());
      alert.textContent = "";
      await refresh();
      show();
    } catch (error) {
      alert.textContent = error.message;
    }
  };
};

const offerExpectation = (service, form) => {
  const operation = operationChoice(service);
  if (service.operations.length) operation.value = service.operations[0].name;
  const chosen = () => service.operations.find(known => known.name === operation.value);
  const name = input("text"), times = input("number", "1 or more", { min: 1 }), delay = input("number", "0");
  const place = make("div", "stack");
  let when, answers;
  const answer = () => {
    const part = answerPart(service, chosen());
    answers.push(part);
    place.append(make("fieldset", "", make("legend", "", answers.length === 1 ? "Answer with" : "Then with"), ...part.shown));
  };
  const restart = () => {
    answers = [];
    when = chosen() ? memberRows("Only requests with", chosen().input) : { shown: [], read: () => undefined };
    place.replaceChildren(...[when.shown].flat());
    answer();
  };
  operation.addEventListener("change", restart);
  restart();
  complete(form, "expectations", [
    rowOf([labelled("Operation", operation), labelled("Name", name)]),
    rowOf([labelled("Times", times), labelled("Delay (ms)", delay)]),
    place, make("div", "actions", button("Add another answer", answer)),
  ], () => ({
    operation: text(operation), name: text(name), times: number(times), after_ms: number(delay), when: when.read(),
    respond: answers.map(part => part.read()),
  }));
};

const FAULTS = {
  latency: [["ms", "Delay (ms)", "100"]], throttle: [["per_second", "Requests a second", "1"], ["burst", "Burst", "1"]],
  truncate: [["bytes", "After bytes", "10"]], drip: [["bytes", "Bytes a piece", "16"], ["pause_ms", "Pause (ms)", "100"]],
  drop: [], reset: [], malformed: [],
};
const offerFault = (service, form) => {
  const operation = operationChoice(service), kind = choice(["latency", "error", ...Object.keys(FAULTS).slice(1)]);
  const probability = input("number", "1", { max: 1, step: "any" }), requests = input("text", "all, or such as 1, 3");
  const parts = Object.fromEntries(Object.entries(FAULTS).map(([name, fields]) => [name, () => {
    const controls = fields.map(([key, label, usual]) => [key, label, input("number", "", { value: usual, step: "any" })]);
    return { shown: rowOf(controls.map(([, label, control]) => labelled(label, control))), read: () => {
      const values = Object.fromEntries(controls.map(([key, , control]) => [key, number(control)]));
      return name === "latency" ? { latency: { fixed: values } } : fields.length ? { [name]: values } : name;
    } };
  }]));
  const part = dependent(kind, { ...parts, error: () => errorPart(errorsOf(service, operation.value))() });
  operation.addEventListener("change", () => kind.dispatchEvent(new Event("change")));
  complete(form, "faults", [
    rowOf([labelled("Operation", operation), labelled("Fault", kind)]), part.place,
    rowOf([labelled("Probability", probability), labelled("Requests", requests)]),
  ], () => ({
    operation: text(operation), probability: number(probability), fault: part.read(),
    requests: requests.value.split(/[\s,]+/).filter(Boolean).map(Number),
  }));
};

const offerForms = service => {
  offerExpectation(service, document.querySelector("#add-expectation form"));
  offerFault(service, document.querySelector("#add-fault form"));
};
