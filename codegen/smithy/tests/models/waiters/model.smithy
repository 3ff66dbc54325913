$version: "2"
namespace a.b
use smithy.contracts#conditions
use smithy.waiters#waitable

service Cities { operations: [Get, Other] }

@waitable(
    Built: {
        minDelay: 10
        maxDelay: 5
        acceptors: [
            { state: "success", matcher: { output: { path: "state", expected: "built", comparator: "stringEquals" } } }
            { state: "failure", matcher: { output: { path: "parts[].size", expected: "x", comparator: "stringEquals" } }, message: "parts[].name" }
            { state: "retry", matcher: { output: { path: "lenght(state)", expected: "yes", comparator: "booleanEquals" } } }
            { state: "retry", matcher: { inputOutput: { path: "input.idd == output.state", expected: "true", comparator: "booleanEquals" } } }
            { state: "retry", matcher: { output: { path: "state[", expected: "a", comparator: "anyStringEquals" } } }
            { state: "failure", matcher: { errorType: "Gone" }, message: "parts" }
            { state: "success", matcher: { output: { path: "parent.parent.state > `1`", expected: "true", comparator: "booleanEquals" } }, message: "state" }
        ]
    }
)
operation Get {
    input := { id: String }
    output: City
}

@waitable(BUILT: { acceptors: [{ state: "failure", matcher: { success: true } }] })
operation Other {}

structure City {
    state: String
    parts: Parts
    parent: City
}
list Parts { member: Part }

@conditions(
    Ordered: { expression: "min <= max", documentation: "x" }
    Text: { expression: "name", documentation: "x" }
    Missing: { expression: "nam == min", documentation: "x" }
)
structure Part { name: String, size: Integer, min: Integer, max: Integer }
