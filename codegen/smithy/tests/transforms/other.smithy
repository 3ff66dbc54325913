$version: "2"
namespace c.d
structure Inner { x: String }
@tags(["a", "internal"])
structure Outer { inner: Inner, @required m: Deep }
map Deep { key: String, value: Inner }
@tags(["export"]) string Kept
