//! The mock's page in a headless browser.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use partnercentral_selling_mock::MockServer;
use partnercentral_selling_mock::errors::ThrottlingException;
use serde_json::json;

/// The browser's program, where one is installed.
const BROWSER: Option<&str> = option_env!("BROWSER");

/// Returns the page after its script has run.
fn rendered(url: &str, name: &str) -> String {
    let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{name}"));
    let output = Command::new(BROWSER.expect("a browser"))
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(url)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The text of the list with that id, an item each.
fn items(page: &str, id: &str) -> Vec<String> {
    let (_, list) = page.split_once(&format!("<ol id=\"{id}\">")).expect(page);
    let (list, _) = list.split_once("</ol>").expect(list);
    list.split("<li class=\"item\">").skip(1).map(text).collect()
}

/// The visible text of a page: without tags, which become spaces.
fn text(markup: &str) -> String {
    let mut text = String::new();
    for part in markup.replace("<wbr>", "").split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        text.push(' ');
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn call(mock: &MockServer, operation: &str, body: &str) {
    let mut stream = TcpStream::connect(mock.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let length = body.len();
    let request = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: AWSPartnerCentralSelling.{operation}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
}

/// A mock with requests of every kind in its journal.
fn busy() -> MockServer {
    let set_up = |config: &mut partnercentral_selling_mock::Config| config.task_delay = Some(Duration::ZERO);
    let mock = MockServer::start_with(|builder| builder.configure(set_up)).unwrap();
    let accept = |token: &str| json!({"Catalog": "AWS", "ClientToken": token, "Identifier": "engi-0123456789abc"});
    let start = |token: &str, identifier: &str, kind: &str| {
        json!({"Catalog": "Sandbox", "ClientToken": token, "Identifier": identifier,
               "AwsSubmission": {"InvolvementType": kind}})
    };
    let accepting = "StartEngagementByAcceptingInvitationTask";
    let starting = "StartEngagementFromOpportunityTask";
    call(&mock, accepting, &accept("one").to_string());
    call(&mock, starting, &start("two", "none", "Sometimes").to_string());
    call(&mock, starting, "{\"Catalog\":");
    call(&mock, "<b>Bold</b>", "{}");
    mock.start_engagement_from_opportunity_task()
        .named("<i>refused</i> once")
        .times(2)
        .fail(ThrottlingException::new())
        .then_default();
    call(&mock, starting, &start("three", "O1234567", "Co-Sell").to_string());
    mock.fault(json!({"operation": accepting, "fault": {"latency": {"fixed": {"ms": 1}}}, "probability": 1})).unwrap();
    call(&mock, accepting, &accept("four").to_string());
    assert!(!mock.events().is_empty());
    mock
}

#[test]
#[cfg_attr(not(has_browser), ignore = "no Chromium or Chrome is installed")]
fn shows_requests_and_their_outcomes() {
    let mock = busy();
    let (starting, accepting) = ("StartEngagementFromOpportunityTask", "StartEngagementByAcceptingInvitationTask");
    let page = rendered(&format!("{}/_mock/", mock.url()), "all");
    assert!(
        page.contains("<title>partnercentral-selling-mock</title>") && text(&page).contains("6 received"),
        "{page}"
    );
    assert!(page.contains(r#"<span id="state" role="status" class="good">live</span>"#), "{page}");

    let requests = items(&page, "requests");
    assert_eq!(requests.len(), 6, "{requests:#?}");
    let expected = [
        (0, vec!["StartEngagementByAcceptingInvitationTask", "200", "fault: latency", "valid"]),
        (1, vec!["StartEngagementFromOpportunityTask", "expectation 1"]),
        (2, vec!["no operation", "400 refused", "AWSPartnerCentralSelling.<b>Bold</b>"]),
        (3, vec!["400 refused", "unexpected end of the message"]),
        (4, vec!["400 refused", "Value at '/Identifier' failed", "Value at '/AwsSubmission/InvolvementType' failed"]),
        (5, vec!["StartEngagementByAcceptingInvitationTask 200 valid"]),
    ];
    for (place, parts) in expected {
        for part in parts {
            assert!(requests[place].contains(part), "{part}: {requests:#?}");
        }
    }

    // The forms know the operations, their members and errors, and the kinds of answers and faults.
    for form in ["add-expectation", "add-fault"] {
        let (_, form) = page.split_once(&format!("<details id=\"{form}\">")).expect(form);
        let (form, _) = form.split_once("</details>").unwrap();
        for option in [starting, accepting] {
            assert!(form.contains(&format!("<option value=\"{option}\">")), "{form}");
        }
    }
    for option in ["default", "output", "error", "task", "http", "latency", "throttle", "drip"] {
        assert!(page.contains(&format!("<option value=\"{option}\">")), "{option}");
    }

    let tasks = items(&page, "tasks");
    assert!(tasks.len() == 2 && tasks.iter().all(|task| task.ends_with("AWS COMPLETE")), "{tasks:#?}");
    let expectations = items(&page, "expectations");
    assert!(expectations[0].contains("1 of 2 not met Remove <i>refused</i> once:"), "{expectations:#?}");
    let faults = items(&page, "faults");
    assert!(faults[0].contains("latency 1 of 1 Remove probability 1"), "{faults:#?}");
    let events = items(&page, "events");
    assert!(events.len() == 2 && events[0].contains("Opportunity Created aws.partnercentral-selling"), "{events:#?}");
}

#[test]
#[cfg_attr(not(has_browser), ignore = "no Chromium or Chrome is installed")]
fn shows_only_requests_that_match_the_filter() {
    let mock = busy();
    // The filter stands in the address, so that a view can be kept and passed on.
    let page = rendered(&format!("{}/_mock/#involvementtype", mock.url()), "filter");
    let requests = items(&page, "requests");
    assert_eq!(requests.len(), 2, "{requests:#?}");
    assert!(requests.iter().all(|request| request.contains("StartEngagementFromOpportunityTask")), "{requests:#?}");
    assert!(text(&page).contains("6 received, 2 match"));
    let page = rendered(&format!("{}/_mock/#nothing%20has%20this", mock.url()), "nothing");
    assert!(items(&page, "requests").is_empty() && page.contains("no matches"));
}
