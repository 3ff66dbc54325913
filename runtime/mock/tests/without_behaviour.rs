//! The mock of a service without a behaviour file.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use whitesmith_mock::protocols::AwsJson1_1;
use whitesmith_mock::{Definition, Example, Server, ServerBuilder, protocol};
use whitesmith_schema::prelude::UNIT;
use whitesmith_schema::{
    Closure, Constraints, EnumValue, ErrorTrait, Fault, Member, Operation, OperationTraits, Pagination, ProtocolId,
    Schema, Service, ShapeType,
};

static TEXT: Schema = Schema::string("example#Text");
static NAME: Schema = Schema::string("example#Name").with_constraints(&Constraints::new().with_pattern("^[a-z]{3,8}$"));
static COUNT: Schema = Schema::simple("example#Count", ShapeType::Integer)
    .with_constraints(&Constraints::new().with_range(Some("1"), Some("5")));
static WHEN: Schema = Schema::simple("example#When", ShapeType::Timestamp);
static DATA: Schema =
    Schema::simple("example#Data", ShapeType::Blob).with_constraints(&Constraints::new().with_length(Some(2), Some(4)));
static ANYTHING: Schema = Schema::simple("example#Anything", ShapeType::Document);
static COLOR: Schema = Schema::string_enum("example#Color", &[EnumValue::string("RED", "red")]);
static NAMES: Schema = Schema::list("example#Names", &[Member::new("member", &NAME)])
    .with_constraints(&Constraints::new().with_length(Some(2), None));
static COUNTS: Schema = Schema::map("example#Counts", &[Member::new("key", &NAME), Member::new("value", &COUNT)]);
static LEAF_OR_TREE: Schema =
    Schema::union("example#LeafOrTree", &[Member::new("Leaf", &NAME), Member::new("Tree", &TREE)]);
static TREE: Schema = Schema::structure(
    "example#Tree",
    &[Member::new("Name", &NAME).with_required(), Member::new("Child", &LEAF_OR_TREE), Member::new("Next", &TREE)],
);
static INPUT: Schema = Schema::structure(
    "example#MakeInput",
    &[Member::new("Name", &NAME).with_required(), Member::new("Token", &TEXT).with_idempotency_token()],
);
static OUTPUT: Schema = Schema::structure(
    "example#MakeOutput",
    &[
        Member::new("Count", &COUNT),
        Member::new("When", &WHEN),
        Member::new("Data", &DATA),
        Member::new("Anything", &ANYTHING),
        Member::new("Color", &COLOR).with_required(),
        Member::new("Names", &NAMES),
        Member::new("Counts", &COUNTS),
        Member::new("Tree", &TREE),
    ],
);
static FIELD: Schema = Schema::structure(
    "example#Field",
    &[Member::new("path", &TEXT).with_required(), Member::new("message", &TEXT).with_required()],
);
static FIELDS: Schema = Schema::list("example#Fields", &[Member::new("member", &FIELD)]);
static INVALID: Schema = Schema::structure(
    "example#ValidationException",
    &[
        Member::new("message", &TEXT).with_required(),
        Member::new("fieldList", &FIELDS),
        Member::new("why", &COLOR).with_required(),
    ],
)
.with_error(&ErrorTrait { fault: Fault::Client, status: 422, retryable: None, query_code: None });
static GONE: Schema = Schema::structure("example#Gone", &[Member::new("Message", &TEXT)]).with_error(&ErrorTrait {
    fault: Fault::Client,
    status: 410,
    retryable: None,
    query_code: None,
});

static MAKE: Operation = Operation::new("example#Make", "Make", &INPUT, &OUTPUT).with_errors(&[&INVALID, &GONE]);
static CHECK: Operation = Operation::new("example#Check", "Check", &INPUT, &UNIT).without_output();
static LIST: Operation = Operation::new("example#List", "List", &UNIT, &OUTPUT).without_input();
static MISMATCH: Schema = Schema::structure("example#IdempotentParameterMismatch", &[Member::new("message", &TEXT)])
    .with_error(&ErrorTrait { fault: Fault::Client, status: 409, retryable: None, query_code: None });
