$version: "2"
metadata suppressions = [{id: "X", namespace: "a.b", reason: "r"}]
metadata ref = "a.b#Kept"
metadata keep = {"a.b#Kept": "a.b#Kept$a", list: ["c.d#Inner"]}
metadata shapeClosures = [{ id: "a.b#main", includeBySelector: "[id='a.b#Kept']" }]
namespace a.b
use c.d#Inner
use c.d#Outer
@title("x")
@refTrait("a.b#Old")
service Svc { version: "1", operations: [Op, Tagged], resources: [Res], errors: [Err], rename: { "c.d#Inner": "RenamedInner" } }
@refTrait(Kept)
operation Op { input := with [Mix] { @tags(["internal"]) a: String, inner: Inner, @required @idempotencyToken tok: String, en: E, lst: Lst }, output: Kept, errors: [Err] }
@tags(["internal", "export"])
operation Tagged { output := { x: TaggedS } }
@tags(["internal"])
structure TaggedS { y: String }
@mixin
@tags(["mixed"])
@documentation("mix")
structure Mix { fromMix: String, @custom fromMix2: OnlyMix }
string OnlyMix
@error("client") structure Err { message: String }
@custom
structure Kept { a: String, @deprecated(since: "2020-01-01") gone: String, o: Outer, u: Un }
union Un { a: String, b: Kept }
resource Res { identifiers: {id: Id}, read: GetRes, resources: [Sub] }
@references([{resource: Sub}])
structure Refs { id: Id, sub: Id }
resource Sub { identifiers: {id: Id, sub: Id} }
string Id
@readonly operation GetRes { input := for Res { @required $id } }
enum E {
 @tags(["internal"]) A = "a"
 B = "b"
}
list Lst { member: TaggedS }
@trait
@tags(["export"])
structure custom { v: CustomValue }
structure CustomValue { s: String }
@trait @meta
structure unusedTrait { v: OnlyUnused }
structure OnlyUnused {}
@trait structure meta {}
@trait @idRef string refTrait
@deprecated(since: "2020-01-01") string Old
@tags(["export"]) structure Exported { s: ExportedMember }
structure ExportedMember { s: String }
@internal structure Internal {}
structure Lonely with [Mix] {}
@tags(["export"]) string Sub2
@unusedTrait string HasUnused
@authDefinition(traits: [meta, custom]) @trait structure myAuth {}
intEnum IE {
 ONE = 1
}
structure WithEnum { e: E, ie: IE, s: StrEnum }
string StrEnum
apply Svc @tags(["internal"])
