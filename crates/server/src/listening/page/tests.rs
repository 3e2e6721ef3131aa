//! The pages as a browser gets them.

use domain::survey::EXAMPLES;
use serde_json::json;

use super::*;

const PLANTED: &str =
    "<img src=x onerror=\"window.planted=1\">\"><script>window.planted=1</script>'`--></textarea></title>&amp;";

fn example(name: &str) -> Survey {
    let (_, file) = EXAMPLES.iter().find(|(each, _)| *each == name).unwrap();
    Survey::from_json(file.as_bytes()).unwrap()
}

/// A survey with a question of each type, whose texts are all this one.
fn every_type(text: &str) -> Survey {
    let texts = || json!({"es": text, "en": text});
    let choices = || json!([{"id": "a", "text": texts()}, {"id": "b", "text": texts()}, {"id": "c", "text": texts()}]);
    let file = json!({
        "format": 1, "name": "all", "kind": "transactional", "languages": ["es", "en"], "title": texts(), "intro": texts(),
        "thanks": texts(), "theme": {"accent": "#ffd400"},
        "questions": [
            {"id": "nps", "type": "nps", "text": texts(), "help": texts(), "low": texts(), "high": texts(), "required": true},
            {"id": "csat", "type": "csat", "text": texts(), "low": texts(), "high": texts()},
            {"id": "faces", "type": "csat", "faces": true, "text": texts(), "low": texts(), "high": texts()},
            {"id": "ces", "type": "ces", "text": texts(), "low": texts(), "high": texts(), "skip": [
                {"when": {"question": "ces", "at_least": 6}, "to": "several"},
            ]},
            {"id": "stars", "type": "rating", "stars": 5, "text": texts()},
            {"id": "one", "type": "choice", "text": texts(), "choices": choices(), "show_when": {"question": "nps", "at_most": 8}},
            {"id": "several", "type": "choices", "most": 2, "text": texts(), "choices": choices(), "required": true},
            {"id": "why", "type": "text", "text": texts(), "help": texts()},
            {"id": "expected", "type": "expectation", "text": texts(), "better": texts(), "as": texts(), "worse": texts()},
            {"id": "call", "type": "consent", "text": texts()},
        ],
    });
    Survey::from_json(file.to_string().as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

struct Scene {
    survey: Survey,
    language: &'static str,
    piped: Piped,
    given: BTreeMap<String, Value>,
    problems: Vec<Problem>,
    notice: Option<Notice>,
}

impl Scene {
    fn of(survey: Survey) -> Scene {
        let (piped, given) = (Piped::default(), BTreeMap::new());
        Scene { survey, language: "es", piped, given, problems: Vec::new(), notice: None }
    }

    fn given(mut self, given: Value) -> Scene {
        self.given = serde_json::from_value(given).unwrap();
        self
    }

    fn sent(mut self) -> Scene {
        self.problems = self.survey.take(&self.given).unwrap_err();
        self
    }

    fn ask(&self) -> String {
        ask(&Asking {
            survey: &self.survey,
            language: self.language,
            organisation: "Café Alameda",
            address: "/s/abc",
            page: "p-1",
            proof: "1.2.x",
            remembered_as: "srv_1",
            version: 3,
            can_refuse: true,
            piped: &self.piped,
            given: &self.given,
            brought: false,
            problems: &self.problems,
            notice: self.notice,
            about: &About::default(),
            is_preview: false,
        })
    }

    fn say(&self, message: Message) -> String {
        say(&Saying {
            message,
            survey: (message != Message::UnknownLink).then_some(&self.survey),
            language: self.language,
            organisation: "Café Alameda",
            address: "/s/abc",
            piped: &self.piped,
            is_preview: false,
        })
    }
}

const MESSAGES: [Message; 5] =
    [Message::Thanks, Message::AlreadyAnswered, Message::NotYetOpen, Message::Closed, Message::UnknownLink];

/// The elements of a page by name, and the names of their attributes, as a browser finds them.
fn elements(page: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for part in page.split('<').skip(1) {
        let (inside, _) = part.split_once('>').unwrap_or_else(|| panic!("an element without end: {part}"));
        let name: String = inside.chars().take_while(|c| !c.is_whitespace()).collect();
        // Values have no quotes of their own, so every other part between quotes is a value.
        let outside: String = inside[name.len()..].split('"').step_by(2).collect::<Vec<_>>().join(" ");
        let attributes = outside.split_whitespace().map(|each| each.trim_end_matches('=').to_owned()).collect();
        found.push((name, attributes));
    }
    found
}

#[test]
fn no_text_of_anybody_becomes_markup() {
    // Braces would be placeholders.
    let survey =
        |text: &str| every_type(&format!("{text} {{{{customer.name|{}}}}} {{{{touchpoint}}}}", text.replace('|', "")));
    let mut calm = Scene::of(survey("Hola"));
    let mut hostile = Scene::of(survey(PLANTED));
    for (scene, text) in [(&mut calm, "Hola"), (&mut hostile, PLANTED)] {
        scene.piped.traits.insert("name".to_owned(), text.to_owned());
        scene.piped.touchpoint = Some(text.to_owned());
        let written = format!("{text}{}", "x".repeat(10_000));
        scene.given =
            [("why", json!(written)), ("nps", json!(text)), ("one", json!(text)), ("expected", json!([text]))]
                .map(|(id, value)| (id.to_owned(), value))
                .into();
        scene.problems = scene.survey.take(&scene.given).unwrap_err();
        scene.problems.push(Problem::new(format!("$.{text}"), domain::survey::ProblemCode::Missing, text));
        scene.notice = Some(Notice::NotSaved);
    }
    let pages = |scene: &Scene| {
        let messages = MESSAGES.map(|message| scene.say(message));
        [scene.ask()].into_iter().chain(messages).collect::<Vec<_>>()
    };
    for (calm, hostile) in pages(&calm).iter().zip(pages(&hostile)) {
        assert_eq!(elements(calm), elements(&hostile));
        assert!(!hostile.contains("<img") && !hostile.contains("planted=1\"") && !hostile.contains("</script>'"));
    }
}

#[test]
fn names_around_a_survey_are_escaped_too() {
    let survey = example("relation");
    let given = [(PLANTED.to_owned(), json!(PLANTED))].into();
    let piped = Piped::default();
    let hostile = Asking {
        survey: &survey,
        language: PLANTED,
        organisation: PLANTED,
        address: PLANTED,
        page: PLANTED,
        proof: PLANTED,
        remembered_as: PLANTED,
        version: 1,
        can_refuse: true,
        piped: &piped,
        given: &given,
        brought: false,
        problems: &[],
        notice: None,
        about: &About::default(),
        is_preview: false,
    };
    let calm = Asking { language: "fr", organisation: "a", address: "/s/a", ..hostile };
    let names = |page: &str| elements(page).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&ask(&hostile)), names(&ask(&calm)));
}

