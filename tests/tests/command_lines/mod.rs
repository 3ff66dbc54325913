//! Generated command lines as their users run them: against mocks, against servers that misbehave, and in shells.

#![cfg(unix)]

mod completion;
mod credentials;
mod documentation;
mod events;
mod files;
mod pages;
mod support;
mod waiters;
