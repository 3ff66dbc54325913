//! How a command fetches pages.

use whitesmith_smithy::model::{Model, Shape};

use super::aws_cli::{Paginator, paginators};
use super::options::OptionPlan;
use super::wire::PaginationPlan;

/// How a command fetches and merges pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingPlan {
    /// Whether this is what the AWS CLI does beyond the `paginated` trait or against it.
    pub is_listed: bool,
    /// The input members that take the tokens.
    pub input_tokens: Vec<String>,
    /// JMESPath expressions for the next tokens in the output.
    pub output_tokens: Vec<String>,
    /// The path to the output's member that is false on the last page.
    pub more_results: Option<String>,
    /// The input member that limits a page's size.
    pub page_size: Option<String>,
    /// The paths to what grows with each page, the counted one first. None: pages are not fetched.
    pub results: Vec<String>,
    /// The paths to what is shown as the first page has it.
    pub beside: Vec<String>,
}

impl PagingPlan {
    /// Decides how an operation's pages are fetched: as the AWS CLI's table has it, if that fits, else by the trait.
    pub(super) fn of(
        model: &Model,
        service: &Shape,
        operation: &Shape,
        options: &[OptionPlan],
        pagination: Option<&PaginationPlan>,
    ) -> Option<Self> {
        let of_trait = pagination.and_then(Self::of_trait);
        let sdk_id = service.traits.get("aws.api#service").and_then(|service| service.get("sdkId")?.as_str());
        let row = paginators(sdk_id.unwrap_or_default())
            .iter()
            .find(|row| row.operation == operation.id.name() && fits(row, options));
        let Some(row) = row else { return of_trait };
        let output = operation.as_operation().and_then(|operation| model.shape(&operation.output.target));
        let exists = |path: &&str| {
            let first = path.split('.').next().unwrap_or(path);
            output.is_some_and(|output| output.members.iter().any(|member| *member.name == *first))
        };
        let present =
            |paths: &[&str]| paths.iter().filter(|path| exists(path)).map(|path| (*path).to_owned()).collect();
        let listed = Self {
            is_listed: true,
            input_tokens: owned(&row.input_tokens),
            output_tokens: owned(&row.output_tokens),
            more_results: row.more_results.filter(|path| exists(path)).map(str::to_owned),
            page_size: row.page_size.filter(|member| has(options, member)).map(str::to_owned),
            results: present(&row.results),
            beside: present(&row.beside),
        };
        // A model of another time may lack what the table counts, or say the same.
        let counts = listed.results.first().map(String::as_str) == row.results.first().copied();
        match of_trait {
            Some(of_trait) if !counts || of_trait == (Self { is_listed: false, ..listed.clone() }) => Some(of_trait),
            None if !counts => None,
            _ => Some(listed),
        }
    }

    fn of_trait(pagination: &PaginationPlan) -> Option<Self> {
        Some(Self {
            is_listed: false,
            input_tokens: vec![pagination.input_token.clone()],
            output_tokens: vec![pagination.output_token.clone()],
            more_results: None,
            page_size: pagination.page_size.clone(),
            results: vec![pagination.items.clone()?],
            beside: Vec::new(),
        })
    }

    /// Whether a member of the input is a token or the page size, which options of pagination take the place of.
    pub(super) fn replaces(&self, member: &str) -> bool {
        self.input_tokens.iter().any(|token| token == member) || self.page_size.as_deref() == Some(member)
    }
}

/// Whether an operation has the members that a row's tokens go to.
pub(super) fn fits(row: &Paginator, options: &[OptionPlan]) -> bool {
    row.input_tokens.iter().all(|token| has(options, token))
}

fn has(options: &[OptionPlan], member: &str) -> bool {
    options.iter().any(|option| option.member == member)
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
