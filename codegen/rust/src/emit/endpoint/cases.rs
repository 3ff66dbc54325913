//! `smithy.rules#endpointTests` as tests of the generated crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust::{doc, ident};
use crate::plan::endpoint::{EndpointCasePlan, ExpectedAuthScheme, ExpectedEndpoint, Parameter, ParameterValue};
use whitesmith_docs::Json;

pub(super) fn module(cases: &[EndpointCasePlan], resolve: &TokenStream) -> TokenStream {
    let has_schemes =
        cases.iter().any(|case| case.expected.as_ref().is_ok_and(|endpoint| !endpoint.auth_schemes.is_empty()));
    let has_errors = cases.iter().any(|case| case.expected.is_err());
    let scheme_import = has_schemes.then(|| quote!(AuthScheme,));
    let error_import = has_errors.then(|| quote!(EndpointError,));
    let functions = cases.iter().enumerate().map(|(index, case)| function(index, case));
    quote! {
        use #resolve;
        use whitesmith_client::endpoint::{#scheme_import Endpoint, #error_import EndpointParameters};

        #(#functions)*
    }
}

fn function(index: usize, case: &EndpointCasePlan) -> TokenStream {
    let name = ident(&format!("case_{:03}", index + 1));
    let docs = doc(&case.documentation.markdown());
    let settings = case.parameters.iter().map(|(parameter, value)| setting(parameter, value));
    let parameters = if case.parameters.is_empty() {
        quote!(let parameters = EndpointParameters::default();)
    } else {
        quote!(let mut parameters = EndpointParameters::default(); #(#settings)*)
    };
    let expected = match &case.expected {
        Ok(endpoint) => {
            let endpoint = expected(endpoint);
            quote!(Ok(#endpoint))
        }
        Err(message) => quote!(Err(EndpointError::new(#message))),
    };
    quote! {
        #docs
        #[test]
        fn #name() {
            #parameters
            assert_eq!(resolve(&parameters), #expected);
        }
    }
}

fn setting(parameter: &Parameter, value: &ParameterValue) -> TokenStream {
    let name = &parameter.name;
    let tokens = match value {
        ParameterValue::Boolean(value) => quote!(#value),
        ParameterValue::StringArray(items) => quote!(vec![#(#items.to_owned()),*]),
        ParameterValue::String(text) => quote!(#text),
    };
    match parameter.built_in.as_deref() {
        Some("AWS::UseFIPS") => quote!(parameters.use_fips = #tokens;),
        Some("AWS::UseDualStack") => quote!(parameters.use_dual_stack = #tokens;),
        Some("AWS::Region") => quote!(parameters.region = Some(#tokens.into());),
        Some("SDK::Endpoint") => quote!(parameters.endpoint = Some(#tokens.into());),
        _ => quote!(parameters.set(#name, #tokens);),
    }
}

fn expected(endpoint: &ExpectedEndpoint) -> TokenStream {
    let url = &endpoint.url;
    let headers = endpoint.headers.iter().map(|(name, values)| quote!(.with_header(#name, [#(#values),*])));
    let schemes = endpoint.auth_schemes.iter().map(|scheme| {
        let scheme = auth_scheme(scheme);
        quote!(.with_auth_scheme(#scheme))
    });
    let properties = endpoint.properties.iter().map(|(name, value)| {
        let value = data(value);
        quote!(.with_property(#name, #value))
    });
    quote!(Endpoint::new(#url) #(#headers)* #(#schemes)* #(#properties)*)
}

fn auth_scheme(scheme: &ExpectedAuthScheme) -> TokenStream {
    let name = &scheme.name;
    let signing_name = scheme.signing_name.as_ref().map(|name| quote!(.with_signing_name(#name)));
    let region = scheme.signing_region.as_ref().map(|region| quote!(.with_signing_region(#region)));
    let region_set =
        scheme.signing_region_set.as_ref().map(|regions| quote!(.with_signing_region_set([#(#regions),*])));
    let encoding = scheme.disable_double_encoding.then(|| quote!(.without_double_encoding()));
    quote!(AuthScheme::new(#name) #signing_name #region #region_set #encoding)
}

fn data(json: &Json) -> TokenStream {
    match json {
        Json::Null => quote!(whitesmith_schema::Value::Null),
        Json::Boolean(value) => quote!(whitesmith_schema::Value::from(#value)),
        Json::Number(number) => {
            let number = number.as_i64().unwrap_or_default();
            quote!(whitesmith_schema::Value::from(#number))
        }
        Json::String(text) => {
            let text: &str = text;
            quote!(whitesmith_schema::Value::from(#text))
        }
        Json::Array(items) => {
            let items = items.iter().map(data);
            quote!(whitesmith_schema::Value::List(vec![#(#items),*]))
        }
        Json::Object(entries) => {
            let entries = entries.iter().map(|(name, value)| {
                let (name, value) = (&**name, data(value));
                quote!((#name, #value))
            });
            quote!(whitesmith_schema::Value::Map([#(#entries),*].into_iter().collect()))
        }
    }
}
