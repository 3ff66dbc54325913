//! Names that must differ from one another.

use foldhash::HashSet;

/// A set of names in which each can be taken once.
#[derive(Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which some names are taken already.
    pub fn with(names: &[&str]) -> Self {
        Self { taken: names.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// Takes a name. One that is taken gets the smallest number from 2 on that makes it new.
    pub fn take(&mut self, name: String) -> String {
        if self.taken.insert(name.clone()) {
            return name;
        }
        let mut number = 2_usize;
        loop {
            let numbered = format!("{name}{number}");
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut scope = Scope::with(&["Service"]);
        let names: Vec<_> = ["Tag", "Tag", "Tag2", "Tag", "Service"].map(|name| scope.take(name.to_owned())).into();
        assert_eq!(names, ["Tag", "Tag2", "Tag22", "Tag3", "Service2"]);
    }
}
