#![allow(clippy::unwrap_used)]

use super::*;

fn word(text: &str) -> CutWord {
    Cutter::default().cut(text, &[]).into_iter().next().unwrap()
}

fn is_found(text: &str, asked: &str, spoken: Spoken) -> bool {
    word(text).is_found_by(&word(asked), spoken)
}

#[test]
fn words_are_found_by_their_stems_with_and_without_accents() {
    for (text, asked) in [
        ("esperas", "espera"),
        ("espera", "ESPERAS"),
        ("canción", "cancion"),
        ("canción", "canciones"),
        ("educacion", "educación"),
        ("atendió", "atender"),
        ("atendio", "atendió"),
        ("ati\u{301}pico", "atípico"),
        ("muuuuy", "muuuuuuuy"),
        ("señor", "SENOR"),
    ] {
        assert!(is_found(text, asked, Spoken::Spanish), "{text} by {asked}");
    }
    for (text, asked) in [("waiting", "waits"), ("waited", "WAIT"), ("don't", "dont"), ("cafés", "cafe")] {
        assert!(is_found(text, asked, Spoken::English), "{text} by {asked}");
    }
    assert!(!is_found("esperas", "esperar otra", Spoken::English), "no stems of another language");
    assert!(!is_found("caro", "cara de", Spoken::English));
}

#[test]
fn every_writing_has_words() {
    let cut = |text: &str| Cutter::default().cut(text, &[]).into_iter().map(|word| word.plain).collect::<Vec<_>>();
    assert_eq!(cut("服务很慢 2 times"), ["服", "务", "很", "慢", "2", "times"]);
    assert_eq!(cut("الخدمة بطيئة جدا"), ["الخدمة", "بطيئة", "جدا"].map(without_accents));
    assert_eq!(cut("😡😡 tarde :("), ["😡", "tarde", "🙁"]);
    assert_eq!(cut("¡¡¡ … !!!"), Vec::<String>::new());
    assert_eq!(cut(&"a".repeat(10_000)).len(), 1);
}

#[test]
fn what_is_hidden_has_no_words() {
    let text = "llame al 600 123 456 ya";
    let words = Cutter::default().cut(text, std::slice::from_ref(&(9..20)));
    assert_eq!(words.iter().map(|word| word.plain.as_str()).collect::<Vec<_>>(), ["llame", "al", "ya"]);
}

#[test]
fn parts_join_to_the_text_whatever_its_writing() {
    let mut cutter = Cutter::default();
    let asked = cutter.cut("espera 😡 慢", &[]);
    for text in ["Las esperas 😡😡 largas", "服务很慢。", "", "مرحبا espera", "e\u{301}spera", "nada", "👨‍👩‍👧 espera"]
    {
        let parts = cutter.mark(text, Spoken::Spanish, &asked);
        assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), text);
    }
    let parts = cutter.mark("Las esperas 😡😡 largas", Spoken::Spanish, &asked);
    let matches: Vec<_> = parts.iter().filter(|part| part.is_match).map(|part| part.text.as_str()).collect();
    assert_eq!(matches, ["esperas", "😡😡"]);
}
