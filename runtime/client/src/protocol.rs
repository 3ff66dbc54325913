//! The protocols of clients.

pub use whitesmith_protocol::*;

/// The protocol of a client's calls: any [`Protocol`], or what [`client_protocol!`](crate::client_protocol) makes of one.
pub trait ClientProtocol: 'static {
    /// Returns the client's half.
    fn half() -> &'static dyn TypedProtocol;
}

impl<P: Protocol> ClientProtocol for P {
    fn half() -> &'static dyn TypedProtocol {
        typed::<P>()
    }
}

/// Defines a [`ClientProtocol`](crate::protocol::ClientProtocol) that is compiled with this crate, and not with each program that
/// makes calls.
#[macro_export]
macro_rules! client_protocol {
    ($name:ident, $protocol:ident) => {
        #[doc = concat!("The protocol ", stringify!($protocol), ".")]
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}

        impl $crate::protocol::ClientProtocol for $name {
            // Inlined, it would bring the protocol into the crate of the call.
            #[inline(never)]
            fn half() -> &'static dyn $crate::protocol::TypedProtocol {
                $crate::protocol::typed::<$crate::protocol::$protocol>()
            }
        }
    };
}
