use super::*;

fn column(name: &str) -> Said {
    Said::Column(name.to_owned())
}

#[test]
fn a_mapping_names_the_columns_of_its_fields() {
    let mapping = Mapping::parse(
        "customer=case:concept:name,activity=concept:name,occurred_at=time:timestamp, channel=canal,unit=store,property:amount=col 7",
    )
    .unwrap();
    assert_eq!(mapping.customer, [(IdentifierKind::UserId, "case:concept:name".to_owned())]);
    assert_eq!((mapping.activity, &*mapping.occurred_at), (column("concept:name"), "time:timestamp"));
    assert_eq!((mapping.channel, mapping.unit), (Some(column("canal")), Some(column("store"))));
    assert_eq!(mapping.properties, Properties::Listed(vec![("amount".to_owned(), "col 7".to_owned())]));
}

#[test]
fn kinds_constants_and_quotes_can_be_written() {
    let text = r#"customer:email=mail,customer="Customer, id",activity:Purchase,occurred_at=1,channel:"a=b",property:"x,""y""=z"="q=r""#;
    let mapping = Mapping::parse(text).unwrap();
    assert_eq!(
        mapping.customer,
        [(IdentifierKind::Email, "mail".to_owned()), (IdentifierKind::UserId, "Customer, id".to_owned())]
    );
    assert_eq!(mapping.activity, Said::Constant("Purchase".to_owned()));
    assert_eq!(mapping.channel, Some(Said::Constant("a=b".to_owned())));
    assert_eq!(mapping.properties, Properties::Listed(vec![("x,\"y\"=z".to_owned(), "q=r".to_owned())]));
    assert_eq!(Mapping::parse(&mapping.to_text()).unwrap(), mapping);
}

#[test]
fn comments_and_scores_are_properties_that_the_product_knows() {
    let text = "customer:row,activity:Review Posted,occurred_at=c,comment=d,rating:10=e,nps=f,touchpoint=g";
    let mapping = Mapping::parse(text).unwrap();
    assert!(mapping.is_row_customer && mapping.customer.is_empty());
    assert_eq!(
        mapping.scales,
        [("rating".to_owned(), Scale { lowest: 1, highest: 10 }), ("nps".to_owned(), Scale { lowest: 0, highest: 10 })]
    );
    assert_eq!(Mapping::parse(&mapping.to_text()).unwrap(), mapping);
}

#[test]
fn a_wrong_mapping_says_what_to_write() {
    let complete = "customer=a,activity=b,occurred_at=c";
    for (text, says) in [
        ("", "which column is the customer"),
        ("customer=a", "which column is the activity"),
        ("customer=a,activity=b", "occurred_at"),
        ("costumer=a", "did you mean `customer`?"),
        ("time=a", "is none of customer, activity"),
        ("customer", "lacks `=`"),
        ("customer=", "lacks a column"),
        ("customer:email", "cannot be written like this"),
        ("property=x,customer=a", "property:NAME=COL"),
        (&format!("{complete},activity=d"), "`activity` comes twice"),
        (&format!("{complete},nps:5=d"), "only a rating says how many stars"),
        (&format!("{complete},rating:11=d"), "3 to 10"),
        (&format!("{complete},comment:x=d"), "cannot be written like this"),
        ("customer=\"a", "not closed"),
        ("activity:x=a,customer=b", "cannot be written like this"),
    ] {
        let message = Mapping::parse(text).unwrap_err().to_string();
        assert!(message.contains(says), "{text}: {message}");
    }
}
