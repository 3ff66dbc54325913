//! `RuleSetAuthSchemes`: how requests to an endpoint are signed.

use std::collections::BTreeSet;

use super::rule_sets::{RuleSet, entries, rule_sets};
use crate::model::Severity;
use crate::source::Node;
use crate::validate::context::{Context, Report};

const ID: &str = "RuleSetAuthSchemes";

pub(in crate::validate) fn check(context: &Context<'_>, report: &mut Report) {
    for rules in rule_sets(context) {
        let properties = rules.endpoints().filter_map(|endpoint| endpoint.get("properties"));
        for schemes in properties.filter_map(|properties| properties.get("authSchemes")) {
            Checker { report, rules }.list(schemes);
        }
    }
}

struct Checker<'c, 'm> {
    report: &'c mut Report,
    rules: RuleSet<'m>,
}

impl Checker<'_, '_> {
    fn add(&mut self, severity: Severity, place: &Node, message: impl Into<String>) {
        self.report.add_at(severity, ID, self.rules.service, place.span, message);
    }

    fn error(&mut self, place: &Node, message: impl Into<String>) {
        self.add(Severity::Error, place, message);
    }

    fn list(&mut self, schemes: &Node) {
        let Some(list) = schemes.as_array() else {
            return self.error(schemes, format!("`authSchemes` must be a list; found {}", schemes.kind().name()));
        };
        let mut names = BTreeSet::new();
        for scheme in list {
            if scheme.as_object().is_none() {
                self.error(schemes, format!("`authSchemes` must be a list of objects; found {scheme}"));
                continue;
            }
            let Some(name) = scheme.get("name").and_then(Node::as_str) else {
                self.error(scheme, "an auth scheme must have a `name` that is a string");
                continue;
            };
            if name.contains('{') {
                continue;
            }
            if !names.insert(name) {
                self.error(schemes, format!("duplicate auth scheme `{name}`"));
            }
            self.scheme(name, scheme);
        }
    }

    fn scheme(&mut self, name: &str, scheme: &Node) {
        const SHARED: [&str; 4] = ["name", "signingName", "disableDoubleEncoding", "disableNormalizePath"];
        match name {
            "sigv4" => {
                self.keys(scheme, &SHARED, "signingRegion");
                self.shared(scheme);
                if let Some(region) = scheme.get("signingRegion") {
                    self.string("signingRegion", region);
                }
            }
            "sigv4a" => {
                self.keys(scheme, &SHARED, "signingRegionSet");
                self.region_set(scheme);
                self.shared(scheme);
            }
            _ if name.starts_with("sigv4-") => {
                self.signing_name(scheme);
                self.add(Severity::Danger, scheme, "what `sigv4-` auth schemes need may change");
            }
            _ if name.starts_with("beta-") => self.signing_name(scheme),
            _ => {
                let message = format!("unknown auth scheme `{name}`: its properties are not checked");
                self.report.add(Severity::Warning, ID, self.rules.service, message);
            }
        }
    }

    fn keys(&mut self, scheme: &Node, shared: &[&str], own: &str) {
        for entry in entries(Some(scheme)).filter(|entry| *entry.key != *own && !shared.contains(&&*entry.key)) {
            let message = format!("unexpected key `{}`: expected {} or {own}", entry.key, shared.join(", "));
            self.error(scheme, message);
        }
    }

    fn string(&mut self, key: &str, value: &Node) {
        if value.as_str().is_none() {
            self.error(value, format!("`{key}` must be a string; found {}", value.kind().name()));
        }
    }

    fn shared(&mut self, scheme: &Node) {
        if let Some(name) = scheme.get("signingName") {
            self.string("signingName", name);
        }
        for key in ["disableDoubleEncoding", "disableNormalizePath"] {
            if let Some(value) = scheme.get(key).filter(|value| value.as_bool().is_none()) {
                self.error(value, format!("`{key}` must be a boolean; found {}", value.kind().name()));
            }
        }
    }

    fn signing_name(&mut self, scheme: &Node) {
        match scheme.get("signingName") {
            Some(name) => self.string("signingName", name),
            None => self.error(scheme, "missing `signingName`"),
        }
    }

    fn region_set(&mut self, scheme: &Node) {
        let Some(set) = scheme.get("signingRegionSet") else {
            return self.error(scheme, "missing `signingRegionSet`");
        };
        let Some(regions) = set.as_array() else {
            return self.error(set, format!("`signingRegionSet` must be a list; found {}", set.kind().name()));
        };
        if regions.is_empty() {
            self.error(set, "`signingRegionSet` must not be empty");
        }
        for region in regions {
            self.string("signingRegionSet", region);
        }
    }
}
