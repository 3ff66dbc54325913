$version:"2.0"
$operationInputSuffix: "Request"

metadata suppressions=[{id: "UnstableTrait", namespace: "*",
    reason: "Tests"}]
namespace example.weather
use smithy.api#Unit
use aws.api#arn
use smithy.test#smokeTests

// A comment.
/// The service.
@title("Weather")
@arn(template: "city/{id}")
@smokeTests([{id: "a", expect: {success: {}}}])
service   Weather {
    version:"2024-01-01", operations: [GetTime], resources: [City]
    errors: [ Busy ]
}

resource City { identifiers: {id: CityId}, properties: {name: String}, read: GetCity }

@pattern("^[a-z]+$") @length(min: 1, max: 64)
string CityId

@readonly
operation GetCity {
    input := for City with [Paged] {
        /// The city.
        @required $id
    }
    output:= for City { @required @notProperty $id
        $name, size: Size = "small" // The default.
        population: Long=0
    }
    errors: []
}

@readonly
operation GetTime { output: Time }

@output
structure Time { @required time: Timestamp }

@mixin structure Paged { token: String, page: Integer }

enum Size { SMALL = "small"
    LARGE = "large"
}

intEnum Level {
    LOW = 1
    HIGH = 2
}

list Names { member: String }
map Counts { key: String, value: Integer }
union Choice { none: Unit, text: String, number: Float }
document Anything

@error("client") @retryable(throttling: true)
structure Busy { message: String }

apply Busy @documentation("""
    Try again
      later.
    """)
apply Names { @tags(["a", "b"]) @internal }
