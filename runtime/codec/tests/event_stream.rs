//! Frames of event streams.

use proptest::collection::vec;
use proptest::prelude::*;
use whitesmith_codec::event_stream::{
    EventHeader, EventHeaderValue, EventMessage, EventProblem, EventReader, write_event,
};

fn message() -> EventMessage {
    let header = |name: &'static str, value| EventHeader::new(name, value);
    EventMessage::new(&b"payload"[..])
        .add_header(header(":event-type", EventHeaderValue::String("Chunk".into())))
        .add_header(header("truth", EventHeaderValue::Bool(true)))
        .add_header(header("byte", EventHeaderValue::Byte(-1)))
        .add_header(header("long", EventHeaderValue::Int64(i64::MIN)))
        .add_header(header("bytes", EventHeaderValue::ByteArray(vec![0, 1].into())))
        .add_header(header("uuid", EventHeaderValue::Uuid(7)))
}

fn read_all(stream: &[u8], piece: usize) -> Result<Vec<EventMessage>, EventProblem> {
    let mut reader = EventReader::new(1024);
    let mut messages = Vec::new();
    for piece in stream.chunks(piece) {
        reader.push(piece);
        while let Some(message) = reader.next_event().map_err(|error| error.problem)? {
            messages.push(message);
        }
    }
    reader.finish().map_err(|error| error.problem)?;
    Ok(messages)
}

#[test]
fn messages_are_found_in_pieces_of_any_size() {
    let empty = EventMessage::new(&b""[..]);
    let stream = [write_event(&message()).unwrap(), write_event(&empty).unwrap()].concat();
    for piece in 1..=stream.len() {
        assert_eq!(read_all(&stream, piece).unwrap(), [message(), empty.clone()], "{piece}");
    }
}

#[test]
fn every_flipped_bit_is_an_error() {
    let frame = write_event(&message()).unwrap();
    for bit in 0..frame.len() * 8 {
        let mut broken = frame.clone();
        broken[bit / 8] ^= 1 << (bit % 8);
        assert!(read_all(&broken, 7).is_err(), "bit {bit}");
    }
}

#[test]
fn every_cut_is_an_error() {
    let frame = write_event(&message()).unwrap();
    for end in 1..frame.len() {
        assert!(matches!(read_all(&frame[..end], end), Err(EventProblem::Truncated)), "{end}");
    }
}

#[test]
fn long_frames_are_refused_before_they_are_buffered() {
    let mut reader = EventReader::new(1024);
    reader.push(&2048_u32.to_be_bytes());
    let error = reader.next_event().unwrap_err();
    assert!(matches!(error.problem, EventProblem::TooLong { length: 2048, limit: 1024 }));
    assert_eq!(error.to_string(), "event at byte 0: 2048 bytes exceed the limit of 1024 bytes");
}

#[test]
fn errors_say_where_the_frame_begins() {
    let frame = write_event(&message()).unwrap();
    let mut reader = EventReader::new(1024);
    reader.push(&frame);
    reader.push(&[0; 16]);
    assert!(reader.next_event().unwrap().is_some());
    assert_eq!(reader.next_event().unwrap_err().offset, frame.len() as u64);
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in vec(any::<u8>(), 0..100), length in 0..100_u32) {
        let _ = read_all(&bytes, 9);
        let _ = read_all(&[&length.to_be_bytes()[..], &bytes].concat(), 9);
    }
}
