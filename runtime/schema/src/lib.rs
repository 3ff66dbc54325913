//! Static Smithy schemas, the values they describe, and the traits that read and write them.
