//! Expressions of rules as Rust.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::scope::{Scope, Type};
use crate::emit::rust::ident;
use crate::plan::endpoint::{EndpointPlan, Expression, Function, PathStep, Piece, Template};

/// A value: its tokens and its type. Tokens of text have the type `&str`.
pub(super) struct Value {
    pub tokens: TokenStream,
    pub of: Type,
    /// Whether the tokens name a variable or a field, from which nothing may be moved: rules may use a name many times.
    is_place: bool,
}

impl Value {
    fn new(of: Type, tokens: TokenStream) -> Self {
        Self { tokens, of, is_place: false }
    }

    /// A variable's or a field's value.
    fn place(of: Type, tokens: TokenStream) -> Self {
        Self { tokens, of, is_place: true }
    }

    /// A value that may be moved: text is borrowed from its place.
    pub fn detached(self) -> Self {
        let tokens = self.tokens;
        match self.of {
            Type::OwnedText if self.is_place => Self::new(Type::Text, quote!(#tokens.as_str())),
            Type::Pieces | Type::Arn | Type::Url if self.is_place => Self::new(self.of, quote!(#tokens.clone())),
            of => Self::new(of, tokens),
        }
    }

    fn is_optional(&self) -> bool {
        matches!(self.of, Type::Optional(_))
    }

    /// The type of the value when it is set.
    fn set_type(&self) -> &Type {
        match &self.of {
            Type::Optional(of) => of,
            of => of,
        }
    }

    /// The value with another type, by an expression on the variable `set` that holds it when it is set.
    fn converted(self, of: Type, convert: TokenStream) -> Self {
        let tokens = self.tokens;
        match self.of {
            Type::Optional(_) => Self::new(of.optional(), quote!(#tokens.map(|set| #convert))),
            _ => Self::new(of, quote!({ let set = #tokens; #convert })),
        }
    }
}

/// Gives two values the same type, apart from being set.
fn alike(one: Value, other: Value) -> (Value, Value) {
    let unify = |value: Value, as_other: &Type| match (value.set_type(), as_other) {
        (Type::Text, Type::OwnedText) if !value.is_optional() => {
            let tokens = value.tokens;
            Value::new(Type::OwnedText, quote!(#tokens.to_owned()))
        }
        (Type::Text, Type::OwnedText) => value.converted(Type::OwnedText, quote!(set.to_owned())),
        (Type::TextArray, Type::Pieces) => {
            value.converted(Type::Pieces, quote!(set.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        _ => value,
    };
    let (one, other) = (one.detached(), other.detached());
    let (of_one, of_other) = (one.set_type().clone(), other.set_type().clone());
    (unify(one, &of_other), unify(other, &of_one))
}

/// Writes expressions and remembers which names they use.
pub(super) struct Writer<'a> {
    plan: &'a EndpointPlan,
    /// Names of the runtime.
    pub imports: BTreeSet<&'static str>,
    /// Names of the rule set.
    pub used: BTreeSet<String>,
    /// Statements that must come first, while they are gathered: they hold texts that a variable borrows from.
    before: Option<Vec<TokenStream>>,
    temporaries: usize,
}

impl<'a> Writer<'a> {
    /// A writer of the expressions of these rules.
    pub fn new(plan: &'a EndpointPlan) -> Self {
        Self { plan, imports: BTreeSet::new(), used: BTreeSet::new(), before: None, temporaries: 0 }
    }

    /// The variable of a name, which is used by that.
    pub fn variable(&mut self, name: &str) -> proc_macro2::Ident {
        self.used.insert(name.to_owned());
        ident(self.plan.variable(name).unwrap_or_default())
    }

    /// An expression's value for a variable, and the statements that must come before it.
    pub fn bound(&mut self, expression: &Expression, scope: &Scope<'_>) -> (TokenStream, Value) {
        self.before = Some(Vec::new());
        let value = self.value(expression, scope).detached();
        let before = self.before.take().unwrap_or_default();
        (quote!(#(#before)*), value)
    }

    /// A reference to text that lives as long as what borrows from it.
    fn borrowed(&mut self, text: TokenStream) -> TokenStream {
        if self.before.is_none() {
            return quote!(&#text);
        }
        let name = loop {
            self.temporaries += 1;
            let name = format!("text_{}", self.temporaries);
            if !self.plan.is_variable(&name) {
                break ident(&name);
            }
        };
        self.before.get_or_insert_default().push(quote!(let #name = #text;));
        quote!(&#name)
    }

    /// A function of the runtime.
    fn runtime(&mut self, name: &'static str) -> proc_macro2::Ident {
        self.imports.insert(name);
        ident(name)
    }

    /// An expression's value.
    pub fn value(&mut self, expression: &Expression, scope: &Scope<'_>) -> Value {
        match expression {
            Expression::Text(template) => self.template(template, scope),
            Expression::Boolean(value) => Value::new(Type::Boolean, quote!(#value)),
            Expression::Number(number) => {
                let number = proc_macro2::Literal::i64_unsuffixed(*number);
                Value::new(Type::Number, quote!(#number))
            }
            Expression::Reference(name) => self.reference(name, scope),
            Expression::Attribute(of, path) => {
                let of = self.value(of, scope);
                attribute(of, path)
            }
            Expression::Call(function, arguments) => self.call(*function, arguments, scope),
            Expression::Array(_) | Expression::Record(_) => Value::new(Type::Data, self.data(expression, scope)),
        }
    }

    fn reference(&mut self, name: &str, scope: &Scope<'_>) -> Value {
        match scope.type_of(name) {
            Type::True => Value::new(Type::Boolean, quote!(true)),
            of => {
                let variable = self.variable(name);
                Value::place(of, quote!(#variable))
            }
        }
    }

    /// Text as `&str`.
    pub fn text(&mut self, expression: &Expression, scope: &Scope<'_>) -> TokenStream {
        let Value { tokens, of, is_place } = self.value(expression, scope);
        match of {
            Type::OwnedText if is_place => quote!(&#tokens),
            Type::OwnedText => self.borrowed(tokens),
            _ => tokens,
        }
    }

    /// Text as something that becomes a `String`.
    pub fn owned_text(&mut self, expression: &Expression, scope: &Scope<'_>) -> TokenStream {
        self.value(expression, scope).detached().tokens
    }

    /// Texts as something that becomes `String`s.
    pub fn owned_texts(&mut self, expressions: &[Expression], scope: &Scope<'_>) -> TokenStream {
        let values: Vec<Value> =
            expressions.iter().map(|expression| self.value(expression, scope).detached()).collect();
        let Some(of) = values.first().map(|value| value.of.clone()) else { return quote!([""; 0]) };
        let is_mixed = values.iter().any(|value| value.of != of);
        let values =
            values.into_iter().map(
                |Value { tokens, of, .. }| {
                    if is_mixed && of == Type::Text { quote!(#tokens.to_owned()) } else { tokens }
                },
            );
        quote!([#(#values),*])
    }

    /// A condition as a `bool`, or its opposite.
    pub fn boolean(&mut self, expression: &Expression, scope: &Scope<'_>, expected: bool) -> TokenStream {
        if let Expression::Boolean(value) = expression {
            let is_met = *value == expected;
            return quote!(#is_met);
        }
        if let Expression::Call(function, arguments) = expression {
            match (function, arguments.as_slice()) {
                (Function::Not, [of]) => return self.boolean(of, scope, !expected),
                (Function::BooleanEquals, [one, Expression::Boolean(other)] | [Expression::Boolean(other), one]) => {
                    return self.boolean(one, scope, expected == *other);
                }
                (Function::BooleanEquals | Function::StringEquals, [one, other]) => {
                    return self.equality(one, other, scope, expected);
                }
                (Function::IsSet, [of]) => {
                    let Value { tokens, of, .. } = self.value(of, scope);
                    return match (of, expected) {
                        (Type::Optional(_), true) => quote!(#tokens.is_some()),
                        (Type::Optional(_), false) => quote!(#tokens.is_none()),
                        _ => quote!(#expected),
                    };
                }
                _ => {}
            }
        }
        let Value { tokens, of, .. } = self.value(expression, scope);
        match (of, expected) {
            (Type::Boolean, true) => tokens,
            (Type::Boolean, false) if tokens.to_string() == "true" => quote!(false),
            (Type::Boolean, false) => quote!(!#tokens),
            (Type::Optional(of), true) if *of == Type::Boolean => quote!(#tokens == Some(true)),
            (Type::Optional(of), false) if *of == Type::Boolean => quote!(#tokens != Some(true)),
            (Type::Optional(_), true) => quote!(#tokens.is_some()),
            (Type::Optional(_), false) => quote!(#tokens.is_none()),
            _ => quote!(#expected),
        }
    }

    fn equality(&mut self, one: &Expression, other: &Expression, scope: &Scope<'_>, expected: bool) -> TokenStream {
        if let (Some(one), Some(other)) = (literal(one), literal(other)) {
            let is_met = (one == other) == expected;
            return quote!(#is_met);
        }
        // `clippy` takes a comparison with itself for a mistake.
        if one == other {
            return quote!(#expected);
        }
        if let Some(text) = [(one, other), (other, one)].into_iter().find(|(text, _)| literal(text) == Some("")) {
            let tokens = self.value(text.1, scope).tokens;
            return if expected { quote!(#tokens.is_empty()) } else { quote!(!#tokens.is_empty()) };
        }
        let mut side = |expression: &Expression| {
            let Value { tokens, of, .. } = self.value(expression, scope);
            if of == Type::OwnedText { quote!(#tokens.as_str()) } else { tokens }
        };
        let (one, other) = (side(one), side(other));
        let not = (!expected).then(|| quote!(!));
        match (one.to_string().as_str(), other.to_string().as_str()) {
            ("true", _) => return quote!(#not #other),
            (_, "true") => return quote!(#not #one),
            _ => {}
        }
        if expected { quote!(#one == #other) } else { quote!(#one != #other) }
    }

    fn template(&mut self, Template(pieces): &Template, scope: &Scope<'_>) -> Value {
        match pieces.as_slice() {
            [] => return Value::new(Type::Text, quote!("")),
            [Piece::Literal(text)] => return Value::new(Type::Text, quote!(#text)),
            [Piece::Value(value)] => return self.value(value, scope),
            _ => {}
        }
        let mut format = String::new();
        let mut arguments = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Literal(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
                Piece::Value(value) => {
                    let tokens = self.value(value, scope).tokens;
                    // `format!` takes a plain variable inline.
                    let name = tokens.to_string();
                    if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
                        format.push_str(&format!("{{{name}}}"));
                    } else {
                        format.push_str("{}");
                        arguments.push(tokens);
                    }
                }
            }
        }
        Value::new(Type::OwnedText, quote!(format!(#format #(, #arguments)*)))
    }

    fn call(&mut self, function: Function, arguments: &[Expression], scope: &Scope<'_>) -> Value {
        match (function, arguments) {
            (Function::IsSet | Function::Not | Function::BooleanEquals | Function::StringEquals, _) => {
                let call = Expression::Call(function, arguments.to_vec());
                Value::new(Type::Boolean, self.boolean(&call, scope, true))
            }
            (Function::IsValidHostLabel, [text, allow]) => {
                self.host_function("is_valid_host_label", text, allow, scope)
            }
            (Function::IsVirtualHostableS3Bucket, [text, allow]) => {
                self.host_function("is_virtual_hostable_s3_bucket", text, allow, scope)
            }
            (Function::Partition, [region]) => {
                let (function, region) = (self.runtime("partition"), self.text(region, scope));
                Value::new(Type::Partition, quote!(#function(#region)))
            }
            (Function::ParseArn, [text]) => {
                let (function, text) = (self.runtime("parse_arn"), self.text(text, scope));
                Value::new(Type::Arn.optional(), quote!(#function(#text)))
            }
            (Function::ParseUrl, [text]) => {
                let (function, text) = (self.runtime("parse_url"), self.text(text, scope));
                Value::new(Type::Url.optional(), quote!(#function(#text)))
            }
            (Function::UriEncode, [text]) => {
                let (function, text) = (self.runtime("uri_encode"), self.text(text, scope));
                Value::new(Type::OwnedText, quote!(#function(#text)))
            }
            (Function::Substring, [text, start, stop, reverse]) => {
                let (function, text) = (self.runtime("substring"), self.text(text, scope));
                let (start, stop) = (self.value(start, scope).tokens, self.value(stop, scope).tokens);
                let reverse = self.boolean(reverse, scope, true);
                Value::new(Type::Text.optional(), quote!(#function(#text, #start, #stop, #reverse)))
            }
            (Function::Split, [text, delimiter, limit]) => {
                let (function, text) = (self.runtime("split"), self.text(text, scope));
                let (delimiter, limit) = (self.text(delimiter, scope), self.value(limit, scope).tokens);
                Value::new(Type::Pieces, quote!(#function(#text, #delimiter, #limit)))
            }
            (Function::Ite, [condition, one, other]) => {
                let condition = self.boolean(condition, scope, true);
                self.choice(one, other, scope, |one, other| quote!(if #condition { #one } else { #other }))
            }
            (Function::Coalesce, [first, rest @ ..]) => self.coalesce(first, rest, scope),
            // The plan has checked the number of arguments.
            _ => Value::new(Type::Data, quote!(())),
        }
    }

    fn host_function(
        &mut self,
        name: &'static str,
        text: &Expression,
        allow_sub_domains: &Expression,
        scope: &Scope<'_>,
    ) -> Value {
        let (function, text) = (self.runtime(name), self.text(text, scope));
        let allow_sub_domains = self.boolean(allow_sub_domains, scope, true);
        Value::new(Type::Boolean, quote!(#function(#text, #allow_sub_domains)))
    }

    /// One of two values, converted to one type.
    fn choice(
        &mut self,
        one: &Expression,
        other: &Expression,
        scope: &Scope<'_>,
        join: impl FnOnce(TokenStream, TokenStream) -> TokenStream,
    ) -> Value {
        if one == other {
            return self.value(one, scope);
        }
        let (one, other) = alike(self.value(one, scope), self.value(other, scope));
        if one.is_optional() == other.is_optional() {
            return Value::new(one.of, grouped(join(one.tokens, other.tokens)));
        }
        let some = |value: Value| {
            let is_optional = value.is_optional();
            let tokens = value.tokens;
            if is_optional { tokens } else { quote!(Some(#tokens)) }
        };
        let of = one.of.clone().optional();
        Value::new(of, grouped(join(some(one), some(other))))
    }

    /// The first value that is present.
    fn coalesce(&mut self, first: &Expression, rest: &[Expression], scope: &Scope<'_>) -> Value {
        let mut value = self.value(first, scope);
        for next in rest {
            if !value.is_optional() {
                return value;
            }
            let (before, after) = alike(value, self.value(next, scope));
            let of = if after.is_optional() { before.of } else { after.of };
            let (before, after) = (before.tokens, after.tokens);
            value = match of {
                Type::Optional(_) => Value::new(of, quote!(#before.or(#after))),
                _ => Value::new(of, quote!(#before.unwrap_or(#after))),
            };
        }
        value
    }

    /// A property's value as `whitesmith_schema::Value`.
    pub fn data(&mut self, expression: &Expression, scope: &Scope<'_>) -> TokenStream {
        match expression {
            Expression::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.data(item, scope)).collect();
                quote!(whitesmith_schema::Value::List(vec![#(#items),*]))
            }
            Expression::Record(entries) => {
                let (names, values): (Vec<_>, Vec<_>) =
                    entries.iter().map(|(name, value)| (name, self.data(value, scope))).unzip();
                quote!(whitesmith_schema::Value::Map([#((#names, #values)),*].into_iter().collect()))
            }
            Expression::Number(number) => quote!(whitesmith_schema::Value::from(#number)),
            other => {
                let value = self.owned_text(other, scope);
                quote!(whitesmith_schema::Value::from(#value))
            }
        }
    }
}

/// The text of an expression that is a literal.
fn literal(expression: &Expression) -> Option<&str> {
    match expression {
        Expression::Text(template) => template.literal(),
        _ => None,
    }
}

/// Tokens that stay together whatever stands around them.
fn grouped(tokens: TokenStream) -> TokenStream {
    proc_macro2::Group::new(proc_macro2::Delimiter::None, tokens).into_token_stream()
}

/// The fields of records by their names in rules: the field, and its type.
const FIELDS: [(Type, &str, &str, Type); 16] = [
    (Type::Partition, "name", "name", Type::Text),
    (Type::Partition, "dnsSuffix", "dns_suffix", Type::Text),
    (Type::Partition, "dualStackDnsSuffix", "dual_stack_dns_suffix", Type::Text),
    (Type::Partition, "supportsFIPS", "supports_fips", Type::Boolean),
    (Type::Partition, "supportsDualStack", "supports_dual_stack", Type::Boolean),
    (Type::Partition, "implicitGlobalRegion", "implicit_global_region", Type::Text),
    (Type::Arn, "partition", "partition", Type::Text),
    (Type::Arn, "service", "service", Type::Text),
    (Type::Arn, "region", "region", Type::Text),
    (Type::Arn, "accountId", "account_id", Type::Text),
    (Type::Arn, "resourceId", "resource_id", Type::Pieces),
    (Type::Url, "scheme", "scheme", Type::Text),
    (Type::Url, "authority", "authority", Type::Text),
    (Type::Url, "path", "path", Type::Text),
    (Type::Url, "normalizedPath", "normalized_path", Type::OwnedText),
    (Type::Url, "isIp", "is_ip", Type::Boolean),
];

fn attribute(of: Value, path: &[PathStep]) -> Value {
    path.iter().fold(of, |Value { tokens, of, .. }, step| match (&of, step) {
        (Type::Pieces, PathStep::Index(index)) => {
            let element = element(&tokens, *index);
            Value::new(Type::Text.optional(), quote!(#element.copied()))
        }
        (Type::TextArray, PathStep::Index(index)) => {
            let element = element(&tokens, *index);
            Value::new(Type::Text.optional(), quote!(#element.map(String::as_str)))
        }
        (record, PathStep::Key(key)) => match FIELDS.iter().find(|(of, name, ..)| of == record && name == key) {
            Some((_, _, field, of)) => {
                let field = ident(field);
                Value::place(of.clone(), quote!(#tokens.#field))
            }
            None => Value::new(Type::Text.optional(), quote!(None::<&str>)),
        },
        _ => Value::new(Type::Text.optional(), quote!(None::<&str>)),
    })
}

fn element(of: &TokenStream, index: i32) -> TokenStream {
    match index {
        0 => quote!(#of.first()),
        -1 => quote!(#of.last()),
        1.. => {
            let index = proc_macro2::Literal::i32_unsuffixed(index);
            quote!(#of.get(#index))
        }
        _ => {
            let from_end = proc_macro2::Literal::u32_unsuffixed(index.unsigned_abs() - 1);
            quote!(#of.iter().nth_back(#from_end))
        }
    }
}