static RESERVE: Operation = Operation::new("example#Reserve", "Reserve", &INPUT, &OUTPUT).with_errors(&[&MISMATCH]);
static PAGE_INPUT: Schema = Schema::structure("example#PageInput", &[Member::new("Token", &TEXT)]);
static PAGE_NAMES: Schema = Schema::list("example#PageNames", &[Member::new("member", &TEXT)]);
static PAGE_RESULT: Schema =
    Schema::structure("example#PageResult", &[Member::new("Names", &PAGE_NAMES), Member::new("Next", &TEXT)]);
static TRUNCATED: Schema = Schema::simple("example#Truncated", ShapeType::Boolean);
static PAGE_OUTPUT: Schema = Schema::structure(
    "example#PageOutput",
    &[Member::new("Result", &PAGE_RESULT), Member::new("IsTruncated", &TRUNCATED)],
);
static PAGINATED: OperationTraits = OperationTraits::new().with_pagination(Pagination {
    input_token: "Token",
    output_token: "Result.Next",
    items: Some("Result.Names"),
    page_size: None,
});
static PAGED: Operation = Operation::new("example#Pages", "Pages", &PAGE_INPUT, &PAGE_OUTPUT).with_traits(&PAGINATED);
static SERVICE: Service = Service::new("example#Example", "Example", "2024-01-01", ProtocolId::AwsJson1_1);
static CLOSURE: Closure = Closure::new(&SERVICE, &[&MAKE, &CHECK, &LIST, &RESERVE, &PAGED]);

