//! Input that wants to break the loader: an error with its place, in little time and memory, and never a panic.

use std::fmt::Write as _;

use whitesmith_smithy::load::{LoadError, assemble};
use whitesmith_smithy::model::{Event, Model};
use whitesmith_smithy::source::MAX_DEPTH;
use whitesmith_smithy::validate;

fn load(text: &str) -> Result<(Model, Vec<Event>), LoadError> {
    let (model, events) = assemble(&[("hostile.json", text.as_bytes())])?;
    let events = validate::validate(&model, events);
    Ok((model, events))
}

fn error_of(text: &str) -> String {
    load(text).unwrap_err().to_string()
}

#[test]
fn nesting_is_bounded() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let depth = 100_000;
        let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let error = error_of(&text);
        assert!(error.contains("nested more than"), "{error}");
        assert!(error.contains(&format!("hostile.json:1:{}", MAX_DEPTH * open.len() + 1)), "{error}");
    }
}

#[test]
fn the_deepest_allowed_value_is_handled_everywhere() {
    let inner = MAX_DEPTH - 5;
    let value = format!("{}{}", "[".repeat(inner), "]".repeat(inner));
    let text = format!(
        r#"{{"smithy": "2.0", "metadata": {{"m": {value}}}, "shapes": {{
            "a.b#d": {{"type": "document", "traits": {{"smithy.api#trait": {{}}}}}},
            "a.b#S": {{"type": "string", "traits": {{"a.b#d": {value}}}}}
        }}}}"#
    );
    let (model, events) = load(&text).unwrap();
    assert!(events.is_empty(), "{events:?}");
    let node = model.shape_named("a.b#S").unwrap().traits.get("a.b#d").unwrap();
    assert_eq!(node.to_string(), value);
}

#[test]
fn a_huge_string_is_only_a_string() {
    let filler = "x".repeat(4 << 20);
    let text = format!(r#"{{"smithy": "2.0", "metadata": {{"big": "{filler}", "bad": tru}}}}"#);
    let error = error_of(&text);
    assert!(error.contains("expected a value, found 't'"), "{}", error.len());
    assert!(error.len() < 1_000, "the line is cut: {}", error.len());
    let text = text.replace("tru}", "true}");
    let (model, _) = load(&text).unwrap();
    assert_eq!(model.metadata().get("big").unwrap().as_str().unwrap().len(), filler.len());
}

#[test]
fn many_keys_are_compared_quickly() {
    let mut shapes = String::new();
    for at in 0..100_000 {
        let _ = writeln!(shapes, "\"a.b#S{at}\": {{\"type\": \"string\"}},");
    }
    let text = format!("{{\"smithy\": \"2.0\", \"shapes\": {{{shapes}\"a.b#S7\": {{\"type\": \"string\"}}}}}}");
    assert!(error_of(&text).contains("duplicate key \"a.b#S7\""));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let error = assemble(&[("bytes.json", b"{\"smithy\": \"\xff\"}")]).unwrap_err().to_string();
    assert_eq!(error, "bytes.json: the file is not UTF-8: byte 12 does not belong to a character");
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let (_, events) = assemble(&[("bom.json", b"\xEF\xBB\xBF{\"smithy\": \"2.0\"}")]).unwrap();
    assert!(events.is_empty(), "{events:?}");
}

/// Prefixes and single changed bytes of a model: none makes the loader panic.
#[test]
fn damaged_models_do_not_panic() {
    let good = br#"{"smithy":"2.0","metadata":{"validators":[{"name":"EmitEachSelector","configuration":{"selector":"$x(>) ~> [trait|a|(keys) = '1', 2 i]"}}]},
        "shapes":{"a.b#S":{"type":"structure","mixins":[{"target":"a.b#M"}],"members":{"a":{"target":"smithy.api#String","traits":{"smithy.api#length":{"min":1,"max":2},"smithy.api#pattern":"^a+$"}}}},
        "a.b#M":{"type":"structure","members":{"m":{"target":"a.b#S"}},"traits":{"smithy.api#mixin":{}}},
        "a.b#Op":{"type":"operation","input":{"target":"a.b#S"},"traits":{"smithy.api#http":{"method":"GET","uri":"/{a}/{b+}?c","code":200}}},
        "a.b#Svc":{"type":"service","version":"1","operations":[{"target":"a.b#Op"}],"rename":{"a.b#S":"T"}}}}"#;
    let attempt = |bytes: &[u8]| {
        if let Ok((model, events)) = assemble(&[("damaged.json", bytes)]) {
            for event in validate::validate(&model, events) {
                assert!(!event.render(model.sources()).is_empty());
            }
        }
    };
    for end in (0..good.len()).step_by(23) {
        attempt(&good[..end]);
    }
    for (at, byte) in
        (0..good.len()).step_by(9).zip([b'"', b'{', b'}', b'0', b'#', b'$', b'\\', b'~', 0].iter().cycle())
    {
        let mut bytes = good.to_vec();
        bytes[at] = *byte;
        attempt(&bytes);
    }
}

