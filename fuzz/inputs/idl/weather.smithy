$version: "2"
metadata suppressions = [{ id: "X", namespace: "*" }]
namespace example.weather
use aws.protocols#awsJson1_0

/// Weather.
@awsJson1_0
@title("Weather")
service Weather {
    version: "2024-01-01"
    operations: [Get]
    resources: [City]
}

resource City {
    identifiers: { id: Id }
    properties: { name: String }
    read: GetCity
}

@readonly
operation GetCity {
    input := for City { @required $id }
    output := with [Paged] { $name, when: Timestamp = 0 }
}

operation Get { input := { kind: Kind = "sun", @range(min: 1, max: 5) count: Integer } }

@mixin
structure Paged { next: String }

enum Kind { SUN = "sun", RAIN }
intEnum Level { LOW = 1 }
@pattern("^[a-z]+$")
string Id
list Ids { member: Id }
map Names { key: Id, value: Names }
union Either { a: String, b: Either }
apply Id @documentation("""
    A text
      block \u00e9.""")
