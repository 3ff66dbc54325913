//! A client that is generated while this crate is built: see `build.rs`.

include!(concat!(env!("OUT_DIR"), "/weather.rs"));

#[cfg(test)]
mod tests {
    use crate::weather::operations::GetCityInput;
    use crate::weather::types::Climate;

    #[test]
    fn generated_types_match_the_model() {
        assert_eq!(GetCityInput::new("utrecht").id, "utrecht");
        assert_eq!(Climate::from("mild"), Climate::Mild);
    }
}
