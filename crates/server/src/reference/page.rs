//! The page, written from the document. Everything that comes from it is escaped.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use super::NONCE_PLACE;
use super::schema::{anchor, describe, example};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Text as HTML, in elements and in attributes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Text with `code` between backticks, as HTML.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| match index % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    });
    parts.collect()
}

/// An operation with where it is.
struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    says: &'a Value,
}

impl Operation<'_> {
    fn id(&self) -> &str {
        self.says["operationId"].as_str().unwrap_or_default()
    }

    fn tag(&self) -> &str {
        self.says["tags"][0].as_str().unwrap_or("other")
    }

    fn parameters(&self) -> &[Value] {
        self.says["parameters"].as_array().map_or(&[], Vec::as_slice)
    }
}

/// The whole page.
pub fn write(document: &Value) -> String {
    let mut groups: BTreeMap<&str, Vec<Operation<'_>>> = BTreeMap::new();
    let operations = list_operations(document);
    for operation in &operations {
        let Operation { method, path, says } = *operation;
        groups.entry(operation.tag()).or_default().push(Operation { method, path, says });
    }
    let title = escape(document["info"]["title"].as_str().unwrap_or("API"));
    let version = escape(document["info"]["version"].as_str().unwrap_or_default());
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} API</title>\n<link rel=\"icon\" href=\"/mark.svg\">\n<style nonce=\"{NONCE_PLACE}\">{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#operations\">Skip to the operations</a>\n"
    );
    write_contents(&mut page, &title, &groups);
    let _ = write!(
        page,
        "<main id=\"operations\" tabindex=\"-1\">\n<h1>{title} API <small>{version}</small></h1>\n{INTRODUCTION}\n"
    );
    for (tag, operations) in &groups {
        let _ = write!(
            page,
            "<section class=\"group\" aria-labelledby=\"tag-{tag}\">\n<h2 id=\"tag-{tag}\">{tag}</h2>\n",
            tag = escape(tag)
        );
        for operation in operations {
            write_operation(&mut page, operation, document);
        }
        page.push_str("</section>\n");
    }
    write_types(&mut page, document);
    let _ = write!(page, "</main>\n<script nonce=\"{NONCE_PLACE}\">{SCRIPT}</script>\n</body>\n</html>\n");
    page
}

const INTRODUCTION: &str = "<p>Every operation of this server. The same as a document for programs: \
<a href=\"/api/openapi.json\">/api/openapi.json</a> (OpenAPI 3.1).</p>\n\
<p>The examples expect the address of the server and a key in the environment:</p>\n\
<pre><code>export VIVENCIA=https://vivencia.example KEY=viv_…</code></pre>\n\
<p>Keys are made under <a href=\"/settings/sources\">Sources</a> or with <code>vivencia key create</code>. A refusal is \
<code>application/problem+json</code>: <code>code</code> says what it is, <code>detail</code> what to do, <code>request_id</code> \
where the log of the server tells more.</p>";

fn list_operations(document: &Value) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for method in METHODS {
            if let Some(says) = methods.get(method) {
                operations.push(Operation { method, path, says });
            }
        }
    }
    operations
}

fn write_contents(page: &mut String, title: &str, groups: &BTreeMap<&str, Vec<Operation<'_>>>) {
    let _ = write!(
        page,
        "<nav aria-label=\"Contents\">\n<p class=\"brand\"><a href=\"/\">{title}</a></p>\n\
         <p class=\"filter\" hidden><label for=\"filter\">Filter</label> <input id=\"filter\" type=\"search\" autocomplete=\"off\" \
         spellcheck=\"false\"></p>\n<p class=\"none\" role=\"status\"></p>\n"
    );
    for (tag, operations) in groups {
        let _ = write!(page, "<h2><a href=\"#tag-{tag}\">{tag}</a></h2>\n<ul>\n", tag = escape(tag));
        for operation in operations {
            let _ = writeln!(
                page,
                "<li><a href=\"#{id}\"><span class=\"method\">{method}</span> <code>{path}</code></a></li>",
                id = escape(operation.id()),
                method = operation.method.to_uppercase(),
                path = escape(operation.path),
            );
        }
        page.push_str("</ul>\n");
    }
    page.push_str("<h2><a href=\"#types\">types</a></h2>\n</nav>\n");
}

