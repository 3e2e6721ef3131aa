//! Whether the clause in which something is named tells how it is judged, better than the whole sentence does.

use anyhow::Result;
use text::model::Model;
use text::{Analyzer, InBoth, Taxonomy, Topic};

use crate::calibration_of;
use crate::data::{FOLDS, Folders, Labelled, rows};
use crate::judge::{interval, line, macro_f1};
use crate::language;
use crate::sentiment::{SHIPPED, corpus, target_of};

/// What an opinion is, what its clause says, and what its sentence says; 1 is praise.
#[derive(Clone)]
struct Judged {
    right: usize,
    by_clause: usize,
    by_sentence: usize,
    is_in_mixed: bool,
}

/// Looks for the target of each opinion as if it were a topic, with models that saw nothing of the sentence's fold.
#[expect(clippy::print_stdout, reason = "figures are its product")]
pub fn print(folders: &Folders) -> Result<()> {
    let spanish = corpus(folders, "es", SHIPPED.lexicon_scale)?;
    let english = corpus(folders, "en", SHIPPED.lexicon_scale)?;
    let lines = language::fit_lines(&language::samples(folders)?, |_| false);
    let calibration = calibration_of(&spanish, &spanish.out_of_fold(&SHIPPED));
    let analyzers: Vec<Analyzer> = (0..FOLDS)
        .map(|fold| {
            let mut heads = language::heads(&lines);
            let line = spanish.fit(&SHIPPED, |lesson| lesson.source.fold == fold);
            heads.push(spanish.head(&line, SHIPPED.lexicon_scale, calibration));
            heads.push(english.head(&line, SHIPPED.lexicon_scale, calibration));
            Ok(Analyzer::of(&Model { heads }, Taxonomy::default())?)
        })
        .collect::<Result<_>>()?;
    let opinions = rows(&folders.kept.join("opener/aspects.es.tsv"))?;
    let polarities = |sentence: &str| {
        let of_sentence = opinions.iter().filter(|row| row[5] == sentence);
        let (good, bad): (Vec<_>, Vec<_>) = of_sentence.partition(|row| row[0] == "Positive");
        !good.is_empty() && !bad.is_empty()
    };
    let judged: Vec<Judged> = opinions
        .iter()
        .filter_map(|row| {
            let (_, target) = target_of(&row[0])?;
            let sentence = Labelled::new(&row[0], "hotels", &row[5]);
            let analyzer = analyzers[sentence.fold as usize].clone().with_topics([topic(&row[4])?]).ok()?;
            let analysis = analyzer.analyse(&sentence.text);
            let mention = analysis.topics.first()?;
            Some(Judged {
                right: target as usize,
                by_clause: usize::from(mention.score > 0.0),
                by_sentence: usize::from(analysis.sentiment?.score > 0.0),
                is_in_mixed: polarities(&row[5]),
            })
        })
        .collect();
    for (name, only_mixed) in
        [("all opinions with a target", false), ("those in sentences that praise and blame", true)]
    {
        let some: Vec<Judged> = judged.iter().filter(|one| one.is_in_mixed || !only_mixed).cloned().collect();
        let by = |pick: fn(&Judged) -> usize, some: &[Judged]| -> Vec<(usize, usize)> {
            some.iter().map(|one| (one.right, pick(one))).collect()
        };
        println!("topics, {name}: by sentence {}", line(&by(|one| one.by_sentence, &some)));
        println!("topics, {name}: by clause   {}", line(&by(|one| one.by_clause, &some)));
        let gain =
            |some: &[Judged]| macro_f1(&by(|one| one.by_clause, some)) - macro_f1(&by(|one| one.by_sentence, some));
        let (low, high) = interval(&some, gain);
        println!("topics, {name}: gain in macro-F1 {:+.3} ({low:+.3} to {high:+.3})", gain(&some));
    }
    Ok(())
}

/// The target of an opinion as a topic, if it is words.
fn topic(target: &str) -> Option<Topic> {
    let words: Vec<&str> = target.split_whitespace().collect();
    let is_usable = !words.is_empty() && words.iter().all(|word| word.chars().all(char::is_alphanumeric));
    let expressions = InBoth { es: vec![target.to_owned()], en: vec![target.to_owned()] };
    is_usable.then(|| Topic { id: "target".to_owned(), expressions, ..Topic::default() })
}
