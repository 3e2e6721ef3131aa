use super::*;

fn guess(header: &str, row: &str) -> Result<String, FileError> {
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    guess_mapping(&cells(header), &[cells(row)]).map(|guess| guess.mapping.to_text())
}

#[test]
fn usual_headers_are_understood() {
    for (header, row, mapping) in [
        (
            "case:channel,case:concept:name,case:startdate,concept:name,org:group,time:timestamp",
            "Internet,c1,2011-10-11 13:42:22+02:00,Confirm,G,2011-10-11 13:45:40.276000+02:00",
            "customer=case:concept:name,activity=concept:name,occurred_at=time:timestamp,channel=case:channel",
        ),
        ("user_id,event,timestamp", "1,a,2020-01-01", "customer=user_id,activity=event,occurred_at=timestamp"),
        (
            "Cliente,Actividad,Fecha y hora,Canal,Tienda,Importe",
            "7,Compra,29/03/2026 10:00,web,Lima,3.5",
            "customer=Cliente,activity=Actividad,occurred_at=Fecha y hora,channel=Canal,unit=Tienda",
        ),
        (
            "userId,eventName,eventTime,storeId",
            "1,a,1700000000,s",
            "customer=userId,activity=eventName,occurred_at=eventTime,unit=storeId",
        ),
        ("Correo,evento,fecha", "a@b.es,x,2020-01-01", "customer:email=Correo,activity=evento,occurred_at=fecha"),
        (
            "customer,activity,when,n",
            "1,a,2020-01-01 10:00,20200101",
            "customer=customer,activity=activity,occurred_at=when",
        ),
        ("customer,activity,date,time", "1,a,2020-01-01,10:00", "customer=customer,activity=activity,occurred_at=date"),
        ("customer,activity,date", "1,a,soon", "customer=customer,activity=activity,occurred_at=date"),
    ] {
        assert_eq!(guess(header, row).unwrap(), mapping, "{header}");
    }
}

#[test]
fn what_cannot_be_guessed_is_asked_for_with_the_columns() {
    for (header, row, field) in [
        ("a,b,c", "1,2,3", "customer"),
        ("user_id,date,amount", "1,2020-01-01,3", "activity"),
        ("user_id,event,amount", "1,x,3", "occurred_at"),
    ] {
        let message = guess(header, row).unwrap_err().to_string();
        assert!(message.contains(field) && message.contains("user_id") | message.contains("`a`"), "{message}");
    }
}

#[test]
fn names_are_compared_without_their_dress() {
    for (name, simple) in [
        ("Fecha/Hora", "fecha_hora"),
        ("time:timestamp", "time_timestamp"),
        ("userId", "user_id"),
        ("USER_ID", "user_id"),
        ("  Código Cliente ", "codigo_cliente"),
        ("address1Line", "address1_line"),
        ("", ""),
    ] {
        assert_eq!(simplify(name), simple);
    }
    assert_eq!(find_nearest("custmer", ["activity", "customer", "date"].into_iter()), Some("customer"));
    assert_eq!(find_nearest("Customer_ID", ["customerId"].into_iter()), Some("customerId"));
    assert_eq!(find_nearest("price", ["activity", "customer"].into_iter()), None);
}
