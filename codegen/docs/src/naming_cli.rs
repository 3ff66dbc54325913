//! Names on the command line: operations become commands and input members become options, as the AWS CLI names them.

/// Names that the general rule would split in the wrong place, and what the AWS CLI calls them.
///
/// Sorted by the Smithy name. Source: the exceptions observed in botocore's `xform_name`.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("AssociateWhatsAppBusinessAccount", "associate-whatsapp-business-account"),
    ("CreateCachediSCSIVolume", "create-cached-iscsi-volume"),
    ("CreateStorediSCSIVolume", "create-stored-iscsi-volume"),
    ("CreateWhatsAppFlow", "create-whatsapp-flow"),
    ("CreateWhatsAppMessageTemplate", "create-whatsapp-message-template"),
    ("CreateWhatsAppMessageTemplateFromLibrary", "create-whatsapp-message-template-from-library"),
    ("CreateWhatsAppMessageTemplateMedia", "create-whatsapp-message-template-media"),
    ("DeleteWhatsAppFlow", "delete-whatsapp-flow"),
    ("DeleteWhatsAppMessageMedia", "delete-whatsapp-message-media"),
    ("DeleteWhatsAppMessageTemplate", "delete-whatsapp-message-template"),
    ("DeprecateWhatsAppFlow", "deprecate-whatsapp-flow"),
    ("DescribeCachediSCSIVolumes", "describe-cached-iscsi-volumes"),
    ("DescribeStorediSCSIVolumes", "describe-stored-iscsi-volumes"),
    ("DisassociateWhatsAppBusinessAccount", "disassociate-whatsapp-business-account"),
    ("ExecutePartiQLBatch", "execute-partiql-batch"),
    ("ExecutePartiQLStatement", "execute-partiql-statement"),
    ("ExecutePartiQLTransaction", "execute-partiql-transaction"),
    ("GetLinkedWhatsAppBusinessAccount", "get-linked-whatsapp-business-account"),
    ("GetLinkedWhatsAppBusinessAccountPhoneNumber", "get-linked-whatsapp-business-account-phone-number"),
    ("GetWhatsAppFlow", "get-whatsapp-flow"),
    ("GetWhatsAppFlowPreview", "get-whatsapp-flow-preview"),
    ("GetWhatsAppMessageMedia", "get-whatsapp-message-media"),
    ("GetWhatsAppMessageTemplate", "get-whatsapp-message-template"),
    ("ListHITsForQualificationType", "list-hits-for-qualification-type"),
    ("ListLinkedWhatsAppBusinessAccounts", "list-linked-whatsapp-business-accounts"),
    ("ListWhatsAppFlowAssets", "list-whatsapp-flow-assets"),
    ("ListWhatsAppFlows", "list-whatsapp-flows"),
    ("ListWhatsAppMessageTemplates", "list-whatsapp-message-templates"),
    ("ListWhatsAppTemplateLibrary", "list-whatsapp-template-library"),
    ("PostWhatsAppMessageMedia", "post-whatsapp-message-media"),
    ("PublishWhatsAppFlow", "publish-whatsapp-flow"),
    ("PutWhatsAppBusinessAccountEventDestinations", "put-whatsapp-business-account-event-destinations"),
    ("SendWhatsAppMessage", "send-whatsapp-message"),
    ("UpdateWhatsAppFlow", "update-whatsapp-flow"),
    ("UpdateWhatsAppFlowAssets", "update-whatsapp-flow-assets"),
    ("UpdateWhatsAppMessageTemplate", "update-whatsapp-message-template"),
];

/// Commands of every program.
const OWN_COMMANDS: &[&str] = &["completion", "help"];

/// The option or options that set one input member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionName {
    /// An option that takes a value: `--catalog`.
    Value(String),
    /// The two flags of a boolean member: `--dry-run` and `--no-dry-run`.
    Pair {
        /// The flag that sets `true`.
        positive: String,
        /// The flag that sets `false`.
        negative: String,
    },
}

impl OptionName {
    /// The flag that names the member itself, without its negation.
    pub fn positive(&self) -> &str {
        match self {
            Self::Value(name) | Self::Pair { positive: name, .. } => name,
        }
    }

    /// Every flag, the positive one first.
    pub fn flags(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Value(name) => (name, None),
            Self::Pair { positive, negative } => (positive, Some(negative.as_str())),
        };
        std::iter::once(first.as_str()).chain(second)
    }
}

