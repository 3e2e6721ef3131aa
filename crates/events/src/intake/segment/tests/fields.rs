//! What each field of a call becomes.

use domain::event::MoneyKind;
use domain::identifier::IdentifierKind;
use domain::time::{DAY_MS, format_instant};

use super::*;
use crate::intake::PropertyMeanings;

#[test]
fn a_call_becomes_an_event_field_by_field() {
    let event = only(read(
        r#"{"batch":[{"type":"track","event":" Order Completed ","userId":"u-1001","anonymousId":"a-1","messageId":"m1",
        "timestamp":"2026-03-29T11:59:00.000Z","properties":{"order_id":1042,"revenue":"12.50","currency":"EUR",
        "store_id":"Madrid 3","channel":"kiosk","n":9223372036854775808},
        "context":{"library":{"name":"analytics-python","version":"2.4.0"},"cause_event_id":"evt_0000000000000000000000000000002a"},
        "integrations":{"Segment.io":true},"_metadata":{"bundled":["Segment.io"]},"version":2}],
        "sentAt":"2026-03-29T11:59:30.000Z"}"#,
    ))
    .unwrap();
    assert_eq!(event.kind, EventKind::Track);
    assert_eq!(event.activity.as_deref(), Some("Order Completed"));
    assert_eq!(identifiers(&event), ["user_id:u-1001", "anonymous_id:a-1"]);
    assert_eq!(event.message_id, "m1");
    assert_eq!(format_instant(event.occurred_at), "2026-03-29T11:59:30.000Z", "sent half a minute ago by a slow clock");
    assert_eq!(format_instant(event.original_at), "2026-03-29T11:59:00.000Z");
    assert_eq!(event.sent_at.map(format_instant).as_deref(), Some("2026-03-29T11:59:30.000Z"));
    assert_eq!((event.channel.as_deref(), event.unit.as_deref()), (Some("kiosk"), Some("Madrid 3")));
    let money = event.money.unwrap();
    assert_eq!((money.minor, money.currency(), money.kind), (1_250, "EUR", MoneyKind::Revenue));
    assert_eq!(event.objects, ["order:1042"]);
    assert_eq!(event.cause_event_id.unwrap().0, 42);
    assert!(event.properties.contains(r#""n":9223372036854775808"#), "{}", event.properties);
    assert!(event.context.ends_with(
        r#","_extra":{"_metadata":{"bundled":["Segment.io"]},"version":2,"integrations":{"Segment.io":true}}}"#
    ));
    assert_eq!((event.personal, event.traits), (None, None));
}

#[test]
fn properties_stay_as_they_were_written() {
    let written = r#"{ "b" : [1, 2.50, {"x":null}],  "a":"caf\u00e9 \/ tú" , "k%20": "100 %" }"#;
    assert_eq!(track(&format!(r#","properties":{written}"#)).properties, written);
    assert_eq!(track("").properties, "{}");
    assert_eq!(track(r#","properties":null,"context":null"#).context, "{}");
    assert_eq!(
        track(r#","properties":[],"context":[],"integrations":[]"#).properties,
        "{}",
        "as PHP writes an empty map"
    );
}

#[test]
fn of_equal_names_the_last_counts() {
    let event = track(r#","properties":{"a":1,"b":{"c":1,"c":2},"a":3},"userId":"u-2002","x":1,"x":2"#);
    assert_eq!(event.properties, r#"{"b":{"c":2},"a":3}"#);
    assert_eq!(identifiers(&event), ["user_id:u-2002"]);
    assert_eq!(event.context, r#"{"_extra":{"x":2}}"#);
    let escaped = track(r#","properties":{"a":1,"\u0061":2}"#);
    assert_eq!(escaped.properties, r#"{"a":2}"#);
    let many: Vec<String> = (0..40).map(|number| format!(r#""k{}":{number}"#, number % 39)).collect();
    let event = track(&format!(r#","properties":{{{}}}"#, many.join(",")));
    let properties: serde_json::Value = serde_json::from_str(&event.properties).unwrap();
    assert_eq!(properties["k0"], 39);
    assert_eq!(event.properties.matches("\"k0\"").count(), 1);
}

#[test]
fn members_without_a_place_never_hide_one_that_the_context_has() {
    let event = track(r#","context":{"_extra":1},"x":2"#);
    assert_eq!(event.context, r#"{"_extra":1,"__extra":{"x":2}}"#);
    assert_eq!(track(r#","name":"n","category":"c""#).context, r#"{"_extra":{"name":"n","category":"c"}}"#);
}

#[test]
fn pages_and_screens_are_activities_with_their_name_as_property() {
    let page = |members: &str| only(read(&format!(r#"{{"type":"page","anonymousId":"a-1001"{members}}}"#))).unwrap();
    let event = page(r#","name":"Menu","category":"Shop","properties":{"path":"/menu"}"#);
    assert_eq!(event.activity.as_deref(), Some("Page Viewed"));
    assert_eq!(event.properties, r#"{"name":"Menu","category":"Shop","path":"/menu"}"#);
    assert_eq!(page(r#","name":"Menu","properties":{"name":"Own"}"#).properties, r#"{"name":"Own"}"#);
    assert_eq!(page(r#","name":"Menu""#).properties, r#"{"name":"Menu"}"#);
    assert_eq!(page(r#","name":null,"properties":{}"#).properties, "{}");
    let screen = only(read(r#"{"type":"screen","userId":"u-1001","name":"Home"}"#)).unwrap();
    assert_eq!((screen.kind, screen.activity.as_deref()), (EventKind::Screen, Some("Screen Viewed")));
}

#[test]
fn calls_about_people_are_no_activities() {
    let identify = only(read(
        r#"{"type":"identify","userId":"u-1001","traits":{"email":"Ana@Example.es","plan":"gold","phone":"+34 600 11 22 33"},
            "context":{"traits":{"plan":"silver","city":"Lima"},"locale":"es"}}"#,
    ))
    .unwrap();
    assert_eq!((identify.kind, identify.activity.as_deref()), (EventKind::Identify, None));
    assert_eq!(identifiers(&identify), ["user_id:u-1001", "email:ana@example.es", "phone:+34600112233"]);
    assert_eq!(identify.properties, "{}");
    assert_eq!(identify.context, r#"{"locale":"es"}"#);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(identify.traits.as_deref().unwrap()).unwrap(),
        serde_json::json!({"email": "Ana@Example.es", "plan": "gold", "phone": "+34 600 11 22 33", "city": "Lima"})
    );

    let group =
        only(read(r#"{"type":"group","userId":"u-1001","groupId":"g1","traits":{"name":"Initech","plan":"pro"}}"#));
    let group = group.unwrap();
    assert_eq!(group.properties, r#"{"groupId":"g1","name":"Initech","plan":"pro"}"#);
    assert_eq!((group.activity, group.traits), (None, None));
    assert_eq!(identifiers(&only(read(r#"{"type":"group","userId":"u1","groupId":"g"}"#)).unwrap()), ["user_id:u1"]);
}

#[test]
fn an_alias_brings_two_identifiers_unless_they_are_one() {
    let alias = |members: &str| only(read(&format!(r#"{{"type":"alias"{members}}}"#))).map(|event| identifiers(&event));
    assert_eq!(alias(r#","userId":"u-1","previousId":"a-1""#).unwrap(), ["user_id:u-1", "anonymous_id:a-1"]);
    assert_eq!(alias(r#","userId":"u-1","previousId":"u-1""#).unwrap(), ["user_id:u-1"]);
    assert_eq!(alias(r#","userId":"u-1","previousId":"null""#).unwrap(), ["user_id:u-1"]);
    assert_eq!(alias(r#","previousId":"a-1""#).unwrap(), ["anonymous_id:a-1"]);
    assert_eq!(alias(""), Err(DeadCode::MissingIdentifier));
    let other = track(r#","previousId":"a-1""#);
    assert_eq!(
        (identifiers(&other), &*other.context),
        (vec!["user_id:u-1001".to_owned()], r#"{"_extra":{"previousId":"a-1"}}"#)
    );
}

#[test]
fn identifiers_come_from_everywhere_they_may_stand() {
    let event = track(
        r#","anonymousId":7,"context":{"device":{"id":"dev-9","model":"X"},"traits":{"loyaltyCard":"L-77","email":"b@x.es"},
        "externalIds":[{"id":"ga-1","type":"ga_client_id","collection":"users"},{"id":"acc","type":"account","collection":"accounts"},
        {"id":"E@x.es","type":"email"},{"id":5,"type":"crm"},{"type":"x"},7,{"id":"z","type":""}]}"#,
    );
    assert_eq!(
        identifiers(&event),
        [
            "user_id:u-1001",
            "loyalty_card:L-77",
            "email:b@x.es",
            "email:e@x.es",
            "crm:5",
            "ga_client_id:ga-1",
            "device:dev-9",
            "anonymous_id:7"
        ]
    );
    let numbers = only(read(r#"{"type":"track","event":"A","userId":42}"#)).unwrap();
    assert_eq!(identifiers(&numbers), ["user_id:42"]);

    assert_eq!(identifiers(&track(r#","properties":{"card":"L-9"}"#)), ["user_id:u-1001"]);
    let meanings = PropertyMeanings {
        identifiers: vec![("card".to_owned(), IdentifierKind::LoyaltyCard)],
        ..PropertyMeanings::default()
    };
    let event = read_track(r#","properties":{"card":"L-9"}"#, &IntakeSettings::new(meanings)).unwrap();
    assert_eq!(identifiers(&event), ["user_id:u-1001", "loyalty_card:L-9"]);
    assert_eq!(event.properties, r#"{"card":"[personal]"}"#);
}

#[test]
fn times_are_corrected_by_the_time_of_sending() {
    let at = |members: &str| format_instant(track(members).occurred_at);
    assert_eq!(at(""), "2026-03-29T12:00:00.000Z");
    assert_eq!(at(r#","timestamp":"2026-03-29T11:00:00Z""#), "2026-03-29T11:00:00.000Z");
    assert_eq!(at(r#","timestamp":"2026-03-29T13:00:00+02:00""#), "2026-03-29T11:00:00.000Z");
    assert_eq!(at(r#","timestamp":"2026-03-29T11:00:00.123456""#), "2026-03-29T11:00:00.123Z");
    assert_eq!(at(r#","timestamp":1774782000"#), "2026-03-29T11:00:00.000Z");
    assert_eq!(at(r#","timestamp":1774782000123"#), "2026-03-29T11:00:00.123Z");
    assert_eq!(at(r#","originalTimestamp":"2026-03-29T11:00:00Z""#), "2026-03-29T11:00:00.000Z");
    let skewed = r#","timestamp":"2021-01-01T00:00:00Z","sentAt":"2021-01-01T00:00:10Z""#;
    assert_eq!(at(skewed), "2026-03-29T11:59:50.000Z");
    assert_eq!(at(r#","timestamp":"2026-03-29T11:00:00Z","sentAt":"soon""#), "2026-03-29T11:00:00.000Z");
    let forwarded = r#","originalTimestamp":"2021-01-01T00:00:00Z","timestamp":"2026-03-28T10:00:00Z","receivedAt":"2026-03-28T10:00:01Z","sentAt":"2021-01-01T00:00:01Z""#;
    assert_eq!(at(forwarded), "2026-03-28T10:00:00.000Z");
    assert_eq!(format_instant(track(forwarded).original_at), "2021-01-01T00:00:00.000Z");
    let same = r#","originalTimestamp":"2021-01-01T00:00:00Z","timestamp":"2021-01-01T00:00:00Z","sentAt":"2021-01-01T00:00:10Z""#;
    assert_eq!(at(same), "2026-03-29T11:59:50.000Z");

    let import = IntakeSettings { is_clock_corrected: false, ..IntakeSettings::default() };
    assert_eq!(format_instant(read_track(skewed, &import).unwrap().occurred_at), "2021-01-01T00:00:00.000Z");

    let body = r#"{"sentAt":"2026-03-29T11:00:00Z","batch":[
        {"type":"track","event":"A","userId":"u1","timestamp":"2026-03-29T10:00:00Z","sentAt":"2026-03-29T09:00:00Z"},
        {"type":"track","event":"A","userId":"u1","timestamp":"2026-03-30T11:00:00.001Z"}]}"#;
    let batch = read(body);
    assert_eq!(batch.events[0].occurred_at, NOON - 3_600_000, "the envelope tells the time of sending");
    assert_eq!((batch.events[1].occurred_at, batch.moved_to_arrival), (NOON, 1));
    assert!(batch.events[1].original_at > NOON + DAY_MS - 3_600_000);
}

#[test]
fn the_channel_is_the_propertys_then_the_sources_then_the_librarys() {
    let channel = |members: &str, default: Option<&str>| {
        let settings = IntakeSettings { default_channel: default.map(str::to_owned), ..IntakeSettings::default() };
        read_track(members, &settings).unwrap().channel
    };
    let library = |name: &str| channel(&format!(r#","context":{{"library":{{"name":"{name}"}}}}"#), None);
    for (name, expected) in [
        ("analytics.js", Some("web")),
        ("@segment/analytics-next", Some("web")),
        ("analytics-kotlin", Some("app")),
        ("analytics-android", Some("app")),
        ("analytics-ios", Some("app")),
        ("analytics-swift", Some("app")),
        ("@segment/analytics-react-native", Some("app")),
        ("analytics_flutter", Some("app")),
        ("analytics-python", None),
        ("@segment/analytics-node", None),
        ("axios", None),
    ] {
        assert_eq!(library(name).as_deref(), expected, "{name}");
    }
    let web = r#","context":{"library":{"name":"analytics.js"}}"#;
    assert_eq!(channel(web, Some("kiosk")).as_deref(), Some("kiosk"));
    assert_eq!(channel(r#","properties":{"channel":" shop "}"#, Some("kiosk")).as_deref(), Some("shop"));
    assert_eq!(channel(r#","properties":{"channel":7}"#, Some("kiosk")).as_deref(), Some("kiosk"));
    assert_eq!(channel(r#","channel":"server""#, None), None, "not a channel of the customer");
}

#[test]
fn the_unit_is_a_declared_property_or_the_sources() {
    assert_eq!(track(r#","properties":{"store_id":17}"#).unit.as_deref(), Some("17"));
    let settings = IntakeSettings { default_unit: Some("lima".to_owned()), ..IntakeSettings::default() };
    assert_eq!(read_track("", &settings).unwrap().unit.as_deref(), Some("lima"));
    let shop = IntakeSettings::new(PropertyMeanings { unit: "shop".to_owned(), ..PropertyMeanings::default() });
    assert_eq!(read_track(r#","properties":{"shop":"s1","store_id":"x"}"#, &shop).unwrap().unit.as_deref(), Some("s1"));
}

#[test]
fn money_is_exact_and_has_a_currency() {
    let settings = IntakeSettings { currency: Some("MXN".to_owned()), ..IntakeSettings::default() };
    let money = |properties: &str| {
        let event = read_track(&format!(r#","properties":{{{properties}}}"#), &settings).unwrap();
        event.money.map(|money| format!("{} {}", money.minor, money.currency()))
    };
    for (properties, expected) in [
        (r#""revenue":12.5,"currency":"EUR""#, Some("1250 EUR")),
        (r#""revenue":"12.5","total":99,"currency":"usd""#, Some("1250 USD")),
        (r#""total":4990,"currency":"CLP""#, Some("4990 CLP")),
        (r#""value":1.5,"currency":"KWD""#, Some("1500 KWD")),
        (r#""revenue":33.300000000000004,"currency":"EUR""#, Some("3330 EUR")),
        (r#""revenue":-3,"currency":"EUR""#, Some("-300 EUR")),
        (r#""revenue":3"#, Some("300 MXN")),
        (r#""value":3"#, None),
        (r#""revenue":3,"currency":"peso""#, None),
        (r#""revenue":"much","currency":"EUR""#, None),
        (r#""revenue":true,"currency":"EUR""#, None),
        (r#""currency":"EUR""#, None),
    ] {
        assert_eq!(money(properties).as_deref(), expected, "{properties}");
    }
    let refund = r#"{"type":"track","event":"Order Refunded","userId":"u1","properties":{"total":3,"currency":"EUR"}}"#;
    assert_eq!(only(read(refund)).unwrap().money.unwrap().kind, MoneyKind::Refund);
}

#[test]
fn things_that_an_event_is_about_are_listed_once() {
    let event = track(
        r#","properties":{"order_id":"o 1","orderId":"o 1","cart_id":5,"email_id":"news-3","claim_id":null,"ticket_id":{}}"#,
    );
    assert_eq!(event.objects, ["order:o 1", "cart:5", "email:news-3"]);
}

#[test]
fn a_message_id_may_be_missing_or_a_number() {
    let id = |members: &str| track(members).message_id;
    assert_eq!(id(r#","messageId":17"#), "17");
    assert_eq!(id(r#","messageId":null"#), "");
    assert_eq!(id(r#","messageId":" ""#), "");
}
