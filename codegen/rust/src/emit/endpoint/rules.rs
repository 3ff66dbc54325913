//! Rules as nested `if`s.

use proc_macro2::TokenStream;
use quote::quote;

use super::expression::{Value, Writer};
use super::scope::{Scope, Type};
use crate::emit::rust::ident;
use crate::plan::endpoint::{
    Condition, EndpointPlan, EndpointResult, Expression, Function, Outcome, Parameter, ParameterType, ParameterValue,
    Rule,
};

/// Writes the module.
pub(super) fn module(plan: &EndpointPlan) -> TokenStream {
    let mut emitter = Rules { writer: Writer::new(plan) };
    let body = emitter.all(&plan.rules, &Scope::new(plan), Place::Function);
    let used = |parameter: &&Parameter| emitter.writer.used.contains(&parameter.name);
    let parameters = plan.parameters.iter().filter(used).map(|parameter| parameter_binding(plan, parameter));
    let parameters: Vec<_> = parameters.collect();
    let mut imports = emitter.writer.imports;
    imports.extend(["Endpoint", "EndpointError", "EndpointParameters"]);
    let imports = imports.into_iter().map(ident);
    quote! {
        //! Endpoint resolution by the model's rules.

        use whitesmith_client::endpoint::{#(#imports),*};

        /// Resolves the endpoint of a request.
        ///
        /// # Errors
        /// The rules have no endpoint for the parameters.
        pub fn resolve(parameters: &EndpointParameters) -> Result<Endpoint, EndpointError> {
            #(#parameters)*
            #body
        }
    }
}

fn parameter_binding(plan: &EndpointPlan, parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let variable = ident(plan.variable(name).unwrap_or_default());
    let value = match (parameter.built_in.as_deref(), parameter.parameter_type) {
        (Some("AWS::UseFIPS"), _) => return quote!(let #variable = parameters.use_fips;),
        (Some("AWS::UseDualStack"), _) => return quote!(let #variable = parameters.use_dual_stack;),
        (Some("AWS::Region"), _) => quote!(parameters.region.as_deref()),
        (Some("SDK::Endpoint"), _) => quote!(parameters.endpoint.as_deref()),
        (_, ParameterType::String) => quote!(parameters.string(#name)),
        (_, ParameterType::Boolean) => quote!(parameters.boolean(#name)),
        (_, ParameterType::StringArray) => quote!(parameters.string_array(#name)),
    };
    match &parameter.default {
        Some(ParameterValue::String(text)) => quote!(let #variable = #value.unwrap_or(#text);),
        Some(ParameterValue::Boolean(default)) => quote!(let #variable = #value.unwrap_or(#default);),
        Some(ParameterValue::StringArray(items)) if items.is_empty() => {
            quote!(let #variable = #value.unwrap_or_default();)
        }
        Some(ParameterValue::StringArray(items)) => quote! {
            let #variable = [#(#items.to_owned()),*];
            let #variable = #value.unwrap_or(&#variable);
        },
        None if parameter.required => {
            quote!(let #variable = #value.ok_or_else(|| EndpointError::missing(#name))?;)
        }
        None => quote!(let #variable = #value;),
    }
}

/// The place of a sequence of rules.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the end of the function, so that the last rule is its value.
    Function,
    /// In a block, whose rules return.
    Block,
}

impl Place {
    fn give(self, value: TokenStream) -> TokenStream {
        match self {
            Self::Function => value,
            Self::Block => quote!(return #value;),
        }
    }
}

struct Rules<'a> {
    writer: Writer<'a>,
}

/// A condition as code.
enum Test<'a> {
    /// It is always met.
    Always,
    /// It is always met and binds a name.
    Binding(TokenStream),
    /// It may fail, and a name may change its type after it.
    If(TokenStream, Option<(&'a str, Type)>),
}

impl<'a> Rules<'a> {
    /// Rules in order, and what happens if none of them matches.
    fn all(&mut self, rules: &'a [Rule], scope: &Scope<'a>, place: Place) -> TokenStream {
        let mut tokens = TokenStream::new();
        for rule in rules {
            let (rule, always) = self.rule(&rule.conditions, &rule.outcome, scope, place);
            tokens.extend(rule);
            if always {
                return tokens;
            }
        }
        tokens.extend(place.give(quote!(Err(EndpointError::no_rule()))));
        tokens
    }

    /// A rule from one of its conditions on, and whether it always matches.
    fn rule(
        &mut self,
        conditions: &'a [Condition],
        outcome: &'a Outcome,
        scope: &Scope<'a>,
        place: Place,
    ) -> (TokenStream, bool) {
        let mut scope = scope.clone();
        let mut bindings = TokenStream::new();
        let mut tests = Vec::new();
        let mut rest = conditions;
        while let Some((condition, after)) = rest.split_first() {
            match self.test(condition, after, outcome, &mut scope) {
                Test::Always => {}
                // The name is bound outside of the preceding conditions, which therefore get a block of their own.
                Test::Binding(_) if !tests.is_empty() => break,
                Test::Binding(binding) => bindings.extend(binding),
                Test::If(test, narrowed) => {
                    // `clippy` takes a condition that is tested twice for a mistake.
                    let text = test.to_string();
                    if text != "true" && !tests.iter().any(|known: &TokenStream| known.to_string() == text) {
                        tests.push(test);
                    }
                    if let Some((name, of)) = narrowed {
                        scope = scope.with(name, of);
                    }
                }
            }
            rest = after;
        }
        if tests.is_empty() {
            let outcome = self.outcome(outcome, &scope, place);
            return (quote!(#bindings #outcome), true);
        }
        let (body, _) = self.rule(rest, outcome, &scope, Place::Block);
        (quote!(#bindings if #(#tests)&&* { #body }), false)
    }

    fn test(
        &mut self,
        condition: &'a Condition,
        after: &'a [Condition],
        outcome: &'a Outcome,
        scope: &mut Scope<'a>,
    ) -> Test<'a> {
        let used =
            |name: &str| after.iter().any(|condition| condition.expression.refers_to(name)) || outcome.refers_to(name);
        if let Expression::Call(Function::IsSet, arguments) = &condition.expression
            && let [Expression::Reference(name)] = arguments.as_slice()
        {
            if let Some(assigned) = condition.assign.as_deref() {
                *scope = scope.with(assigned, Type::True);
            }
            return match scope.type_of(name) {
                Type::Optional(of) if used(name) => {
                    let variable = self.writer.variable(name);
                    Test::If(quote!(let Some(#variable) = #variable), Some((name, *of)))
                }
                Type::Optional(_) => Test::If(self.writer.boolean(&condition.expression, scope, true), None),
                _ => Test::Always,
            };
        }
        if let Some(name) = condition.assign.as_deref() {
            let (before, Value { tokens, of, .. }) = self.writer.bound(&condition.expression, scope);
            return match of {
                Type::Boolean => Test::If(tokens, Some((name, Type::True))),
                Type::Optional(of) if *of == Type::Boolean => {
                    Test::If(self.writer.boolean(&condition.expression, scope, true), Some((name, Type::True)))
                }
                // What the pattern binds may borrow from the condition itself.
                Type::Optional(of) => {
                    let tokens = self.writer.value(&condition.expression, scope).tokens;
                    if used(name) {
                        let variable = self.writer.variable(name);
                        Test::If(quote!(let Some(#variable) = #tokens), Some((name, *of)))
                    } else {
                        Test::If(quote!(#tokens.is_some()), None)
                    }
                }
                of if used(name) => {
                    *scope = scope.with(name, of);
                    let variable = self.writer.variable(name);
                    Test::Binding(quote!(#before let #variable = #tokens;))
                }
                _ => Test::Always,
            };
        }
        Test::If(self.writer.boolean(&condition.expression, scope, true), None)
    }

    fn outcome(&mut self, outcome: &'a Outcome, scope: &Scope<'a>, place: Place) -> TokenStream {
        match outcome {
            Outcome::Tree(rules) => self.all(rules, scope, place),
            Outcome::Error(message) => {
                let message = self.writer.owned_text(message, scope);
                place.give(quote!(Err(EndpointError::new(#message))))
            }
            Outcome::Endpoint(endpoint) => {
                let endpoint = self.endpoint(endpoint, scope);
                place.give(quote!(Ok(#endpoint)))
            }
        }
    }

    fn endpoint(&mut self, endpoint: &EndpointResult, scope: &Scope<'_>) -> TokenStream {
        let url = self.writer.owned_text(&endpoint.url, scope);
        let mut tokens = quote!(Endpoint::new(#url));
        for (name, values) in &endpoint.headers {
            let values = self.writer.owned_texts(values, scope);
            tokens.extend(quote!(.with_header(#name, #values)));
        }
        for (name, value) in &endpoint.properties {
            match value {
                Expression::Array(schemes) if name == "authSchemes" => {
                    for scheme in schemes {
                        let scheme = self.auth_scheme(scheme, scope);
                        tokens.extend(quote!(.with_auth_scheme(#scheme)));
                    }
                }
                other => {
                    let value = self.writer.data(other, scope);
                    tokens.extend(quote!(.with_property(#name, #value)));
                }
            }
        }
        tokens
    }

    fn auth_scheme(&mut self, scheme: &Expression, scope: &Scope<'_>) -> TokenStream {
        self.writer.imports.insert("AuthScheme");
        let Expression::Record(entries) = scheme else { return quote!(AuthScheme::default()) };
        let entry = |key: &str| entries.iter().find(|(name, _)| name == key).map(|(_, value)| value);
        let mut tokens = match entry("name") {
            Some(name) => {
                let name = self.writer.owned_text(name, scope);
                quote!(AuthScheme::new(#name))
            }
            None => quote!(AuthScheme::default()),
        };
        if let Some(name) = entry("signingName") {
            let name = self.writer.owned_text(name, scope);
            tokens.extend(quote!(.with_signing_name(#name)));
        }
        if let Some(region) = entry("signingRegion") {
            let region = self.writer.owned_text(region, scope);
            tokens.extend(quote!(.with_signing_region(#region)));
        }
        if let Some(Expression::Array(regions)) = entry("signingRegionSet") {
            let regions = self.writer.owned_texts(regions, scope);
            tokens.extend(quote!(.with_signing_region_set(#regions)));
        }
        if entry("disableDoubleEncoding") == Some(&Expression::Boolean(true)) {
            tokens.extend(quote!(.without_double_encoding()));
        }
        tokens
    }
}
