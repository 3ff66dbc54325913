//! The AWS CLI's help pages: each text of the corpus against the page that the generator makes of the same model and the same
//! fixed texts; and the pages of every operation of every model, which must be made at all, with every link in place.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use whitesmith_docs::aws_cli::Family;
use whitesmith_docs::{PageSettings, aws_cli, files};
use whitesmith_rust::emit::File;
use whitesmith_rust::plan::{Plan, Request};
use whitesmith_smithy::load;
use whitesmith_smithy::model::Model;

use crate::suite::{Context, Tally};

/// The models that the versions of the AWS CLI had, and the fixed texts of each version.
const VERSIONS: &[(&str, &str, &str)] = &[
    ("1.36.12", "partnercentral-selling-2024-11-15.json", "v1.36.json"),
    ("1.46.3", "partnercentral-selling-2026-06-30.json", "v1.46.json"),
    ("2.22.11", "partnercentral-selling-2024-11-15.json", "v2.22.json"),
    ("2.36.7", "partnercentral-selling-2026-06-30.json", "v2.36.json"),
];

/// Runs the suite.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let folder = context.corpus.join("aws-cli-docs");
    for path in sorted(&folder, "txt")? {
        let name = file_stem(&path);
        let Some((command, version)) = name.rsplit_once(".v") else { continue };
        let Some((_, model, texts)) = VERSIONS.iter().find(|(known, _, _)| *known == version) else {
            println!("docs: {name}: left out, it is not known which model version {version} had");
            tally.skipped += 1;
            continue;
        };
        let expected = read(&path)?;
        let model = load(&context.corpus.join("model-history").join(model))?;
        let texts = (texts.to_string(), read(&folder.join("texts").join(texts))?);
        let pages = pages_of(&model, &[texts])?;
        let wanted = ["", "v1/", "v2.22/"].map(|folder| format!("docs/{folder}{command}.txt"));
        let made = pages.iter().filter(|file| wanted.contains(&file.path)).any(|file| file.contents == expected);
        report(&mut tally, &format!("{name}.txt from the model"), made);
        let markup = path.with_extension("rst");
        if markup.exists() {
            let made = aws_cli::TextSetter::default().markup(command, &read(&markup)?) == expected;
            report(&mut tally, &format!("{name}.txt from its markup"), made);
        }
    }
    every_model(context, &mut tally)?;
    Ok(tally)
}

/// The pages of every operation of every model.
fn every_model(context: &Context<'_>, tally: &mut Tally) -> anyhow::Result<()> {
    let folder = context.corpus.join("aws-models");
    if !folder.exists() {
        println!("docs: the pages of all models left out: {} does not exist", folder.display());
        return Ok(());
    }
    let (mut commands, mut bytes, mut seconds) = (0, 0, 0.0);
    for path in sorted(&folder, "json")? {
        let model = load(&path)?;
        let started = Instant::now();
        let pages = pages_of(&model, &[])?;
        seconds += started.elapsed().as_secs_f64();
        commands += pages.iter().filter(|file| file.path.ends_with(".1")).count();
        bytes += pages.iter().map(|file| file.contents.len()).sum::<usize>();
        let faults = faults(&pages);
        for fault in &faults {
            println!("docs: {}: {fault}", file_stem(&path));
        }
        report(tally, &file_stem(&path), faults.is_empty());
    }
    println!("docs: {commands} commands of the models, {:.1} MB of pages in {seconds:.2} s", bytes as f64 / 1e6);
    Ok(())
}

/// Defects of pages regardless of their content: stray characters, dead links, requests made from text.
fn faults(pages: &[File]) -> Vec<String> {
    let paths: BTreeSet<&str> = pages.iter().map(|file| file.path.as_str()).collect();
    let mut faults = Vec::new();
    for file in pages {
        let fault = |what: &str| format!("{}: {what}", file.path);
        if file.contents.chars().any(|c| c.is_control() && c != '\n') {
            faults.push(fault("holds a control character"));
        }
        if file.path.ends_with(".txt") && !file.contents.is_ascii() {
            faults.push(fault("is not ASCII"));
        }
        if file.path.ends_with(".1") {
            let requests = [".TH ", ".SH ", ".PP", ".RS ", ".RE", ".IP ", ".TP", ".nf", ".fi", ".ad l"];
            let other = file.contents.lines().find(|line| {
                line.starts_with(['.', '\'']) && !requests.iter().any(|request| line.starts_with(request))
            });
            if let Some(line) = other {
                faults.push(fault(&format!("has the request `{line}`")));
            }
        }
        if file.path.ends_with(".md") {
            for link in relative_links(&file.contents) {
                if !paths.contains(format!("docs/{link}").as_str()) {
                    faults.push(fault(&format!("links to `{link}`, which does not exist")));
                }
            }
        }
    }
    faults
}

/// The targets of links that are not addresses.
fn relative_links(markdown: &str) -> Vec<String> {
    let text = without_code(markdown);
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.starts_with('<')).map(str::to_owned).collect()
}

/// Markdown without its code: a run of back quotes up to the next run of as many.
fn without_code(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(start) = rest.find('`') {
        out.push_str(&rest[..start]);
        let code = &rest[start..];
        let fence = code.len() - code.trim_start_matches('`').len();
        let mut at = fence;
        let end = loop {
            let Some(found) = code[at..].find('`') else { break None };
            let run = code[at + found..].bytes().take_while(|byte| *byte == b'`').count();
            at += found + run;
            if run == fence {
                break Some(at);
            }
        };
        rest = &code[end.unwrap_or(fence)..];
    }
    out.push_str(rest);
    out
}

fn pages_of(model: &Model, texts: &[(String, String)]) -> anyhow::Result<Vec<File>> {
    let request = Request { name: Some("service".to_owned()), ..Request::default() };
    let plan = Plan::new(model, &request)?;
    Ok(files(&plan.pages, &PageSettings { texts: texts.to_vec(), layouts: [Family::V1, Family::V2_22].into() })?)
}

fn load(path: &Path) -> anyhow::Result<Model> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| name.clone())?;
    let (model, _) = load::load(&[(&name, &bytes)])?;
    Ok(model)
}

fn report(tally: &mut Tally, name: &str, passed: bool) {
    if passed {
        tally.passed += 1;
    } else {
        tally.failed += 1;
        println!("docs: {name}: differs");
    }
}

fn sorted(folder: &Path, extension: &str) -> anyhow::Result<Vec<std::path::PathBuf>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| Ok(entry?.path()))
        .collect::<anyhow::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|other| other == extension));
    paths.sort();
    Ok(paths)
}

fn file_stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}