fn shapes(count: usize, shape: impl Fn(usize) -> String) -> String {
    let shapes: Vec<String> = (0..count).map(|at| format!("\"a.b#S{at}\": {}", shape(at))).collect();
    format!("{{\"smithy\": \"2.0\", \"shapes\": {{{}}}}}", shapes.join(",\n"))
}

#[test]
fn long_chains_cost_no_stack() {
    let count = 5_000;
    let mixins = shapes(count, |at| {
        let mixins =
            if at == 0 { String::new() } else { format!("\"mixins\": [{{\"target\": \"a.b#S{}\"}}],", at - 1) };
        format!("{{\"type\": \"structure\", {mixins} \"members\": {{}}, \"traits\": {{\"smithy.api#mixin\": {{}}}}}}")
    });
    let (model, events) = load(&mixins).unwrap();
    assert_eq!(model.own_shapes().count(), count);
    assert!(events.is_empty(), "{:?}", events.first());

    let growing = shapes(count, |at| {
        let mixins =
            if at == 0 { String::new() } else { format!("\"mixins\": [{{\"target\": \"a.b#S{}\"}}],", at - 1) };
        format!(
            "{{\"type\": \"structure\", {mixins} \"members\": {{\"m{at}\": {{\"target\": \"smithy.api#String\"}}}}, \"traits\": {{\"smithy.api#mixin\": {{}}}}}}"
        )
    });
    let (_, events) = load(&growing).unwrap();
    assert!(events.iter().any(|event| event.message.contains("more members than")), "{:?}", events.first());

    let required = shapes(count, |at| {
        let next = (at + 1) % count;
        format!(
            "{{\"type\": \"structure\", \"members\": {{\"next\": {{\"target\": \"a.b#S{next}\", \"traits\": {{\"smithy.api#required\": {{}}}}}}}}}}"
        )
    });
    let (_, events) = load(&required).unwrap();
    assert_eq!(events.iter().filter(|event| event.id == "ShapeRecursion").count(), count);

    let resources =
        shapes(count, |at| format!("{{\"type\": \"resource\", \"resources\": [{{\"target\": \"a.b#S{}\"}}]}}", at + 1));
    let (_, events) = load(&resources).unwrap();
    assert!(events.iter().any(|event| event.id == "Target.UnresolvedShape"));
}

#[test]
fn a_selector_cannot_take_forever() {
    let count = 60;
    let members: Vec<String> = (0..count).map(|at| format!("\"m{at}\": {{\"target\": \"a.b#S{at}\"}}")).collect();
    let body = format!("{{\"type\": \"structure\", \"members\": {{{}}}}}", members.join(","));
    let model = shapes(count, |_| body.clone());
    let chain = "> ".repeat(40);
    let metadata = format!(
        "\"metadata\": {{\"validators\": [{{\"name\": \"EmitEachSelector\", \"configuration\": {{\"selector\": \"{chain}\"}}}}]}}, \"shapes\""
    );
    let (_, events) = load(&model.replacen("\"shapes\"", &metadata, 1)).unwrap();
    assert!(events.iter().any(|event| event.message.contains("too many steps")), "{:?}", events.first());
}

/// The messages of everything that is wrong with a model in the IDL.
fn messages(idl: &str) -> Vec<String> {
    let (model, events) = assemble(&[("a.smithy", idl.as_bytes())]).unwrap();
    validate::validate(&model, events).into_iter().map(|event| event.message.to_string()).collect()
}

