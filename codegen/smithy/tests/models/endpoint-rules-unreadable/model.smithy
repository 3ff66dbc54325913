$version: "2"
namespace a.b
use smithy.rules#endpointBdd

@endpointBdd(version: "1.0", parameters: {}, conditions: [], results: [], root: 1, nodeCount: 0, nodes: "")
service Early {}
@endpointBdd(version: "1.1", parameters: {}, conditions: [], results: [], root: 1, nodeCount: 1, nodes: "AAAA")
service Short {}
@endpointBdd(version: "1.1", parameters: {}, conditions: [], results: [], root: 1, nodeCount: 0, nodes: "*")
service Broken {}