/// The command that calls an operation: `StartEngagementFromOpportunityTask` gives `start-engagement-from-opportunity-task`.
///
/// An operation named like one of the program's own commands gets a prefix: `Help` gives `call-help`.
pub fn command_name(operation: &str) -> String {
    let name = hyphenated(operation);
    if OWN_COMMANDS.contains(&name.as_str()) { format!("call-{name}") } else { name }
}

/// The option that sets a top-level input member; a boolean member has a pair of flags.
pub fn option_name(member: &str, is_boolean: bool) -> OptionName {
    let name = hyphenated(member);
    if is_boolean {
        OptionName::Pair { positive: format!("--{name}"), negative: format!("--no-{name}") }
    } else {
        OptionName::Value(format!("--{name}"))
    }
}

/// A Smithy name in the AWS CLI's spelling: lower case, a hyphen where a word begins.
///
/// A name that has a hyphen already stays as it is. A trailing plural acronym (`ListWebACLs`) keeps its `s`.
pub fn hyphenated(name: &str) -> String {
    if name.contains('-') {
        return name.to_owned();
    }
    if let Ok(index) = EXCEPTIONS.binary_search_by_key(&name, |(smithy, _)| smithy)
        && let Some((_, spelling)) = EXCEPTIONS.get(index)
    {
        return (*spelling).to_owned();
    }
    let separated = separate_plural_acronym(name);
    let split = split_before_capital(&split_before_capitalised_word(&separated));
    split.to_lowercase()
}

/// `GatewayARNs` becomes `Gateway-arns`, so that the later passes leave the acronym whole.
fn separate_plural_acronym(name: &str) -> String {
    let Some(stem) = name.strip_suffix('s') else {
        return name.to_owned();
    };
    let head = stem.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let acronym = stem.strip_prefix(head).unwrap_or_default();
    if acronym.len() < 2 {
        return name.to_owned();
    }
    format!("{head}-{}s", acronym.to_ascii_lowercase())
}

/// A hyphen before each capital that lower-case letters follow; matches do not overlap.
fn split_before_capitalised_word(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut chars = name.chars().peekable();
    while let Some(before) = chars.next() {
        out.push(before);
        if !chars.peek().is_some_and(char::is_ascii_uppercase) {
            continue;
        }
        let mut ahead = chars.clone();
        ahead.next();
        if !ahead.peek().is_some_and(char::is_ascii_lowercase) {
            continue;
        }
        out.push('-');
        out.extend(chars.next());
        while let Some(lower) = chars.next_if(char::is_ascii_lowercase) {
            out.push(lower);
        }
    }
    out
}

/// A hyphen between a lower-case letter or digit and the capital after it.
fn split_before_capital(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut previous: Option<char> = None;
    for c in name.chars() {
        if c.is_ascii_uppercase() && previous.is_some_and(|p| p.is_ascii_lowercase() || p.is_ascii_digit()) {
            out.push('-');
        }
        out.push(c);
        previous = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values are what the AWS CLI calls these commands and options.
    #[test]
    fn commands_are_named_as_in_the_aws_cli() {
        for (smithy, expected) in [
            ("StartEngagementFromOpportunityTask", "start-engagement-from-opportunity-task"),
            ("ListWebACLs", "list-web-acls"),
            ("GatewayARNs", "gateway-arns"),
            ("ARNs", "-arns"),
            ("CreateCachediSCSIVolume", "create-cached-iscsi-volume"),
            ("DescribeDBInstances", "describe-db-instances"),
            ("EC2InstanceId", "ec2-instance-id"),
            ("SSEKMSKeyId", "ssekms-key-id"),
            ("IPv6Address", "i-pv6-address"),
            ("S3Bucket", "s3-bucket"),
            ("getRestAPI", "get-rest-api"),
            ("already-there", "already-there"),
            ("ACL", "acl"),
            ("x", "x"),
            ("Help", "call-help"),
            ("", ""),
        ] {
            assert_eq!(command_name(smithy), expected, "{smithy}");
        }
    }

    #[test]
    fn a_boolean_has_a_pair_of_flags() {
        let name = option_name("DryRun", true);
        assert_eq!(name.flags().collect::<Vec<_>>(), ["--dry-run", "--no-dry-run"]);
        assert_eq!(option_name("Catalog", false).flags().collect::<Vec<_>>(), ["--catalog"]);
    }

    #[test]
    fn the_exceptions_are_sorted() {
        assert!(EXCEPTIONS.is_sorted_by_key(|(smithy, _)| smithy));
    }
}