#[test]
fn a_page_loads_only_its_own_files_and_has_nothing_inline() {
    let scene = Scene::of(every_type("Hola"));
    for page in [scene.ask(), scene.say(Message::Thanks)] {
        let elements = elements(&page);
        assert_eq!(elements.iter().filter(|(name, _)| name == "script").count(), 1);
        assert!(page.contains(&format!("<script src=\"{}\"></script>", script_address())));
        for (name, attributes) in &elements {
            assert!(
                name != "style" && !attributes.iter().any(|each| each == "style" || each.starts_with("on")),
                "{name}"
            );
        }
        let addresses = page.split("src=\"").skip(1).chain(page.split("href=\"").skip(1));
        for address in addresses {
            assert!(
                address.starts_with('/') && !address.starts_with("//") || address.starts_with('#'),
                "{address:.60}"
            );
        }
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !SCRIPT.contains("http"));
}

/// The colours of one `:root` of the style, by name.
fn colours(root: &str) -> BTreeMap<String, String> {
    let inside = root.split('}').next().unwrap();
    let each = inside.split("--").skip(1).filter_map(|each| each.split_once(": "));
    let full = |short: &str| short.chars().skip(1).flat_map(|c| [c, c]).collect::<String>();
    each.map(|(name, value)| {
        let value = value.split(';').next().unwrap();
        (name.to_owned(), if value.len() == 4 { format!("#{}", full(value)) } else { value.to_owned() })
    })
    .collect()
}

#[test]
fn everything_on_the_page_can_be_read_in_both_schemes() {
    let roots: Vec<_> = STYLE.split(":root {").skip(1).map(colours).collect();
    assert_eq!(roots.len(), 2);
    for colours in roots {
        let contrast = |one: &str, other: &str| domain::survey::contrast(&colours[one], &colours[other]).unwrap();
        for paper in ["paper", "raised"] {
            for text in ["ink", "muted", "accent", "bad"] {
                assert!(contrast(text, paper) >= 4.5, "{text} on {paper}: {}", contrast(text, paper));
            }
            assert!(contrast("edge", paper) >= 3.0, "what can be chosen has an edge that is seen");
        }
        assert!(contrast("on-accent", "accent") >= 4.5 && contrast("ink", "bad-soft") >= 4.5);
    }
}

