$version: "2"
namespace a.b
use smithy.mqtt#publish
use smithy.mqtt#subscribe
use smithy.mqtt#topicLabel

@publish("cities/{city}")
operation Publish {
    input := { @required @topicLabel city: String }
}

@publish("cities/{town}")
operation PublishToo {
    input := { @required @topicLabel village: String }
}

@subscribe("events/{city}")
operation Subscribe {
    input := { city: String }
    output := { events: Events, more: String }
}

@streaming
union Events { event: Event }
structure Event {}
