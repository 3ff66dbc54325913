//! The generator as a library: from a model to the modules that `src/lib.rs` takes in.

use std::{env, error::Error, fs, path::Path};

use whitesmith_rust::plan::Request;
use whitesmith_rust::{Artifact, Settings, generate};
use whitesmith_smithy::load;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=weather.json");
    let (model, _) = load::load(&[("weather.json", &fs::read("weather.json")?)])?;
    let request = Request { name: Some(env!("CARGO_PKG_NAME").to_owned()), ..Request::default() };
    let settings = Settings { request, artifacts: [Artifact::Types, Artifact::Client].into(), ..Settings::default() };
    for file in generate(&model, &settings)?.crates.iter().flat_map(|generated| &generated.files) {
        let path = Path::new(&env::var("OUT_DIR")?).join(&file.path);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        // `include!` takes no documentation of the file that it includes.
        fs::write(
            path,
            if file.path == "src/lib.rs" { file.contents.replace("//!", "//") } else { file.contents.clone() },
        )?;
    }
    Ok(())
}