#[test]
fn a_survey_weighs_little() {
    let page = Scene::of(example("after-purchase")).ask();
    let packed: usize = [page.as_str(), STYLE, SCRIPT]
        .map(|content| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            std::io::Write::write_all(&mut encoder, content.as_bytes()).unwrap();
            encoder.finish().unwrap().len()
        })
        .iter()
        .sum();
    assert!(packed <= 10 * 1024, "{packed} bytes");
    println!("{packed} bytes");
}

#[test]
fn every_field_has_a_name_that_can_be_heard() {
    let page = Scene::of(every_type("Hola")).ask();
    let fields = page.matches("<input type=\"radio\"").count() + page.matches("<input type=\"checkbox\"").count();
    assert_eq!(page.matches("<label class=\"step\"").count() + page.matches("<label class=\"row\"").count(), fields);
    assert_eq!(page.matches("<fieldset").count(), page.matches("<legend").count());
    assert!(page.contains("<label class=\"ask\" for=\"field-why\">") && page.contains("id=\"field-why\""));
    assert!(
        page.contains("<html lang=\"es\" dir=\"ltr\">")
            && page.contains("<nav class=\"languages\" aria-label=\"Idioma\">")
    );
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    for described in page.split("aria-describedby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(described.split(' ').all(|id| ids.contains(&id)), "{described}");
    }
}

#[test]
fn an_answer_that_the_link_brings_is_chosen_and_not_sent() {
    let page = Scene::of(example("after-purchase")).given(json!({"recommend": "9", "utm_source": "mail"})).ask();
    assert!(page.contains("value=\"9\" required checked>"));
    assert_eq!(page.matches(" checked").count(), 1);
    assert!(page.contains("/s/abc?language=en&amp;q.recommend=9"), "the other language keeps it");
    let wrong = Scene::of(example("after-purchase")).given(json!({"recommend": "99"})).ask();
    assert!(!wrong.contains(" checked") && wrong.contains("href=\"/s/abc?language=en\""));
}

#[test]
fn an_address_never_holds_what_was_typed() {
    let given = json!({"why": "muy personal", "one": "b", "nps": 3, "several": ["a", "c"], "call": true});
    let page = Scene::of(every_type("Hola")).given(given).ask();
    assert!(page.contains("?language=en&amp;q.nps=3&amp;q.one=b&amp;q.several=a&amp;q.several=c&amp;q.call=yes\""));
    assert_eq!(page.matches("muy personal").count(), 1);
}

#[test]
fn what_could_not_be_taken_is_said_where_it_is_and_kept() {
    let given = json!({"several": ["a", "b", "c"], "why": "\nDos líneas, <b>así</b>.\n", "call": "yes"});
    let page = Scene::of(every_type("Hola")).given(given).sent().ask();
    assert!(page.contains("role=\"alert\" tabindex=\"-1\"><p>Hay algo que corregir antes de enviar:</p>"));
    assert!(page.contains("<a href=\"#ask-nps\">") && page.contains("id=\"wrong-nps\">Falta esta respuesta.</p>"));
    assert!(page.contains("Hay más opciones marcadas de las que se pueden: como mucho, 2."));
    assert!(page.contains(">\n\nDos líneas, &lt;b&gt;así&lt;/b&gt;.\n</textarea>"));
    assert_eq!(page.matches(" checked").count(), 4);
}

#[test]
fn what_could_not_be_saved_is_still_there() {
    let mut scene = Scene::of(example("after-purchase")).given(json!({"recommend": 4, "why": "مرحبا"}));
    scene.notice = Some(Notice::NotSaved);
    let page = scene.ask();
    assert!(
        page.contains("No se ha podido guardar.")
            && page.contains(">\nمرحبا</textarea>")
            && page.contains("dir=\"auto\"")
    );
    assert!(page.contains("value=\"4\" required checked>"));
}

#[test]
fn the_form_asks_for_nothing_that_may_be_hidden() {
    let page = Scene::of(every_type("Hola")).ask();
    let nps = page.split("id=\"ask-nps\"").nth(1).unwrap().split("</fieldset>").next().unwrap();
    assert!(nps.contains(" required>"));
    let several = page.split("id=\"ask-several\"").nth(1).unwrap().split("</fieldset>").next().unwrap();
    assert!(several.contains("data-required") && !several.contains(" required>"), "a skip may pass over it");
}

