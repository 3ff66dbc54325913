$version: "2"
namespace a.b
use aws.api#clientDiscoveredEndpoint
use aws.api#clientEndpointDiscovery

@clientEndpointDiscovery(operation: Describe, error: Gone)
service Good {
    operations: [Describe, Get]
}

@clientEndpointDiscovery(operation: Wrong)
service Bad {}

operation Describe {
    input := { Operation: String, Identifiers: Ids }
    output := { Endpoints: Endpoints }
}

operation Wrong {
    input := { Operation: Integer, Identifiers: String, more: String }
    output := { Endpoints: String, more: String }
}

@clientDiscoveredEndpoint(required: true)
operation Get {}

@clientDiscoveredEndpoint(required: true)
operation Unbound {}

map Ids { key: String, value: String }
list Endpoints { member: Endpoint }
structure Endpoint { Address: String, CachePeriodInMinutes: Integer, more: String }
@error("client")
structure Gone {}
