use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again_in_order(events in proptest::collection::vec(any_event(), 1..40)) {
        let written = write(&events);
        let read = read(&written.reader(), &ChunkFilter::default());
        // Numbers are unique in a log; here two may be equal, and then their order is open.
        let mut expected = sorted(&events);
        let mut found = read.clone();
        expected.sort_by_key(|event| (place(event), event.event_id));
        found.sort_by_key(|event| (place(event), event.event_id));
        prop_assert_eq!(found, expected);
        prop_assert!(read.is_sorted_by_key(place));
    }
}

#[test]
fn the_ends_of_every_range_are_kept() {
    let longest = "ñ".repeat(200_000);
    let extreme = StoredEvent {
        event_id: EventId(u128::MAX),
        seq: u64::MAX,
        node: NodeId(u64::MAX),
        identifier_refs: vec![NodeId(0), NodeId(u64::MAX)],
        original_at: i64::MIN,
        sent_at: Some(i64::MAX),
        received_at: i64::MIN,
        money: Some(Money { minor: i64::MIN, currency: *b"CLP", kind: MoneyKind::Cost }),
        cause_event_id: Some(EventId(0)),
        objects: vec![String::new(), longest.clone()],
        properties: format!(r#"{{"long":"{longest}"}}"#),
        personal_ref: Some(u64::MAX),
        ..event(1, 1, DECEMBER)
    };
    let least = StoredEvent { event_id: EventId(0), seq: 0, node: NodeId(0), ..event(1, 1, DECEMBER) };
    let written = write(&[extreme.clone(), least.clone()]);
    assert_eq!(read(&written.reader(), &ChunkFilter::default()), [least, extreme]);
    assert_eq!((written.file.min_node, written.file.max_node), (0, u64::MAX));
    assert_eq!((written.file.min_seq, written.file.max_seq), (0, u64::MAX));
}

#[test]
fn events_are_sorted_by_node_time_and_number() {
    let events =
        [event(5, 2, DECEMBER), event(4, 1, DECEMBER + 9), event(3, 1, DECEMBER + 7), event(2, 1, DECEMBER + 9)];
    let written = write(&events);
    let order: Vec<u64> = read(&written.reader(), &ChunkFilter::default()).iter().map(|event| event.seq).collect();
    assert_eq!(order, [3, 2, 4, 5]);

    let file = &written.file;
    assert_eq!((file.rows, file.period, file.format, file.is_kept), (4, 2025 * 12 + 11, FORMAT, false));
    assert_eq!((file.min_seq, file.max_seq, file.min_node, file.max_node), (2, 5, 1, 2));
    assert_eq!((file.min_occurred_at, file.max_occurred_at), (DECEMBER, DECEMBER + 9));
    assert_eq!(file.bytes, written.bytes().len() as u64);
}

/// 40,000 events of 1,000 nodes in three row groups; every node from 2 on, even ones only, some beyond `i64`.
fn many() -> Vec<StoredEvent> {
    let events = (0..40_000_u64).map(|number| {
        let node = 2 * (1 + number % 1_000) + if number % 1_000 >= 990 { 1 << 63 } else { 0 };
        let kind = if number % 7 == 0 { EventKind::Identify } else { EventKind::Track };
        StoredEvent {
            kind,
            activity: kind.is_activity().then_some((number % 3) as u16),
            channel: (number % 4 < 3).then_some((number % 4) as u8),
            ..event(number + 1, node, DECEMBER + (number as i64 * 7_919) % (31 * DAY))
        }
    });
    events.collect()
}

#[test]
fn filters_find_the_same_rows_as_looking_at_each() {
    let events = many();
    let written = write(&events);
    let reader = written.reader();
    let all = sorted(&events);
    let check = |filter: ChunkFilter<'_>| {
        let is_wanted = |event: &&StoredEvent| {
            filter.nodes.is_none_or(|nodes| nodes.contains(&event.node))
                && filter.min_seq.is_none_or(|seq| event.seq >= seq)
                && filter.occurred.as_ref().is_none_or(|span| span.contains(&event.occurred_at))
        };
        let expected: Vec<&StoredEvent> = all.iter().filter(is_wanted).collect();
        let found = read(&reader, &filter);
        assert!(found.iter().eq(expected.iter().copied()), "{filter:?}: {} of {}", found.len(), expected.len());
        found.len()
    };
    let (first, last) = (all[0].node, all[39_999].node);
    let some =
        [NodeId(1), NodeId(2), NodeId(3), NodeId(500), NodeId(1_002), NodeId((1 << 63) + 1_992), NodeId(u64::MAX)];
    assert_eq!(check(ChunkFilter::default()), 40_000);
    assert_eq!(check(ChunkFilter { nodes: Some(&[]), ..Default::default() }), 0);
    assert_eq!(check(ChunkFilter { nodes: Some(&[first]), ..Default::default() }), 40);
    assert_eq!(check(ChunkFilter { nodes: Some(&[last]), ..Default::default() }), 40);
    assert_eq!(check(ChunkFilter { nodes: Some(&some), ..Default::default() }), 160);
    assert_eq!(check(ChunkFilter { min_seq: Some(39_991), ..Default::default() }), 10);
    assert_eq!(check(ChunkFilter { min_seq: Some(40_001), ..Default::default() }), 0);
    check(ChunkFilter { occurred: Some(DECEMBER + DAY..DECEMBER + 2 * DAY), ..Default::default() });
    check(ChunkFilter { occurred: Some(0..DECEMBER), ..Default::default() });
    check(ChunkFilter { nodes: Some(&some), min_seq: Some(20_000), occurred: Some(DECEMBER..DECEMBER + DAY) });
}

#[test]
fn steps_are_the_activities_with_what_the_timeline_needs() {
    let events = many();
    let written = write(&events);
    let reader = written.reader();
    for min_seq in [0, 1, 17_000, 40_000, 40_001] {
        let expected: Vec<TimelineRow> = sorted(&events)
            .iter()
            .filter(|event| event.seq >= min_seq)
            .filter_map(|event| {
                let StoredEvent { node, occurred_at, seq, channel, unit, .. } = *event;
                event.activity.map(|activity| TimelineRow { node, occurred_at, seq, activity, channel, unit })
            })
            .collect();
        let mut found = Vec::new();
        reader.for_each_step(min_seq, &names(), &mut |row| found.push(row)).unwrap();
        assert!(found == expected, "from {min_seq}: {} of {}", found.len(), expected.len());
    }
}

#[test]
fn a_seal_is_split_by_month() {
    let january = DECEMBER + 31 * DAY;
    let events = [event(1, 1, january), event(2, 1, DECEMBER), event(3, 1, january - 1), event(4, 1, 0)];
    let months = split_by_month(&events);
    let seqs = |month| months[&month].iter().map(|event| event.seq).collect::<Vec<_>>();
    assert_eq!(months.len(), 3);
    assert_eq!(seqs(1970 * 12), [4]);
    assert_eq!(seqs(2025 * 12 + 11), [2, 3]);
    assert_eq!(seqs(2026 * 12), [1]);
}

#[test]
fn the_names_of_another_data_directory_do_not_fit() {
    let written = write(&[event(1, 1, DECEMBER)]);
    let reader = written.reader();
    let error = reader.for_each(&ChunkFilter::default(), &Names::default(), &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("chunks/a.parquet") && error.contains("no source `key: web`"), "{error}");
    let error = reader.for_each_step(0, &Names::default(), &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("no activity `Page Viewed`"), "{error}");
}
