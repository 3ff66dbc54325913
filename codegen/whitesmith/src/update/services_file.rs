//! Editing `services.toml` without losing what people wrote in it.

use anyhow::Context as _;
use toml_edit::{DocumentMut, Item, Value};

/// The changes of a pin in an update.
pub struct NewPin<'a> {
    /// The name of the crates.
    pub name: &'a str,
    /// The SHA-256 of the new model file.
    pub sha256: &'a str,
    /// The origin.
    pub origin: &'a str,
    /// The next version.
    pub version: &'a str,
}

/// The text with new values in a pin's table. Comments, order and everything else stay.
pub fn edit(text: &str, pins: &[NewPin<'_>]) -> anyhow::Result<String> {
    let mut document: DocumentMut = text.parse().context("invalid model/services.toml")?;
    for pin in pins {
        for (key, value) in [("sha256", pin.sha256), ("origin", pin.origin), ("version", pin.version)] {
            let place = document.get_mut("services").and_then(|services| services.get_mut(pin.name));
            let item = place.and_then(|place| place.get_mut(key));
            let Some(Item::Value(old)) = item else {
                anyhow::bail!("model/services.toml has no `{key}` in [services.{}]", pin.name);
            };
            // The comment after a value belongs to its place, not to the value.
            let decor = old.decor().clone();
            *old = Value::from(value);
            *old.decor_mut() = decor;
        }
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_order_stay() {
        let text = "# Ours.\n\n[services.weather] # the only one\nversion   = \"0.1.0\" # ours too\nmodel = \"w.json\"\n\
                    sha256 = \"aa\"\norigin = 'there'\n";
        let pin = NewPin { name: "weather", sha256: "bb", origin: "a \"b\"", version: "0.2.0" };
        let edited = edit(text, &[pin]).unwrap();
        assert_eq!(
            edited,
            "# Ours.\n\n[services.weather] # the only one\nversion   = \"0.2.0\" # ours too\nmodel = \"w.json\"\n\
             sha256 = \"bb\"\norigin = 'a \"b\"'\n"
        );
    }

    #[test]
    fn a_missing_key_is_named() {
        let pin = NewPin { name: "weather", sha256: "", origin: "", version: "" };
        let error = edit("[services.weather]\nsha256 = \"\"\n", &[pin]).unwrap_err();
        assert_eq!(error.to_string(), "model/services.toml has no `origin` in [services.weather]");
    }
}
