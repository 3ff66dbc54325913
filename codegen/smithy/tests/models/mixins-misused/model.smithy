$version: "2"
namespace a.b
structure NotMixin {}
structure UsesNotMixin with [NotMixin] {}
@mixin
structure Base { a: String }
structure TargetsMixin { m: Base }
