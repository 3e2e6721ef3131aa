#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use domain::NodeId;

use super::*;

const READING: &str = "1.ab";

fn comment(seq: u64, language: &str, text: &str) -> Comment {
    Comment {
        event: EventId(u128::from(seq)),
        seq,
        node: NodeId(seq % 3 + 1),
        occurred_at: i64::try_from(seq).unwrap() * 1_000,
        activity: "Survey Answered".to_owned(),
        channel: seq.is_multiple_of(2).then(|| "web".to_owned()),
        unit: None,
        survey: None,
        touchpoint: None,
        text: text.to_owned(),
        personal: Vec::new(),
        language: Some(language.to_owned()).filter(|it| !it.is_empty()),
        sentiment: Some("negative".to_owned()),
        score: None,
        topics: Comment::read_topics("waiting:negative"),
        answers: BTreeMap::from([("nps".to_owned(), seq as f64)]),
    }
}

const TEXTS: [(&str, &str); 7] = [
    ("es", "La espera fue larga"),
    ("es", "Demasiadas esperas, muy lenta la caja"),
    ("en", "I waited too long"),
    ("en", "The cashier was slow, long waits"),
    ("", "服务很慢 😡"),
    ("es", "Pusieron una canción preciosa"),
    ("es", "muy muy muy lenta, lenta la app"),
];

fn fill(index: &CommentIndex, from: u64) -> u64 {
    index
        .add(|_, each| {
            for (place, (language, text)) in TEXTS.iter().enumerate() {
                let seq = place as u64 + 1;
                if seq >= from {
                    each(&comment(seq, language, text))?;
                }
            }
            Ok(TEXTS.len() as u64)
        })
        .unwrap()
}

fn found(index: &CommentIndex, query: &str, filter: &Filter) -> Vec<u64> {
    let query = Query::parse(query).unwrap();
    let page = index.search(&query, filter, Sort::Newest, None, 10).unwrap();
    page.comments.iter().map(|(_, comment)| comment.seq).collect()
}

#[test]
fn comments_are_found_by_the_stems_of_their_language() {
    let dir = tempfile::tempdir().unwrap();
    let (index, fault) = CommentIndex::open(&dir.path().join("comments"), READING).unwrap();
    assert_eq!((fault, fill(&index, 1)), (None, 7));
    for (query, expected) in [
        ("espera", vec![2, 1]),
        ("wait", vec![4, 3]),
        ("cancion", vec![6]),
        ("\"muy lenta\"", vec![7, 2]),
        ("\"lenta la caja\"", vec![2]),
        ("lenta -app", vec![2]),
        ("app OR caja", vec![7, 2]),
        ("慢", vec![5]),
        ("😡", vec![5]),
        ("nada", vec![]),
        ("-lenta", vec![6, 5, 4, 3, 1]),
        ("", vec![7, 6, 5, 4, 3, 2, 1]),
    ] {
        assert_eq!(found(&index, query, &Filter::default()), expected, "{query}");
    }
}

#[test]
fn filters_narrow_what_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = CommentIndex::open(dir.path(), READING).unwrap();
    fill(&index, 1);
    let of = |filter: Filter| found(&index, "", &filter);
    let names = |name: &str| vec![name.to_owned()];
    assert_eq!(of(Filter { from_ms: Some(2_000), to_ms: Some(4_000), ..Filter::default() }), [3, 2]);
    assert_eq!(of(Filter { channels: names("web"), ..Filter::default() }), [6, 4, 2]);
    assert_eq!(of(Filter { channels: names("(none)"), ..Filter::default() }), [7, 5, 3, 1]);
    assert_eq!(of(Filter { languages: names("en"), ..Filter::default() }), [4, 3]);
    assert_eq!(of(Filter { topics: names("waiting:positive"), ..Filter::default() }), [0_u64; 0]);
    assert_eq!(of(Filter { answers: vec![("nps".to_owned(), 0.0..=2.0)], ..Filter::default() }), [2, 1]);
    assert_eq!(of(Filter { sees: Some(Arc::new(|node| node.0 == 1)), ..Filter::default() }), [6, 3]);
}

