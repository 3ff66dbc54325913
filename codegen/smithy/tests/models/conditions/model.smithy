$version: "2"
namespace a.b
use smithy.contracts#conditions

@trait
@conditions(Ordered: { expression: "min <= max", documentation: "x" })
structure bounds { min: Integer, max: Integer }

@bounds(min: 1, max: 2)
string Good
@bounds(min: 2, max: 1)
string Bad
