$version: "2"
namespace a.b
use aws.cloudformation#cfnExcludeProperty
use aws.cloudformation#cfnResource

@cfnResource(primaryIdentifier: "size")
resource City {
    identifiers: { id: String }
    properties: { name: String, size: Integer }
    create: CreateCity
    read: ReadCity
}

operation CreateCity {
    input := { name: String, size: Integer, other: String, @cfnExcludeProperty hidden: String }
}

@readonly
operation ReadCity {
    input := { @required id: String }
    output := { name: Name, size: Integer, other: Integer, hidden: Integer }
}

string Name
