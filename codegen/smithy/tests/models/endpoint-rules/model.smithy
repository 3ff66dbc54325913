$version: "2"
namespace a.b
use smithy.rules#clientContextParams
use smithy.rules#contextParam
use smithy.rules#endpointBdd
use smithy.rules#endpointRuleSet
use smithy.rules#endpointTests
use smithy.rules#operationContextParams
use smithy.rules#staticContextParams

@clientContextParams(stage: { type: "boolean", documentation: "x" })
@endpointRuleSet({
    version: "1.0"
    parameters: {
        Region: { type: "string", builtIn: "AWS::Region", documentation: "x" }
        Account: { type: "string", builtIn: "AWS::Auth::AccountId", documentation: "x" }
        Odd: { type: "string", builtIn: "AWS::Odd" }
        stage: { type: "string", required: true, default: "beta", documentation: "x" }
        bucket: { type: "string", required: true, documentation: "x" }
    }
    rules: [
        {
            conditions: [
                { fn: "aws.partition", argv: [{ ref: "Region" }], assign: "partition" }
                { fn: "getAttr", argv: [{ fn: "split", argv: ["a-b", "-", 0] }, "[-1]"] }
            ]
            type: "tree"
            rules: [{
                conditions: [{ fn: "isSet", argv: [{ ref: "Account" }] }]
                type: "endpoint"
                endpoint: {
                    url: "https://{bucket}.{Region}.{partition#dnsSuffix}"
                    properties: { authSchemes: [{ name: "sigv4", signingName: 1 }, { name: "sigv4" }, { name: "sigv4a", signingRegionSet: [] }] }
                }
            }, {
                conditions: []
                type: "endpoint"
                endpoint: { url: "ftp://{bucket}", headers: { "x": ["{bucket}"] } }
            }]
        }
        { conditions: [], type: "error", error: "no region for {bucket}" }
    ]
})
@endpointTests(version: "1.0", testCases: [
    { documentation: "error", params: { bucket: "b" }, expect: { error: "no region for b" } }
    { params: { bucket: "b", Region: "cn-north-1" }, expect: { endpoint: { url: "ftp://b", headers: { "x": ["b"] } } }, operationInputs: [{ operationName: "Get", builtInParams: { "AWS::Region": "x" }, operationParams: { bucket: 1 } }] }
    { documentation: "wrong", params: { bucket: "b", Region: "us-iso-east-1", Account: "1", more: "x" }, expect: { endpoint: { url: "https://b.us-iso-east-1.amazonaws.com" } }, operationInputs: [{ operationName: "Gett" }] }
])
service Cities { operations: [Get, Put] }

@staticContextParams(stage: { value: "gamma" }, number: { value: 1 })
@operationContextParams(names: { path: "parts[0].name" })
operation Get {
    input := {
        @contextParam(name: "bucket")
        bucket: String
        parts: Parts
    }
}

operation Put {}

list Parts { member: Part }
structure Part { name: String }

@endpointBdd(version: "1.1", parameters: {}, conditions: [], results: [], root: 2, nodeCount: 2, nodes: "/////wAAAAEAAAABAAAAAAAAAAAF9eED")
service Diagrams {}
