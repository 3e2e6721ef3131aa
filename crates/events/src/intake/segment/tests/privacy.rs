//! Nothing personal is left in what goes into the log.

use proptest::prelude::*;

use super::*;

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn declared_properties_move_with_their_path() {
    let event = track(
        r#","properties":{"email":"x@y.es","plan":"gold","friends":[{"first_name":"Eva","n":1}],"phone":null},
        "context":{"ip":"203.0.113.77","traits":{"age":41},"page":{"path":"/"}},"email":"top@y.es""#,
    );
    assert_eq!(json(&event.properties), json(r#"{"plan":"gold","friends":[{"n":1}]}"#));
    assert_eq!(json(&event.context), json(r#"{"page":{"path":"/"},"_extra":{}}"#));
    assert_eq!(
        json(&event.personal.unwrap()),
        json(
            r#"{"properties.email":"x@y.es","properties.friends.0.first_name":"Eva","context.ip":"203.0.113.0",
                "context._extra.email":"top@y.es"}"#
        )
    );
    assert_eq!(event.traits.as_deref(), Some(r#"{"age":41}"#));
    let six = track(r#","context":{"ip":"2001:db8:1:2:3:4:5:6"}"#);
    assert_eq!(six.personal.as_deref(), Some(r#"{"context.ip":"2001:db8:1::"}"#));
    assert_eq!(track(r#","context":{"traits":"Ana"}"#).personal.as_deref(), Some(r#"{"context.traits":"Ana"}"#));
}

#[test]
fn values_of_identifiers_leave_every_text() {
    let event = only(read(
        r#"{"type":"track","event":"Mail to ana.gil@example.es","userId":"cust-77001","anonymousId":"0ff-anon-1",
        "messageId":"cust-77001/5","traits":{"email":"Ana.Gil@example.es","phone":"+34 600-112-233"},
        "properties":{"who":"cust-77001","url":"https://x.es/?u=CUST-77001&e=ana.gil%40example.es&m=ANA.GIL@EXAMPLE.ES#cust-77001",
        "call":"tel:+34600112233","raw":"+34 600-112-233","order_id":"cust-77001-9","store_id":"cust-77001","channel":"0ff-anon-1",
        "list":["cust-77001",{"cust-77001":1}],"ok":"café \u00e9"},
        "context":{"page":{"url":"https:\/\/x.es\/0ff-anon-1"}},"other":"cust-77001"}"#,
    ))
    .unwrap();
    assert_eq!(event.activity.as_deref(), Some("Mail to [personal]"));
    assert_eq!(
        json(&event.properties),
        json(
            r#"{"who":"[personal]","url":"https://x.es/?u=CUST-77001&e=[personal]&m=[personal]#[personal]",
            "call":"tel:+[personal]","raw":"[personal]","order_id":"[personal]-9","store_id":"[personal]","channel":"[personal]",
            "list":["[personal]",{"[personal] 1":1}],"ok":"café é"}"#
        )
    );
    assert_eq!(
        json(&event.context),
        json(r#"{"page":{"url":"https://x.es/[personal]"},"_extra":{"other":"[personal]"}}"#)
    );
    assert!(event.message_id.starts_with('#') && event.message_id.len() == 33);
    assert!(event.objects[0].starts_with("order:#"));
    assert_eq!((event.channel, event.unit), (None, None));
    let personal = json(&event.personal.unwrap());
    assert_eq!(personal["properties.who"], "cust-77001");
    assert_eq!(personal["event"], "Mail to ana.gil@example.es");
    assert_eq!(personal["properties.list.1.[personal] 1 (name)"], "cust-77001");
}

#[test]
fn the_same_message_id_becomes_the_same_hash() {
    let id = |text: &str| track(&format!(r#","messageId":"u-1001:{text}""#)).message_id;
    assert_eq!(id("a"), id("a"));
    assert_ne!(id("a"), id("b"));
}

#[test]
fn how_far_an_identifier_reaches_depends_on_its_length() {
    let properties = |user: &str, properties: &str| {
        let body = format!(r#"{{"type":"track","event":"A","userId":"{user}","properties":{{{properties}}}}}"#);
        only(read(&body)).unwrap().properties
    };
    for (user, given, left) in [
        ("u1", r#""a":"u1","b":"u1 x","c":"u12","u1":1"#, r#""a":"[personal]","b":"u1 x","c":"u12","u1":1"#),
        ("42", r#""a":"42","n":42,"m":142"#, r#""a":"[personal]","n":42,"m":142"#),
        (
            "user",
            r#""a":"user","b":"/user/7","user_agent":"x","c":"users""#,
            r#""a":"[personal]","b":"/[personal]/7","user_agent":"x","c":"users""#,
        ),
        (
            "2024",
            r#""y":2024,"d":"2024-01-05","n":12024,"s":"x2024""#,
            r#""y":"[personal]","d":"[personal]-01-05","n":12024,"s":"x2024""#,
        ),
        ("90017734", r#""a":"x90017734y","n":1900177340"#, r#""a":"x[personal]y","n":"[personal]""#),
    ] {
        assert_eq!(json(&properties(user, given)), json(&format!("{{{left}}}")), "{user}");
    }
}

#[test]
fn what_looks_like_an_email_address_is_one() {
    let text = |text: &str| {
        json(&track(&format!(r#","properties":{{"t":"{text}"}}"#)).properties)["t"].as_str().unwrap().to_owned()
    };
    for (given, left) in [
        ("write to a.b+c@mail.example.com.", "write to [personal]."),
        ("a@b.es,c@d.es", "[personal],[personal]"),
        ("https://x.es/u%40y.es/1", "https://x.es/[personal]/1"),
        ("https://x.es/?e=u%2Bv%40y.es&n=1", "https://x.es/?e=[personal]&n=1"),
        ("u\\u0040y.es", "[personal]"),
        ("josé@correo.es!", "[personal]!"),
        ("<u@y.es-->", "<[personal]-->"),
        ("u@y.es.2024", "[personal].2024"),
    ] {
        assert_eq!(text(given), left, "{given}");
    }
    for harmless in [
        "logo@2x.png",
        "react@18.2.0",
        "@segment/analytics-next",
        "me @ home.es",
        "100 %40 x",
        "user@host",
        "a@b.c",
        "@",
        "x@.es",
    ] {
        assert_eq!(text(harmless), harmless);
    }
}

#[test]
fn numbers_and_short_values_cost_no_data_unless_they_are_the_identifier() {
    let event = track(r#","properties":{"a":"u-100","b":["1001"],"c":"u%2D1001"}"#);
    assert_eq!(event.properties, r#"{"a":"u-100","b":["1001"],"c":"[personal]"}"#);
    assert_eq!(event.personal.as_deref(), Some(r#"{"properties.c":"u%2D1001"}"#));
}

/// An identifier of a customer that no other text has by chance.
fn secret() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{2}[0-9]{7,12}",
        "[A-Za-z0-9_-]{10,24}",
        "[a-z]{3,8}[.][a-z]{3,8}@[a-z]{3,8}[.](es|com|mx)",
        "[+]34[0-9]{9}",
        "[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{12}",
        "[áéíóúñ]{4}[a-z]{5}",
    ]
}

/// A way in which a value could turn up in a text.
fn hide(secret: &str, way: usize) -> String {
    let percent: String = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let escaped: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    match way % 7 {
        0 => secret.to_owned(),
        1 => format!("before {secret} after"),
        2 => format!("https://x.es/?q={}&r=1", secret.replace('@', "%40").replace('+', "%2B")),
        3 => format!("x{secret}y"),
        4 => escaped,
        5 => format!("https:\\/\\/x.es\\/{secret}"),
        _ => percent,
    }
}

proptest! {
    #[test]
    fn no_output_holds_the_value_of_an_identifier(
        user in secret(), anonymous in secret(), device in secret(), email in "[a-z]{3,8}@[a-z]{3,8}[.]es", ways in any::<[u8; 6]>(),
    ) {
        let at = |index: usize, secret: &str| hide(secret, ways[index] as usize);
        let body = format!(
            r#"{{"type":"track","event":"Seen {}","userId":"{user}","anonymousId":"{anonymous}","messageId":"m-{}",
            "properties":{{"a":"{}","{}":["{}"],"order_id":"{}","channel":"{user}","store_id":"{anonymous}"}},
            "context":{{"device":{{"id":"{device}"}},"traits":{{"email":"{email}"}},"page":{{"url":"{}","n":{{"x":"{}"}}}}}},
            "extra":"{}"}}"#,
            at(0, &user), at(1, &anonymous), at(2, &user), at(3, &anonymous), at(4, &device), at(5, &email), at(0, &anonymous),
            at(1, &user), at(2, &email),
        );
        let event = only(read(&body)).unwrap();
        let texts = [
            event.message_id.clone(), event.activity.clone().unwrap(), event.objects.join(" "), event.properties.clone(),
            event.context.clone(), event.channel.clone().unwrap_or_default(), event.unit.clone().unwrap_or_default(),
        ];
        let everything = texts.join("\n");
        for secret in [&user, &anonymous, &device, &email] {
            let percent: String = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
            for form in [secret.clone(), secret.replace('@', "%40"), percent] {
                prop_assert!(!everything.contains(&form), "{form} in {everything}\nfrom {body}");
            }
        }
        json(&event.properties);
        json(&event.context);
        json(event.personal.as_deref().unwrap_or("{}"));
    }

    #[test]
    fn texts_without_anything_personal_are_kept_to_the_byte(words in prop::collection::vec("[a-zñé ]{0,8}|[0-9]{1,3}|[%@/]", 0..12)) {
        let value = words.concat();
        prop_assume!(!value.contains("u-1001"));
        let written = format!(r#"{{"a" : "{value}"}}"#);
        let event = track(&format!(r#","properties":{written}"#));
        prop_assert_eq!(event.properties, written);
        prop_assert_eq!(event.personal, None);
    }
}