/// Rules compare with what they have looked up: otherwise these models take as many steps as the square of their size, and the
/// labels its cube.
#[test]
fn checks_take_time_and_space_in_proportion() {
    const COUNT: usize = 20_000;
    let started = std::time::Instant::now();
    let list = |of: &dyn Fn(usize) -> String| (0..COUNT).map(of).collect::<Vec<_>>().join(" ");

    let (values, wrong) = (list(&|at| format!("V{at}")), list(&|at| format!("\"X{at}\"")));
    let found = messages(&format!(
        r#"$version: "2.0"
        namespace a.b
        enum Value {{ {values} }}
        list Values {{ member: Value }}
        @examples([{{ title: "x", input: {{ values: [{wrong}] }} }}])
        operation Get {{ input := {{ values: Values }} }}"#
    ));
    assert_eq!(found.iter().filter(|message| message.contains(" is one of `V0`, `V1`")).count(), COUNT);

    let labels: String = (0..COUNT).map(|at| format!("/{{m{at}+}}")).collect();
    let members = list(&|at| format!("@required @httpLabel m{at}: String"));
    let found = messages(&format!(
        r#"$version: "2.0"
        namespace a.b
        @http(method: "GET", uri: "{labels}")
        operation Get {{ input := {{ {members} }} }}"#
    ));
    let size: usize = found.iter().map(String::len).sum();
    assert!(found.iter().any(|message| message.contains("more than one greedy label")), "{:?}", found.first());
    assert!(size < 300 * labels.len(), "{} messages of {size} bytes", found.len());

    let letter = |bit: usize, at: usize| if at >> bit & 1 == 0 { 'x' } else { 'X' };
    let name = |at: usize| (0..16).map(|bit| letter(bit, at)).collect::<String>();
    let found =
        messages(&format!("$version: \"2.0\"\nnamespace a.b\n{}", list(&|at| format!("string {}\n", name(at)))));
    assert_eq!(found.iter().filter(|message| message.contains(" only in the case of letters: ")).count(), COUNT);
    // Quadratic work takes minutes here; the bound leaves room for slow machines.
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}

/// Without bounds these expressions take 2^60 steps, and as many elements.
#[test]
fn expressions_that_multiply_end() {
    for part in ["[@, [@]][*].", "[@, @][] | "] {
        let path = format!("{}output.text", part.repeat(60));
        let found = messages(&format!(
            r#"$version: "2.0"
            namespace a.b
            @smithy.waiters#waitable(Ready: {{ acceptors: [
                {{ state: "success", matcher: {{ output: {{ path: "{path}", expected: "x", comparator: "stringEquals" }} }} }}
            ] }})
            operation Get {{ output := {{ text: String }} }}"#
        ));
        assert!(!found.is_empty(), "{part}");
    }
}

/// The messages for a rule set each of whose conditions doubles the text before, which is a region of these bytes.
fn doubling(conditions: usize, region: usize) -> Vec<String> {
    let region = "r".repeat(region);
    let conditions: Vec<String> = (0..conditions)
        .map(|at| {
            let before = if at == 0 { "Region".to_owned() } else { format!("T{}", at - 1) };
            format!(r#"{{ fn: "uriEncode", argv: ["{{{before}}}{{{before}}}"], assign: "T{at}" }}"#)
        })
        .collect();
    messages(&format!(
        r#"$version: "2.0"
        namespace a.b
        @smithy.rules#endpointRuleSet({{
            version: "1.0"
            parameters: {{ Region: {{ type: "string", required: true, default: "r", builtIn: "AWS::Region", documentation: "r" }} }}
            rules: [{{ conditions: [{}], endpoint: {{ url: "https://example.com" }}, type: "endpoint" }}]
        }})
        @smithy.rules#endpointTests({{
            version: "1.0"
            testCases: [{{ params: {{ Region: "{region}" }}, expect: {{ endpoint: {{ url: "https://example.com" }} }} }}]
        }})
        service S {{ version: "1" }}"#,
        conditions.join(", ")
    ))
}

#[test]
fn templates_that_multiply_are_refused() {
    let found = doubling(60, 1);
    assert!(found.iter().any(|message| message.contains("exceeds the limit of 1048576 bytes")), "{found:?}");
    // Within the limit for all inputs, but not within the one for a test case.
    let found = doubling(4, 1_000);
    let wanted = "test case: a template comes to more than 8192 bytes";
    assert!(found.iter().any(|message| message == wanted), "{found:?}");
}