#[test]
fn pages_follow_each_other_without_gap_in_either_order() {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = CommentIndex::open(dir.path(), READING).unwrap();
    fill(&index, 1);
    let query = Query::parse("lenta OR espera OR wait OR caja").unwrap();
    for sort in [Sort::Relevance, Sort::Newest] {
        let whole = index.search(&query, &Filter::default(), sort, None, 10).unwrap();
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = index.search(&query, &Filter::default(), sort, after, 2).unwrap();
            assert_eq!(page.total, whole.total);
            seen.extend(page.comments.iter().map(|(_, comment)| comment.seq));
            match page.next {
                Some(next) => after = Some(next.to_string().parse().unwrap()),
                None => break,
            }
        }
        assert_eq!(seen, whole.comments.iter().map(|(_, comment)| comment.seq).collect::<Vec<_>>());
        assert_eq!(seen.len(), 5);
    }
}

#[test]
fn an_index_goes_on_where_it_was_and_a_damaged_one_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("comments");
    let (index, _) = CommentIndex::open(&folder, READING).unwrap();
    fill(&index, 1);
    drop(index);
    let (index, fault) = CommentIndex::open(&folder, READING).unwrap();
    assert_eq!((fault, index.covered_seq(), index.len()), (None, 7, 7));
    drop(index);
    let largest = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let largest = largest.filter(|path| path.extension().is_some_and(|it| it == "store")).max().unwrap();
    let mut bytes = std::fs::read(&largest).unwrap();
    bytes[10] ^= 4;
    std::fs::write(&largest, bytes).unwrap();
    let (index, fault) = CommentIndex::open(&folder, READING).unwrap();
    assert!(fault.unwrap().contains("checksum"));
    assert_eq!((index.covered_seq(), index.len()), (0, 0));
    assert_eq!(fill(&index, 1), 7);
    drop(index);
    std::fs::write(folder.join("meta.json"), "{").unwrap();
    let (index, fault) = CommentIndex::open(&folder, READING).unwrap();
    assert!(fault.is_some() && index.is_empty());
    fill(&index, 1);
    drop(index);
    std::fs::remove_dir_all(&folder).unwrap();
    let (index, fault) = CommentIndex::open(&folder, READING).unwrap();
    assert_eq!((fault, index.covered_seq(), fill(&index, 1)), (None, 0, 7));
}

#[test]
fn what_ends_early_is_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = CommentIndex::open(dir.path(), READING).unwrap();
    let broken = index.add(|_, each| {
        each(&comment(1, "es", "a medias"))?;
        Err(Error::internal("the disk is gone"))
    });
    assert!(broken.is_err());
    assert_eq!((index.covered_seq(), index.len()), (0, 0));
    fill(&index, 1);
    assert_eq!(index.len(), 7, "the one that was half done is not there twice");
}

#[test]
fn themes_are_counted_between_edges() {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = CommentIndex::open(dir.path(), READING).unwrap();
    fill(&index, 1);
    let counts = index.count_themes(&Filter::default(), &[2_000, 4_000, 7_000]).unwrap();
    assert_eq!(counts.comments, [2, 3]);
    assert_eq!(counts.topics["waiting"], [2, 3]);
    assert_eq!(counts.topics["waiting:negative"], [2, 3]);
    assert_eq!(counts.sentiments["negative"], [2, 3]);
}

#[test]
fn alike_are_those_that_share_telling_words() {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = CommentIndex::open(dir.path(), READING).unwrap();
    fill(&index, 1);
    let found = index.alike(&comment(9, "es", "esperas en la caja"), &Filter::default(), 3).unwrap();
    assert_eq!(found.iter().map(|it| it.seq).take(2).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn an_index_that_was_read_by_something_else_is_emptied() {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = CommentIndex::open(dir.path(), READING).unwrap();
    fill(&index, 1);
    drop(index);
    let (index, fault) = CommentIndex::open(dir.path(), "2.cd").unwrap();
    assert_eq!((fault, index.reading(), index.covered_seq(), index.len()), (None, "2.cd", 0, 0));
    fill(&index, 1);
    drop(index);
    let (index, _) = CommentIndex::open(dir.path(), "2.cd").unwrap();
    assert_eq!((index.covered_seq(), index.len()), (7, 7));
}
