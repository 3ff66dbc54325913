//! Pins what the fixtures become: the plan and every file.

use whitesmith_tests::fixtures::{self, root};

#[test]
fn fixtures_become_what_they_became_before() {
    for fixture in fixtures::all() {
        let model = fixtures::load(&[("model.json", &fixture.json)]);
        let generated = fixtures::generated(&fixture.name, &model, &[]);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("tests/fixtures").join(&fixture.name));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!("plan", generated.plan.to_string());
            if !generated.warnings.is_empty() {
                insta::assert_snapshot!("warnings", generated.warnings.join("\n"));
            }
            for one in &generated.crates {
                for file in one.files.iter().filter(|file| file.path.ends_with(".rs")) {
                    insta::assert_snapshot!(file.path.replace('/', "-"), file.contents);
                }
            }
        });
    }
}
