//! What holds for every codec, run over all of them.

mod forms;
mod hostile;
mod policy;
mod round_trip;
mod shapes;
mod xml;