fn write_operation(page: &mut String, operation: &Operation<'_>, document: &Value) {
    let id = escape(operation.id());
    let summary = operation.says["summary"].as_str().unwrap_or_default();
    let _ = write!(
        page,
        "<article id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h3 id=\"{id}-title\"><a href=\"#{id}\"><span class=\"method\">{method}</span> \
         <code>{path}</code></a></h3>\n<p>{summary}</p>\n",
        method = operation.method.to_uppercase(),
        path = escape(operation.path),
        summary = prose(summary),
    );
    if let Some(more) = operation.says["description"].as_str() {
        let _ = writeln!(page, "<p>{}</p>", prose(more));
    }
    let _ = writeln!(page, "<p class=\"who\">{}</p>", who_may(operation.says));
    if !operation.parameters().is_empty() {
        page.push_str("<h4>Parameters</h4>\n<dl>\n");
        for parameter in operation.parameters() {
            let place = parameter["in"].as_str().unwrap_or_default();
            let must = if parameter["required"] == true { ", required" } else { "" };
            let kind = format!("{}, in the {}{must}", describe(&parameter["schema"]), escape(place));
            write_member(
                page,
                parameter["name"].as_str().unwrap_or_default(),
                &kind,
                parameter["description"].as_str(),
            );
        }
        page.push_str("</dl>\n");
    }
    write_contents_of(page, "Body", &operation.says["requestBody"]["content"]);
    page.push_str("<h4>Answers</h4>\n<dl>\n");
    for (status, answer) in operation.says["responses"].as_object().into_iter().flatten() {
        let shown = if status == "default" { "any other" } else { status };
        let kinds = match status.as_str() {
            "default" => "<a href=\"#type-Problem\">Problem</a>".to_owned(),
            _ => describe_contents(&answer["content"]),
        };
        write_member(page, shown, &kinds, answer["description"].as_str());
    }
    let _ = write!(
        page,
        "</dl>\n<h4>Example</h4>\n<pre><code>{}</code></pre>\n</article>\n",
        escape(&curl(operation, document))
    );
}

fn write_member(page: &mut String, name: &str, kind: &str, says: Option<&str>) {
    let _ = write!(page, "<dt><code>{}</code> <span class=\"kind\">{kind}</span></dt>\n<dd>", escape(name));
    page.push_str(&says.filter(|text| !text.is_empty()).map(prose).unwrap_or_default());
    page.push_str("</dd>\n");
}

fn write_contents_of(page: &mut String, title: &str, content: &Value) {
    let kinds = describe_contents(content);
    if !kinds.is_empty() {
        let _ = writeln!(page, "<h4>{title}</h4>\n<p>{kinds}</p>");
    }
}

fn describe_contents(content: &Value) -> String {
    let contents = content.as_object().into_iter().flatten();
    let kinds = contents.map(|(kind, body)| format!("{} as <code>{}</code>", describe(&body["schema"]), escape(kind)));
    kinds.collect::<Vec<_>>().join(", or ")
}

/// Who may call it, by the requirements of the document: any of them is enough.
fn who_may(says: &Value) -> String {
    let mut ways = Vec::new();
    for requirement in says["security"].as_array().into_iter().flatten() {
        for (name, scopes) in requirement.as_object().into_iter().flatten() {
            let scopes: Vec<String> =
                scopes.as_array().into_iter().flatten().filter_map(Value::as_str).map(escape).collect();
            let way = escape(&name.replace('_', " "));
            ways.push(match scopes.is_empty() {
                true => format!("with a {way}"),
                false => format!("with a {way} that may <strong>{}</strong>", scopes.join(", ")),
            });
        }
    }
    ways.dedup();
    match ways.is_empty() {
        true => "Open: asks for no key of its own.".to_owned(),
        false => format!("Open {}.", ways.join(", or ")),
    }
}

