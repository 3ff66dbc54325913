//! Expressions of rules as Rust.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, Type};
use crate::emit::rust::ident;
use crate::plan::endpoint::{Expression, Function, PathStep, Piece, Template};

/// A value: its tokens and its type. Tokens of text have the type `&str`.
pub(super) struct Value {
    pub tokens: TokenStream,
    pub of: Type,
}

impl Value {
    fn new(of: Type, tokens: TokenStream) -> Self {
        Self { tokens, of }
    }
}

/// Writes expressions and remembers which names of the runtime they use.
#[derive(Default)]
pub(super) struct Writer {
    pub imports: BTreeSet<&'static str>,
}

impl Writer {
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
            Expression::Reference(name) => reference(name, scope),
            Expression::Attribute(of, path) => {
                let of = self.value(of, scope);
                attribute(of, path)
            }
            Expression::Call(function, arguments) => self.call(*function, arguments, scope),
            Expression::Array(_) | Expression::Record(_) => Value::new(Type::Data, self.data(expression, scope)),
        }
    }

    /// Text as `&str`; missing text is empty.
    pub fn text(&mut self, expression: &Expression, scope: &Scope<'_>) -> TokenStream {
        let Value { tokens, of } = self.value(expression, scope);
        match of {
            Type::OwnedText => quote!(&#tokens),
            Type::Optional(_) => quote!(#tokens.unwrap_or_default()),
            _ => tokens,
        }
    }

    /// Text as something that becomes a `String`.
    pub fn owned_text(&mut self, expression: &Expression, scope: &Scope<'_>) -> TokenStream {
        let Value { tokens, of } = self.value(expression, scope);
        match of {
            Type::Optional(_) => quote!(#tokens.unwrap_or_default()),
            _ => tokens,
        }
    }

    /// A condition as a `bool`, or its opposite.
    pub fn boolean(&mut self, expression: &Expression, scope: &Scope<'_>, expected: bool) -> TokenStream {
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
                    let Value { tokens, of } = self.value(of, scope);
                    return match (of, expected) {
                        (Type::Optional(_), true) => quote!(#tokens.is_some()),
                        (Type::Optional(_), false) => quote!(#tokens.is_none()),
                        _ => quote!(#expected),
                    };
                }
                _ => {}
            }
        }
        let Value { tokens, of } = self.value(expression, scope);
        match (of, expected) {
            (Type::Boolean, true) => tokens,
            (Type::Boolean, false) => quote!(!#tokens),
            (Type::Optional(of), true) if *of == Type::Boolean => quote!(#tokens == Some(true)),
            (Type::Optional(of), false) if *of == Type::Boolean => quote!(#tokens != Some(true)),
            (Type::Optional(_), true) => quote!(#tokens.is_some()),
            (Type::Optional(_), false) => quote!(#tokens.is_none()),
            _ => quote!(#expected),
        }
    }

    fn equality(&mut self, one: &Expression, other: &Expression, scope: &Scope<'_>, expected: bool) -> TokenStream {
        let with_nothing = match (is_empty_text(one), is_empty_text(other)) {
            (false, true) => Some(one),
            (true, false) => Some(other),
            _ => None,
        };
        let is_optional = |value: &Value| matches!(value.of, Type::Optional(_));
        if let Some(text) = with_nothing.map(|text| self.value(text, scope)).filter(|text| !is_optional(text)) {
            let tokens = text.tokens;
            return if expected { quote!(#tokens.is_empty()) } else { quote!(!#tokens.is_empty()) };
        }
        let (one, other) = (self.value(one, scope), self.value(other, scope));
        let either = is_optional(&one) || is_optional(&other);
        let side = |value: Value| match value.of {
            Type::Optional(_) => value.tokens,
            Type::OwnedText => {
                let tokens = value.tokens;
                if either { quote!(Some(#tokens.as_str())) } else { quote!(#tokens.as_str()) }
            }
            _ => {
                let tokens = value.tokens;
                if either { quote!(Some(#tokens)) } else { tokens }
            }
        };
        let (one, other) = (side(one), side(other));
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
                    let tokens = self.owned_text(value, scope);
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
        let (one, other) = (self.value(one, scope), self.value(other, scope));
        let is_optional = |of: &Type| matches!(of, Type::Optional(_));
        let is_text = |of: &Type| matches!(of, Type::Text | Type::OwnedText);
        if is_text(&one.of) && is_text(&other.of) && one.of != other.of {
            let owned = |value: Value| {
                let tokens = value.tokens;
                if value.of == Type::OwnedText { tokens } else { quote!(#tokens.to_owned()) }
            };
            return Value::new(Type::OwnedText, join(owned(one), owned(other)));
        }
        if is_optional(&one.of) == is_optional(&other.of) {
            return Value::new(one.of.clone(), join(one.tokens, other.tokens));
        }
        let some = |value: Value| {
            let tokens = value.tokens;
            if is_optional(&value.of) { tokens } else { quote!(Some(#tokens)) }
        };
        let of = one.of.clone().optional();
        Value::new(of, join(some(one), some(other)))
    }

    /// The first value that is present.
    fn coalesce(&mut self, first: &Expression, rest: &[Expression], scope: &Scope<'_>) -> Value {
        let mut value = self.value(first, scope);
        for next in rest {
            let Type::Optional(inner) = value.of.clone() else { return value };
            let next = self.value(next, scope);
            let (before, after) = (value.tokens, next.tokens);
            value = match next.of {
                Type::Optional(_) => Value::new(Type::Optional(inner), quote!(#before.or(#after))),
                _ => Value::new(*inner, quote!(#before.unwrap_or(#after))),
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

/// Whether an expression is the empty text, which `clippy` wants compared by `is_empty`.
fn is_empty_text(expression: &Expression) -> bool {
    let Expression::Text(Template(pieces)) = expression else { return false };
    pieces.iter().all(|piece| matches!(piece, Piece::Literal(text) if text.is_empty()))
}

fn reference(name: &str, scope: &Scope<'_>) -> Value {
    let variable = ident(scope.plan.variable(name).unwrap_or("parameters"));
    Value::new(scope.type_of(name), quote!(#variable))
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
    path.iter().fold(of, |Value { tokens, of }, step| match (&of, step) {
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
                Value::new(of.clone(), quote!(#tokens.#field))
            }
            None => Value::new(Type::Text.optional(), quote!(None::<&str>)),
        },
        _ => Value::new(Type::Text.optional(), quote!(None::<&str>)),
    })
}

fn element(of: &TokenStream, index: usize) -> TokenStream {
    if index == 0 {
        return quote!(#of.first());
    }
    let index = proc_macro2::Literal::usize_unsuffixed(index);
    quote!(#of.get(#index))
}
