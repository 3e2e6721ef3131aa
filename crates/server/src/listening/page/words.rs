//! What the page itself says. A language is added here, and nowhere else.

/// The page's own words in one language.
pub(crate) struct Words {
    pub language: &'static str,
    pub languages: &'static str,
    pub optional: &'static str,
    pub at_most: &'static str,
    pub better: &'static str,
    pub as_expected: &'static str,
    pub worse: &'static str,
    pub send: &'static str,
    pub sending: &'static str,
    pub on: &'static str,
    pub back: &'static str,
    /// `{at}` and `{of}` are numbers.
    pub progress: &'static str,
    pub to_mend: &'static str,
    pub missing: &'static str,
    pub not_ticked: &'static str,
    pub too_long: &'static str,
    /// `{most}` is a number.
    pub too_many: &'static str,
    pub not_understood: &'static str,
    pub not_saved: &'static str,
    /// Beside a field that nobody should see.
    pub leave_empty: &'static str,
    pub answered: (&'static str, &'static str),
    pub received: &'static str,
    pub closed: (&'static str, &'static str),
    pub not_yet: (&'static str, &'static str),
    pub unknown: (&'static str, &'static str),
    pub refused: (&'static str, &'static str),
    pub refuse: &'static str,
    pub unsubscribe: (&'static str, &'static str),
    pub unsubscribe_button: &'static str,
    pub unsubscribed: (&'static str, &'static str),
    /// In a message, where its first question cannot be answered by one click.
    pub mail_open: &'static str,
    /// `{organisation}` is a name.
    pub mail_why: &'static str,
    pub mail_unsubscribe: &'static str,
}

const ES: Words = Words {
    language: "es",
    languages: "Idioma",
    optional: "Opcional",
    at_most: "Se pueden marcar hasta {most}.",
    better: "Mejor de lo esperado",
    as_expected: "Como cabía esperar",
    worse: "Peor de lo esperado",
    send: "Enviar",
    sending: "Enviando…",
    on: "Continuar",
    back: "Atrás",
    progress: "Pregunta {at} de {of}",
    to_mend: "Hay algo que corregir antes de enviar:",
    missing: "Falta esta respuesta.",
    not_ticked: "Para enviar, hace falta marcar esta casilla.",
    too_long: "El texto pasa de 10.000 caracteres. Hay que acortarlo.",
    too_many: "Hay más opciones marcadas de las que se pueden: como mucho, {most}.",
    not_understood: "Esta respuesta no se ha entendido. Hay que elegirla de nuevo.",
    not_saved: "No se ha podido guardar. Las respuestas siguen aquí: basta con enviarlas otra vez dentro de un momento.",
    leave_empty: "Este campo se deja vacío.",
    answered: (
        "Esta encuesta ya está respondida",
        "La respuesta se guardó en su momento. No hace falta hacer nada más.",
    ),
    received: "Respuesta recibida",
    closed: ("Esta encuesta ya está cerrada", "Ya no se recogen respuestas. Gracias por el interés."),
    not_yet: ("Esta encuesta aún no está abierta", "El enlace es correcto: servirá cuando se abra."),
    unknown: (
        "Este enlace no lleva a ninguna encuesta",
        "Puede que esté incompleto o que ya no sirva. Conviene abrirlo de nuevo desde el mensaje en que llegó.",
    ),
    refused: ("De acuerdo", "No habrá más preguntas sobre esto. Gracias por decirlo."),
    refuse: "Prefiero no responder",
    unsubscribe: ("¿No recibir más mensajes?", "Con este botón dejan de llegar encuestas a esta dirección de correo."),
    unsubscribe_button: "No recibir más mensajes",
    unsubscribed: ("De acuerdo", "No llegarán más encuestas a esta dirección de correo."),
    mail_open: "Responder",
    mail_why: "{organisation} envía este mensaje para conocer la opinión de sus clientes.",
    mail_unsubscribe: "No recibir más mensajes como este",
};

const EN: Words = Words {
    language: "en",
    languages: "Language",
    optional: "Optional",
    at_most: "Choose up to {most}.",
    better: "Better than expected",
    as_expected: "As expected",
    worse: "Worse than expected",
    send: "Send",
    sending: "Sending…",
    on: "Continue",
    back: "Back",
    progress: "Question {at} of {of}",
    to_mend: "Something needs attention before this can be sent:",
    missing: "Please answer this question.",
    not_ticked: "Please tick this box to send your answers.",
    too_long: "This text has more than 10,000 characters. Please shorten it.",
    too_many: "Too many options are selected: {most} at most.",
    not_understood: "This answer could not be understood. Please choose it again.",
    not_saved: "Your answers could not be saved. They are still here: please send them again in a moment.",
    leave_empty: "Leave this field empty.",
    answered: ("This survey has already been answered", "Your answer is saved. There is nothing else to do."),
    received: "Answer received",
    closed: ("This survey is closed", "Answers are no longer being collected. Thank you for your interest."),
    not_yet: ("This survey is not open yet", "The link is right: it will work once the survey opens."),
    unknown: (
        "This link does not lead to a survey",
        "It may be incomplete or no longer valid. Try opening it again from the message it came in.",
    ),
    refused: ("Understood", "There will be no more questions about this. Thank you for saying so."),
    refuse: "I would rather not answer",
    unsubscribe: ("No more messages?", "This button stops surveys from being sent to this e-mail address."),
    unsubscribe_button: "Stop these messages",
    unsubscribed: ("Understood", "No more surveys will be sent to this e-mail address."),
    mail_open: "Answer",
    mail_why: "{organisation} sent this message to learn what its customers think.",
    mail_unsubscribe: "Stop messages like this one",
};

/// The words for a language code; English where the page has none in it.
pub(crate) fn find(language: &str) -> &'static Words {
    match base(language) {
        "es" => &ES,
        _ => &EN,
    }
}

/// The code without its country.
pub(crate) fn base(language: &str) -> &str {
    language.split('-').next().unwrap_or_default()
}

/// How a language calls itself; its code where that is not known.
pub(crate) fn name(language: &str) -> &str {
    match base(language) {
        "ar" => "العربية",
        "ca" => "Català",
        "de" => "Deutsch",
        "en" => "English",
        "es" => "Español",
        "eu" => "Euskara",
        "fr" => "Français",
        "gl" => "Galego",
        "he" => "עברית",
        "it" => "Italiano",
        "pt" => "Português",
        _ => language,
    }
}

/// Which way a language is written.
pub(crate) fn direction(language: &str) -> &'static str {
    match base(language) {
        "ar" | "fa" | "he" | "ur" => "rtl",
        _ => "ltr",
    }
}