/// A command that calls the operation.
fn curl(operation: &Operation<'_>, document: &Value) -> String {
    let schemas = &document["components"]["schemas"];
    let value_of = |parameter: &Value| {
        let said = parameter.get("example").cloned().unwrap_or_else(|| example(&parameter["schema"], schemas, 0));
        match said {
            Value::String(text) if text != "…" => text,
            Value::String(_) | Value::Array(_) => parameter["name"].as_str().unwrap_or_default().to_uppercase(),
            other => other.to_string(),
        }
    };
    let mut path = operation.path.to_owned();
    let mut query = Vec::new();
    for parameter in operation.parameters() {
        let name = parameter["name"].as_str().unwrap_or_default();
        match parameter["in"].as_str() {
            Some("path") => path = path.replace(&format!("{{{name}}}"), &value_of(parameter)),
            Some("query") if parameter["required"] == true => query.push(format!("{name}={}", value_of(parameter))),
            _ => {}
        }
    }
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let mut command = String::from("curl");
    if operation.method != "get" {
        let _ = write!(command, " -X {}", operation.method.to_uppercase());
    }
    let requirements = operation.says["security"].as_array().into_iter().flatten();
    let mut names =
        requirements.flat_map(|requirement| requirement.as_object().into_iter().flat_map(|each| each.keys()));
    if let Some(name) = names.next() {
        command.push_str(if name == "write_key" { " -u \"$KEY:\"" } else { " -H \"Authorization: Bearer $KEY\"" });
    }
    let _ = write!(command, " \\\n  \"$VIVENCIA{path}{query}\"");
    let contents = operation.says["requestBody"]["content"].as_object().into_iter().flatten();
    if let Some((kind, body)) = contents.into_iter().next() {
        match kind.contains("json") {
            true => {
                let text = example(&body["schema"], schemas, 0).to_string().replace('\'', r"'\''");
                let _ = write!(command, " \\\n  -H 'Content-Type: {kind}' \\\n  --data '{text}'");
            }
            false => command.push_str(" \\\n  --data-binary @FILE"),
        }
    }
    command
}

fn write_types(page: &mut String, document: &Value) {
    page.push_str("<section class=\"group\" aria-labelledby=\"types\">\n<h2 id=\"types\">types</h2>\n");
    let mut types: BTreeMap<&str, &Value> = BTreeMap::new();
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        types.insert(name, schema);
    }
    let problem = find_problem(document);
    if let Some(problem) = problem {
        types.entry("Problem").or_insert(problem);
    }
    for (name, schema) in types {
        let _ = write!(page, "<article id=\"{}\">\n<h3>{}</h3>\n", anchor(name), escape(name));
        if let Some(text) = schema["description"].as_str() {
            let _ = writeln!(page, "<p>{}</p>", prose(text));
        }
        match schema["properties"].as_object() {
            None => {
                let _ = writeln!(page, "<p class=\"kind\">{}</p>", describe(schema));
            }
            Some(members) => {
                let required: Vec<&str> =
                    schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                page.push_str("<dl>\n");
                for (name, member) in members {
                    let may = if required.contains(&name.as_str()) { "" } else { ", may be absent" };
                    write_member(page, name, &format!("{}{may}", describe(member)), member["description"].as_str());
                }
                page.push_str("</dl>\n");
            }
        }
        page.push_str("</article>\n");
    }
    page.push_str("</section>\n");
}

/// The body of every refusal, which the document repeats at each operation.
fn find_problem(document: &Value) -> Option<&Value> {
    let operations = list_operations(document);
    operations.iter().find_map(|operation| {
        let schema = &operation.says["responses"]["default"]["content"]["application/problem+json"]["schema"];
        schema.get("properties").is_some().then_some(schema)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_in_the_document_becomes_markup() {
        let poison = "<script>alert(1)</script>\"'&";
        let document = json!({
            "info": {"title": poison, "version": poison},
            "paths": {poison: {"post": {
                "operationId": poison, "tags": [poison], "summary": poison, "description": poison,
                "security": [{poison: [poison]}],
                "parameters": [{"name": poison, "in": poison, "description": poison, "schema": {"type": poison, "example": poison}}],
                "requestBody": {"content": {"application/json": {"schema": {"enum": [poison]}}}},
                "responses": {poison: {"description": poison, "content": {poison: {"schema": {"$ref": poison}}}}},
            }}},
            "components": {"schemas": {poison: {"type": "object", "description": poison, "properties": {poison: {"type": poison}}}}},
        });
        let page = write(&document);
        assert!(!page.contains("alert(1)</script>") && !page.contains("\"'&\""), "{page}");
        assert_eq!(page.matches("<script").count(), 1, "only the script of the page itself");
    }

    #[test]
    fn an_example_can_be_pasted_into_a_shell() {
        let document = json!({"paths": {"/a/{name}": {"put": {"operationId": "a", "security": [{"key": ["read"]}],
            "parameters": [{"name": "name", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "top", "in": "query", "required": true, "schema": {"type": "integer"}}],
            "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["text"],
                "properties": {"text": {"type": "string", "example": "it's"}}}}}}, "responses": {}}}}});
        let command = curl(&list_operations(&document)[0], &document);
        let expected = concat!(
            "curl -X PUT -H \"Authorization: Bearer $KEY\" \\\n  \"$VIVENCIA/a/NAME?top=1\" \\\n",
            "  -H 'Content-Type: application/json' \\\n  --data '{\"text\":\"it'\\''s\"}'"
        );
        assert_eq!(command, expected);
    }
}
