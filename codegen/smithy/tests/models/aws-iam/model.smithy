$version: "2"
namespace a.b
use aws.api#arn
use aws.api#service
use aws.iam#actionName
use aws.iam#conditionKeyValue
use aws.iam#conditionKeys
use aws.iam#defineConditionKeys
use aws.iam#iamAction
use aws.iam#iamResource
use aws.iam#serviceResolvedConditionKeys

@service(sdkId: "Cities", arnNamespace: "cities")
@defineConditionKeys("cities:Known": { type: "String", documentation: "x", required: true })
@serviceResolvedConditionKeys(["cities:Other"])
service Cities {
    version: "1"
    operations: [Build]
    resources: [City, Town]
}

@conditionKeys(["cities:Known", "cities:CityId", "cities:Unknown", "aws:Global"])
@iamAction(name: "Make", resources: { required: { city: {} }, optional: { city: {} } })
@actionName("Make")
operation Build {
    input := {
        @conditionKeyValue("Known")
        one: String
        @conditionKeyValue("cities:Known")
        two: String
    }
}

@iamResource(name: "place")
@arn(template: "city/{id}")
resource City { identifiers: { id: String } }

@iamResource(name: "Place")
resource Town { identifiers: { id: String } }
