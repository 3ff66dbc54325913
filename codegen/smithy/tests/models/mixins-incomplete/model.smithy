$version: "2"
namespace a.b
@mixin
map Half { key: String }
map Whole with [Half] { value: String }
list Extra {
    member: String
    more: String
}
