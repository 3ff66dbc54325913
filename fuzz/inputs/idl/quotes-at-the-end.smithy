$version: "2"

namespace example.quotes

@documentation("""
    Hello
    "    """)
string City
