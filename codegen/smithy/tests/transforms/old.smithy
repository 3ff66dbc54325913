$version: "1.0"
namespace v.o
@enum([{value: "a b", name: "A"}, {value: "c", name: "C", documentation: "d", tags: ["internal"], deprecated: true}]) string Named
@enum([{value: "a-b.c"}, {value: "x::y"}]) string Unnamed
@enum([{value: "1a"}]) string Number
@enum([{value: "é"}]) string Odd
set Names { member: Named }
structure S { n: Named, u: Unnamed }
