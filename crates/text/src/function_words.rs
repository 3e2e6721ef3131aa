//! Words that say nothing of what a comment is about: articles, pronouns, prepositions, auxiliary verbs, in Spanish and
//! English together. A word of one language that means something in the other is left out (`solo`, `come`, `pan`).

/// Folded, sorted.
const WORDS: &[&str] = &[
    "a", "about", "aca", "ademas", "after", "again", "ahi", "ahora", "al", "algo", "alguien", "algun", "alguna",
    "algunas", "alguno", "algunos", "all", "alli", "also", "am", "an", "and", "ante", "any", "aqui", "are", "as",
    "asi", "at", "aun", "aunque", "be", "because", "been", "before", "being", "but", "by", "cada", "can", "casi",
    "como", "con", "could", "cual", "cuando", "cuanto", "de", "del", "desde", "did", "do", "does", "doing", "donde",
    "dont", "during", "e", "each", "el", "ella", "ellas", "ellos", "en", "entre", "era", "eran", "es", "esa", "esas",
    "ese", "eso", "esos", "esta", "estaba", "estaban", "estado", "estamos", "estan", "estar", "estas", "este", "esto",
    "estos", "estoy", "estuve", "estuvo", "even", "every", "few", "for", "from", "fue", "fueron", "fui", "get", "got",
    "ha", "haber", "habia", "had", "han", "has", "hasta", "have", "having", "hay", "he", "hemos", "her", "here", "him",
    "his", "how", "hubo", "i", "id", "if", "ill", "im", "in", "into", "is", "it", "its", "ive", "just", "la", "las",
    "le", "les", "lo", "los", "mas", "me", "mi", "mis", "mucha", "muchas", "mucho", "muchos", "muy", "my", "nada",
    "ni", "no", "nos", "nosotros", "not", "o", "of", "off", "on", "one", "or", "os", "otra", "otras", "otro", "otros",
    "our", "out", "para", "pero", "poco", "por", "porque", "pues", "que", "quien", "really", "s", "se", "sea", "segun",
    "ser", "she", "should", "si", "sido", "sin", "so", "sobre", "some", "somos", "son", "soy", "su", "such", "sus",
    "t", "tambien", "tan", "tanto", "te", "tengo", "tenia", "than", "that", "thats", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "through", "ti", "tiene", "tienen", "to", "toda", "todas", "todo",
    "todos", "too", "tras", "tu", "tus", "tuve", "tuvo", "u", "un", "una", "unas", "uno", "unos", "up", "us", "usted",
    "ustedes", "very", "voy", "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will",
    "with", "would", "y", "ya", "yo", "you", "your",
];

/// Whether a word, in lower case without accents, says nothing of what a comment is about.
pub fn is_function_word(folded: &str) -> bool {
    folded.len() <= 9 && WORDS.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::fold_word;

    #[test]
    fn the_list_is_sorted_and_folded() {
        assert!(WORDS.is_sorted());
        for word in WORDS {
            assert_eq!(fold_word(word), *word);
            assert!(is_function_word(word));
        }
        for word in ["espera", "wait", "cafe", "", "nonsense"] {
            assert!(!is_function_word(word), "{word}");
        }
    }
}
