//! A client that is generated while this crate is built: `build.rs` is all that it takes.

include!(concat!(env!("OUT_DIR"), "/src/lib.rs"));

#[cfg(test)]
mod tests {
    use crate::operations::GetCityInput;
    use crate::types::Climate;

    #[test]
    fn the_generated_types_are_those_of_the_model() {
        assert_eq!(GetCityInput::new("utrecht").id, "utrecht");
        assert_eq!(Climate::from("mild"), Climate::Mild);
    }
}
