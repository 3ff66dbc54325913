$version: "2"
namespace a.b
use smithy.mqtt#publish

@publish("cities/{a}b")
operation Inside {}
@publish("cities/{a}/{a}")
operation Twice {}
@publish("cities/{}")
operation Empty {}
@publish("cities/+")
operation Wildcard {}
