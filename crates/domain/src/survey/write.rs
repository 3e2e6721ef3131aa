//! A survey as a file.

use serde_json::{Map, Value, json};

use super::{Ask, Choice, ExpectationLabels, FORMAT, Question, Quota, REPEAT_DAYS, Skip, SkipTo, Survey, Texts, Theme};
use crate::time::format_instant;

impl Survey {
    /// The file from which the same survey is read again, indented for people.
    pub fn to_json(&self) -> String {
        // What is made of texts and numbers alone is always written.
        serde_json::to_string_pretty(&self.to_value()).unwrap_or_default()
    }

    /// The same as a value.
    pub fn to_value(&self) -> Value {
        let mut file = Map::new();
        file.insert("format".into(), json!(FORMAT));
        file.insert("name".into(), json!(self.name));
        file.insert("kind".into(), json!(self.kind.as_str()));
        if self.is_anonymous {
            file.insert("anonymous".into(), json!(true));
        }
        file.insert("languages".into(), json!(self.languages));
        file.insert("title".into(), texts(&self.title));
        insert_texts(&mut file, "intro", self.intro.as_ref());
        file.insert("thanks".into(), texts(&self.thanks));
        if let Some(theme) = &self.theme {
            file.insert("theme".into(), theme_value(theme));
        }
        for (name, instant) in [("opens_at", self.opens_at), ("closes_at", self.closes_at)] {
            if let Some(instant) = instant {
                file.insert(name.into(), json!(format_instant(instant)));
            }
        }
        if !self.quotas.is_empty() {
            file.insert("quotas".into(), self.quotas.iter().map(quota).collect());
        }
        if self.repeat_days != REPEAT_DAYS {
            file.insert("repeat_days".into(), json!(self.repeat_days));
        }
        if let Some(invite) = &self.invite {
            file.insert("invite".into(), invite.to_value());
        }
        file.insert("questions".into(), self.questions.iter().map(question).collect());
        Value::Object(file)
    }
}

fn texts(texts: &Texts) -> Value {
    json!(texts.0)
}

fn insert_texts(object: &mut Map<String, Value>, name: &str, value: Option<&Texts>) {
    if let Some(value) = value {
        object.insert(name.into(), texts(value));
    }
}

fn theme_value(theme: &Theme) -> Value {
    match &theme.accent_dark {
        None => json!({"accent": theme.accent}),
        Some(dark) => json!({"accent": theme.accent, "accent_dark": dark}),
    }
}

fn quota(quota: &Quota) -> Value {
    match &quota.of {
        None => json!({"most": quota.most}),
        Some(of) => json!({"most": quota.most, "question": of.question, "choice": of.choice}),
    }
}

fn question(question: &Question) -> Value {
    let mut object = Map::new();
    object.insert("id".into(), json!(question.id));
    object.insert("type".into(), json!(question.ask.as_str()));
    object.insert("text".into(), texts(&question.text));
    insert_texts(&mut object, "help", question.help.as_ref());
    insert_ask(&mut object, &question.ask);
    if question.is_required {
        object.insert("required".into(), json!(true));
    }
    if let Some(condition) = &question.show_when {
        object.insert("show_when".into(), condition.to_json());
    }
    if !question.skips.is_empty() {
        object.insert("skip".into(), question.skips.iter().map(Skip::to_json).collect());
    }
    Value::Object(object)
}

fn insert_ask(object: &mut Map<String, Value>, ask: &Ask) {
    if let Some(ends) = ask.ends() {
        insert_texts(object, "low", ends.low.as_ref());
        insert_texts(object, "high", ends.high.as_ref());
    }
    match ask {
        Ask::Csat { faces: true, .. } => {
            object.insert("faces".into(), json!(true));
        }
        Ask::Rating { stars, reversed, .. } => {
            object.insert("stars".into(), json!(stars));
            if *reversed {
                object.insert("reversed".into(), json!(true));
            }
        }
        Ask::Choice(choices) => {
            object.insert("choices".into(), choices.iter().map(choice).collect());
        }
        Ask::Choices { choices, most } => {
            object.insert("choices".into(), choices.iter().map(choice).collect());
            if let Some(most) = most {
                object.insert("most".into(), json!(most));
            }
        }
        Ask::Consent { purpose: Some(purpose) } => {
            object.insert("purpose".into(), json!(purpose));
        }
        Ask::Expectation(Some(labels)) => {
            let ExpectationLabels { better, as_expected, worse } = labels.as_ref();
            for (name, label) in [("better", better), ("as", as_expected), ("worse", worse)] {
                insert_texts(object, name, Some(label));
            }
        }
        _ => {}
    }
}

fn choice(choice: &Choice) -> Value {
    json!({"id": choice.id, "text": texts(&choice.text)})
}

impl Skip {
    /// As files spell it.
    pub fn to_json(&self) -> Value {
        let to = match &self.to {
            SkipTo::End => "end",
            SkipTo::Question(id) => id,
        };
        match &self.when {
            None => json!({"to": to}),
            Some(condition) => json!({"when": condition.to_json(), "to": to}),
        }
    }
}
