//! `smithy.rules#endpointTests` as tests of the generated crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust::{doc, ident};
use crate::plan::endpoint::{EndpointPlan, ParameterPlan};
use whitesmith_smithy::source::{Node, NodeValue};

pub(super) fn module(rules: &EndpointPlan, cases: &[Node], resolve: &TokenStream) -> TokenStream {
    let with_schemes = cases.iter().any(|case| !schemes(case).is_empty());
    let with_errors = cases.iter().any(|case| error(case).is_some());
    let scheme_import = with_schemes.then(|| quote!(AuthScheme,));
    let error_import = with_errors.then(|| quote!(EndpointError,));
    let functions = cases.iter().enumerate().map(|(index, case)| function(rules, index, case));
    quote! {
        use #resolve;
        use whitesmith_client::endpoint::{#scheme_import Endpoint, #error_import EndpointParameters};

        #(#functions)*
    }
}

fn function(rules: &EndpointPlan, index: usize, case: &Node) -> TokenStream {
    let name = ident(&format!("case_{:03}", index + 1));
    let docs = doc(case.get("documentation").and_then(Node::as_str).unwrap_or_default());
    let given: Vec<_> = case.get("params").and_then(Node::as_object).into_iter().flatten().collect();
    let settings = given.iter().filter_map(|entry| {
        let parameter = rules.parameters.iter().find(|parameter| *parameter.name == *entry.key)?;
        Some(setting(parameter, &entry.value))
    });
    let settings: Vec<_> = settings.collect();
    let parameters = if settings.is_empty() {
        quote!(let parameters = EndpointParameters::default();)
    } else {
        quote!(let mut parameters = EndpointParameters::default(); #(#settings)*)
    };
    let expected = expected(case);
    quote! {
        #docs
        #[test]
        fn #name() {
            #parameters
            assert_eq!(resolve(&parameters), #expected);
        }
    }
}

fn setting(parameter: &ParameterPlan, value: &Node) -> TokenStream {
    let name = &parameter.name;
    let tokens = match &value.value {
        NodeValue::Bool(value) => quote!(#value),
        NodeValue::Array(_) => {
            let items = value.strings();
            quote!(vec![#(#items.to_owned()),*])
        }
        _ => {
            let text = value.as_str().unwrap_or_default();
            quote!(#text)
        }
    };
    match parameter.built_in.as_deref() {
        Some("AWS::UseFIPS") => quote!(parameters.use_fips = #tokens;),
        Some("AWS::UseDualStack") => quote!(parameters.use_dual_stack = #tokens;),
        Some("AWS::Region") => quote!(parameters.region = Some(#tokens.into());),
        Some("SDK::Endpoint") => quote!(parameters.endpoint = Some(#tokens.into());),
        _ => quote!(parameters.set(#name, #tokens);),
    }
}

fn schemes(case: &Node) -> &[Node] {
    let properties = case.get("expect").and_then(|expect| expect.get("endpoint")).and_then(|it| it.get("properties"));
    properties.and_then(|properties| properties.get("authSchemes")).and_then(Node::as_array).unwrap_or_default()
}

fn error(case: &Node) -> Option<&str> {
    case.get("expect")?.get("error")?.as_str()
}

fn expected(case: &Node) -> TokenStream {
    if let Some(error) = error(case) {
        return quote!(Err(EndpointError::new(#error)));
    }
    let endpoint = case.get("expect").and_then(|expect| expect.get("endpoint"));
    let part = |key: &str| endpoint.and_then(|endpoint| endpoint.get(key));
    let url = part("url").and_then(Node::as_str).unwrap_or_default();
    let mut tokens = quote!(Endpoint::new(#url));
    for entry in part("headers").and_then(Node::as_object).into_iter().flatten() {
        let (name, values) = (&*entry.key, entry.value.strings());
        tokens.extend(quote!(.with_header(#name, [#(#values),*])));
    }
    for scheme in schemes(case) {
        let scheme = auth_scheme(scheme);
        tokens.extend(quote!(.with_auth_scheme(#scheme)));
    }
    for entry in part("properties").and_then(Node::as_object).into_iter().flatten() {
        if &*entry.key != "authSchemes" {
            let (name, value) = (&*entry.key, data(&entry.value));
            tokens.extend(quote!(.with_property(#name, #value)));
        }
    }
    quote!(Ok(#tokens))
}

fn auth_scheme(scheme: &Node) -> TokenStream {
    let text = |key: &str| scheme.get(key).and_then(Node::as_str);
    let name = text("name").unwrap_or_default();
    let mut tokens = quote!(AuthScheme::new(#name));
    if let Some(name) = text("signingName") {
        tokens.extend(quote!(.with_signing_name(#name)));
    }
    if let Some(region) = text("signingRegion") {
        tokens.extend(quote!(.with_signing_region(#region)));
    }
    if let Some(regions) = scheme.get("signingRegionSet") {
        let regions = regions.strings();
        tokens.extend(quote!(.with_signing_region_set([#(#regions),*])));
    }
    if scheme.get("disableDoubleEncoding").and_then(Node::as_bool) == Some(true) {
        tokens.extend(quote!(.without_double_encoding()));
    }
    tokens
}

fn data(node: &Node) -> TokenStream {
    match &node.value {
        NodeValue::Bool(value) => quote!(whitesmith_schema::Value::from(#value)),
        NodeValue::Number(number) => {
            let number = number.as_i64().unwrap_or_default();
            quote!(whitesmith_schema::Value::from(#number))
        }
        NodeValue::Array(items) => {
            let items = items.iter().map(data);
            quote!(whitesmith_schema::Value::List(vec![#(#items),*]))
        }
        NodeValue::Object(object) => {
            let (names, values): (Vec<_>, Vec<_>) =
                object.iter().map(|entry| (&*entry.key, data(&entry.value))).unzip();
            quote!(whitesmith_schema::Value::Map([#((#names, #values)),*].into_iter().collect()))
        }
        NodeValue::String(text) => {
            let text: &str = text;
            quote!(whitesmith_schema::Value::from(#text))
        }
        NodeValue::Null => quote!(whitesmith_schema::Value::Null),
    }
}