const EXAMPLES: &[Example] = &[
    Example { operation: "List", input: "{}", output: r#"{"Color":"red","Count":1}"# },
    Example { operation: "List", input: r#"{"Nothing":"like this"}"#, output: r#"{"Color":"red","Count":2}"# },
];

fn start() -> Server {
    let definition = Definition {
        closure: &CLOSURE,
        protocol: protocol::<AwsJson1_1>(),
        behaviour: "",
        examples: EXAMPLES,
        name: "example-mock",
        version: "1.0.0",
    };
    ServerBuilder::new(definition).start().unwrap()
}

fn call(server: &Server, target: &str, version: &str, body: &str) -> (u16, Value) {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let length = body.len();
    let request = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-amz-json-{version}\r\n\
         X-Amz-Target: {target}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
}

fn make(server: &Server, body: &str) -> (u16, Value) {
    call(server, "Example.Make", "1.1", body)
}

#[test]
fn answers_are_samples_that_satisfy_the_model() {
    let server = start();
    let (status, output) = make(&server, r#"{"Name":"abc"}"#);
    assert_eq!(status, 200, "{output}");
    assert_eq!(output["Color"], "red");
    assert!((1..=5).contains(&output["Count"].as_i64().unwrap()));
    assert!(output["When"].is_number());
    assert!(output["Names"].as_array().is_some_and(|names| names.len() >= 2), "{output}");
    let is_name = |value: &Value| {
        value.as_str().is_some_and(|name| (3..=8).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase()))
    };
    assert!(is_name(&output["Tree"]["Name"]) && output["Names"].as_array().unwrap().iter().all(is_name), "{output}");
    assert!(output["Counts"].as_object().unwrap().keys().all(|key| is_name(&json!(key))));
}

#[test]
fn repeated_token_gets_the_same_answer_or_the_conflict_error() {
    let server = start();
    let make = |name: &str, token: &str| make(&server, &json!({"Name": name, "Token": token}).to_string());
    let first = make("abc", "t");
    assert_eq!(first.0, 200);
    assert_eq!(make("abc", "t"), first);
    assert_ne!(make("abc", "u"), first);
    // The operation has no error for a conflict.
    assert_eq!(make("abd", "t").0, 200);
    let reserve =
        |name: &str| call(&server, "Example.Reserve", "1.1", &json!({"Name": name, "Token": "t"}).to_string());
    let first = reserve("abc");
    assert_eq!(reserve("abc"), first);
    let (status, error) = reserve("abd");
    assert_eq!((status, &error["__type"]), (409, &json!("IdempotentParameterMismatch")), "{error}");
}

#[test]
fn list_operations_give_pages_with_valid_tokens() {
    let server = start();
    let page = |token: Option<&str>| call(&server, "Example.Pages", "1.1", &json!({ "Token": token }).to_string());
    let mut token: Option<String> = None;
    let mut sizes = Vec::new();
    loop {
        let (status, output) = page(token.as_deref());
        assert_eq!(status, 200, "{output}");
        sizes.push(output["Result"]["Names"].as_array().unwrap().len());
        assert_eq!(output["IsTruncated"].as_bool(), Some(sizes.len() < 3));
        match output["Result"]["Next"].as_str() {
            Some(next) => token = Some(next.to_owned()),
            None => break,
        }
        assert!(sizes.len() < 5, "it never ends");
    }
    assert_eq!(sizes, [2, 2, 2]);
    // A token stays valid.
    assert_eq!(page(token.as_deref()).0, 200);
    assert_eq!(page(Some("nonsense")).0, 400);
}

#[test]
fn examples_come_before_samples() {
    let server = start();
    assert_eq!(call(&server, "Example.List", "1.1", "{}"), (200, json!({"Color": "red", "Count": 1})));
    assert_eq!(call(&server, "Example.List", "1.1", ""), (200, json!({"Color": "red", "Count": 1})));
}

#[test]
fn an_operation_without_output_is_answered_without_a_body() {
    assert_eq!(call(&start(), "Example.Check", "1.1", r#"{"Name":"abc"}"#), (200, Value::Null));
}

#[test]
fn refusals_are_the_operations_own_error_or_one_of_no_model() {
    let server = start();
    let (status, error) = make(&server, r#"{"Name":"A"}"#);
    assert_eq!(
        (status, &error["__type"], &error["why"]),
        (422, &json!("ValidationException"), &json!("red")),
        "{error}"
    );
    assert_eq!(error["fieldList"][0]["path"], "/Name");
    assert!(error["message"].as_str().unwrap().starts_with("1 validation error detected. Value at '/Name'"), "{error}");
    let (status, error) = call(&server, "Example.Check", "1.1", "{}");
    assert_eq!(status, 400);
    assert!(error["__type"].as_str().unwrap().ends_with("ValidationException"), "{error}");
    assert_eq!(call(&server, "Example.Other", "1.1", "{}").0, 400);
    assert_eq!(call(&server, "Other.Make", "1.1", "{}").0, 400);
    assert_eq!(call(&server, "Example.Make", "1.0", "{}").0, 404);
}

#[test]
fn tests_say_what_else_it_answers() {
    let server = start();
    let script = "
expectations:
  - {operation: Make, when: {Name: gone}, respond: {error: {name: Gone, message: it went}}}
  - {operation: Make, when: {Name: other}, respond: {error: {name: Unheard, message: of, status: 503}}}
  - {operation: Make, when: {Name: given}, respond: {output: {Color: red, Count: 5}}}
";
    server.script(script).unwrap();
    let ask = |name: &str| make(&server, &json!({ "Name": name }).to_string());
    assert_eq!(ask("gone"), (410, json!({"__type": "Gone", "Message": "it went"})));
    assert_eq!(ask("other"), (503, json!({"__type": "Unheard", "message": "of"})));
    assert_eq!(ask("given"), (200, json!({"Color": "red", "Count": 5})));
    server.verify().unwrap();
    // The service has no tasks.
    let task = "expectations: [{operation: Make, respond: {task: {state: DONE}}}]";
    assert!(server.script(task).is_err_and(|error| error.to_string().contains("Make")));
    assert!(server.events().is_empty());
}
