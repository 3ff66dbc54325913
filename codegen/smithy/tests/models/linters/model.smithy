$version: "2"
metadata validators = [
    { name: "AbbreviationName", configuration: { allowedAbbreviations: ["AWS"] } }
    { name: "CamelCase" }
    { name: "InputOutputStructureReuse", id: "Reuse" }
    { name: "MissingClientOptionalTrait", configuration: { onRequiredStructureOrUnion: true } }
    { name: "MissingPaginatedTrait" }
    { name: "MissingSensitiveTrait", configuration: { terms: ["shoe size"] } }
    { name: "NoninclusiveTerms", configuration: { terms: { dude: ["person"] } } }
    { name: "RepeatedShapeName", configuration: { exactMatch: true } }
    { name: "ReservedWords", configuration: { reserved: [{ words: ["*secret"], terms: ["my codename"], reason: "Internal." }] } }
    { name: "ShouldHaveUsedTimestamp", configuration: { additionalPatterns: ["born"] } }
    { name: "StandardOperationVerb", configuration: { verbs: ["List", "Get"], suggestAlternatives: { Fetch: ["Get"] } } }
    { name: "StutteredShapeName" }
]
namespace a.b

service Cities {
    operations: [ListCities, FetchCity]
}

operation ListCities {
    input: ListCitiesInput
    output := { cities: CityList }
}

operation FetchCity {
    input := { nextToken: String }
}

structure ListCitiesInput {
    HTTPName: String
    AWSName: String
    shoeSize: Integer
    createdAt: String
    born: String
}

list CityList { member: City }

/// Has a whitelist.
@tags(["dudes"])
structure City {
    city: String
    cityName: String
    @required
    mayor: Mayor
    myCodename: String
}

structure Mayor { topSecret: String }
