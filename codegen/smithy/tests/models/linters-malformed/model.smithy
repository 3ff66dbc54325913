$version: "2"
metadata validators = [
    { name: "MissingSensitiveTrait", configuration: { excludeDefaults: true } }
    { name: "CamelCase", configuration: { memberNames: "snake" } }
    { name: "AbbreviationName", configuration: { allowedAbbreviations: "AWS" } }
    { name: "RepeatedShapeName", configuration: { exactMatch: 1 } }
    { name: "ReservedWords", configuration: { reserved: [{ words: ["a*b"] }] } }
    { name: "ReservedWords", configuration: { reserved: [{ terms: [" a"] }] } }
    { name: "ReservedWords", configuration: { reserved: ["a"] } }
    { name: "NoninclusiveTerms", configuration: { terms: [] } }
    { name: "ShouldHaveUsedTimestamp", configuration: { additionalPatterns: ["("] } }
    { name: "StandardOperationVerb" }
]
