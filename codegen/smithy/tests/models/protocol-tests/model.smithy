$version: "2"
namespace a.b
use aws.protocols#restJson1
use smithy.protocols#rpcv2Cbor
use smithy.test#eventStreamTests
use smithy.test#httpRequestTests
use smithy.test#httpResponseTests
use smithy.test#httpMalformedRequestTests
use smithy.test#smokeTests

@rpcv2Cbor(http: ["h2"], eventStreamHttp: ["http/1.1"])
service Cities { operations: [Get] }

@httpRequestTests([
    { id: "one", protocol: restJson1, method: "POST", uri: "/", body: "{", bodyMediaType: "application/json", params: { at: "1985-04-12T23:20:50.52Z", more: 1 } }
    { id: "one", protocol: restJson1, method: "POST", uri: "/", body: "<a/>", bodyMediaType: "application/xml", params: { at: 1, name: null }, vendorParamsShape: Vendor }
])
@httpResponseTests([{ id: "two", protocol: restJson1, code: 200, params: { name: 1 } }])
@httpMalformedRequestTests([
    { id: "three", protocol: restJson1, request: { method: "GET", uri: "/" }, response: { code: 400 }, testParameters: { a: ["1", "2"], b: ["1"] } }
])
@smokeTests([
    { id: "smoke", params: { at: true }, expect: { success: {} } }
    { id: "smoke", vendorParams: { a: 1 }, expect: { success: {} } }
])
@eventStreamTests([
    { id: "stream", protocol: restJson1, events: [{ type: "response", params: { a: {} } }, { type: "request", params: { b: {} } }] }
    { id: "empty", protocol: restJson1 }
])
operation Get {
    input := {
        @required
        at: Timestamp
        name: String
        events: Events
    }
    output := { name: String }
}

@streaming
union Events { a: Event }
structure Event {}
structure Vendor { b: String }