#[test]
fn each_page_says_why_nothing_is_asked_in_both_languages() {
    let mut scene = Scene::of(example("relation"));
    for (language, said) in [
        (
            "es",
            [
                "Respuesta recibida",
                "ya está respondida",
                "aún no está abierta",
                "ya está cerrada",
                "no lleva a ninguna encuesta",
            ],
        ),
        (
            "en",
            [
                "Answer received",
                "already been answered",
                "is not open yet",
                "survey is closed",
                "does not lead to a survey",
            ],
        ),
    ] {
        scene.language = language;
        for (message, words) in MESSAGES.into_iter().zip(said) {
            let page = scene.say(message);
            assert!(page.contains(words) && page.contains(&format!("<html lang=\"{language}\"")), "{page}");
            assert_eq!(page.matches("<h1").count(), 1);
        }
    }
    assert!(scene.say(Message::Thanks).contains("Thank you for telling us."));
}

#[test]
fn words_of_the_page_in_another_language_say_so() {
    let texts = json!({"ar": "ما رأيك؟"});
    let file = json!({
        "format": 1, "name": "a", "kind": "relational", "languages": ["ar"], "title": texts, "thanks": texts,
        "questions": [{"id": "why", "type": "text", "text": texts}],
    });
    let mut scene = Scene::of(Survey::from_json(file.to_string().as_bytes()).unwrap());
    scene.language = "ar";
    let page = scene.ask();
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains("<p class=\"note\" lang=\"en\" dir=\"ltr\">Optional</p>"));
}

#[test]
fn a_theme_is_a_style_of_its_own() {
    assert_eq!(theme_style(&example("relation")), None);
    let survey = every_type("Hola");
    let style = theme_style(&survey).unwrap();
    assert!(style.contains("--accent: #FFD400") && !style.contains("light"), "{style}");
    assert!(Scene::of(survey).ask().contains("href=\"/s/abc/theme.css\""));
}

#[test]
fn forms_and_links_are_read_alike() {
    let form = read_form(b"language=es&q.score=9&q.some=a&q.some=b&q.some=c&q.why=dos%0D%0Al%C3%ADneas+m%C3%A1s&proof=1.2.x&again=1&more_about_you=&utm_source=x")
        .unwrap();
    let given = json!({"score": "9", "some": ["a", "b", "c"], "why": "dos\r\nlíneas más"});
    assert_eq!(form.given, serde_json::from_value(given).unwrap());
    assert_eq!((form.proof.as_deref(), form.is_repeated, form.has_filled_unseen), (Some("1.2.x"), true, false));
    assert!(read_form(b"more_about_you=http%3A%2F%2Fx").unwrap().has_filled_unseen);
    assert_eq!(form.language.as_deref(), Some("es"));
    assert_eq!(read_form(b"").unwrap(), Form::default());
    assert!(read_form("q.a=1&".repeat(3001).as_bytes()).is_none());
}

/// Writes the pages to the folder that `VIVENCIA_PAGES` names, for whoever wants to look at them.
#[test]
fn pages_can_be_looked_at() {
    let Some(folder) = std::env::var_os("VIVENCIA_PAGES").map(std::path::PathBuf::from) else { return };
    let write = |name: &str, content: &str| {
        let path = folder.join(name.trim_start_matches('/'));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    };
    write(style_address(), STYLE);
    write(script_address(), SCRIPT);
    for language in ["es", "en"] {
        for name in ["after-purchase", "relation"] {
            let mut scene = Scene::of(example(name));
            scene.language = language;
            write(&format!("{name}-{language}.html"), &scene.ask());
        }
        let mut scene = Scene::of(every_type("¿Qué le ha parecido la atención recibida en la tienda?"));
        scene.language = language;
        write("s/abc/theme.css", &theme_style(&scene.survey).unwrap());
        write(&format!("every-{language}.html"), &scene.ask());
        let mut wrong = Scene::of(example("relation")).given(json!({"comment": "مرحبا"})).sent();
        wrong.language = language;
        wrong.notice = Some(Notice::NotSaved);
        write(&format!("wrong-{language}.html"), &wrong.ask());
        for message in MESSAGES {
            write(&format!("{message:?}-{language}.html"), &wrong.say(message));
        }
    }
}
