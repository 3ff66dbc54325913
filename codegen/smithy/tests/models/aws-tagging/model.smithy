$version: "2"
namespace a.b
use aws.api#arn
use aws.api#tagEnabled
use aws.api#taggable

@tagEnabled(apiConfig: { tagApi: AddTags })
service Cities {
    version: "1"
    operations: [TagResource, AddTags, UntagResource]
    resources: [City, Town]
}

@taggable(property: "labels")
resource City {
    identifiers: { id: String }
    properties: { labels: String }
    update: UpdateCity
}

@idempotent
operation UpdateCity {
    input := for City { @required $id, $labels }
}

@arn(template: "town/{id}")
resource Town { identifiers: { id: String } }

operation TagResource {}

operation AddTags {
    input := { resourceArn: String, tags: TagMap }
}

operation UntagResource {
    input := { arn: String, tagKeys: Keys }
}

map TagMap { key: String, value: String }
list Keys { member: String }
