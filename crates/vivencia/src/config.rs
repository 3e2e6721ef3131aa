//! Settings: defaults, then a file, then the environment, then flags; each later one wins. Every problem is listed at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use server::{Settings, parse_mailbox};

/// One setting: its name in the file (and, in capitals after `VIVENCIA_`, in the environment), what it is, and how it is
/// taken over.
struct Setting {
    name: &'static str,
    help: &'static str,
    apply: fn(&mut Config, &str) -> Result<(), String>,
}

/// Everything that can be decided about a server.
#[derive(Clone, Debug)]
pub struct Config {
    pub settings: Settings,
    pub listen: String,
}

const DEFAULT_LISTEN: &str = "127.0.0.1:8080";
/// Each costs two bytes of an event.
const MOST_PROPERTIES: usize = 32;

const SETTINGS: [Setting; 18] = [
    Setting {
        name: "data_dir",
        help: "the data directory",
        apply: |config, value| {
            config.settings.data_dir = PathBuf::from(value);
            Ok(())
        },
    },
    Setting {
        name: "listen",
        help: "address and port",
        apply: |config, value| {
            config.listen = value.to_owned();
            Ok(())
        },
    },
    Setting {
        name: "state_url",
        help: "sqlite:FILE or postgres://…",
        apply: |config, value| {
            config.settings.state_url = Some(value.to_owned());
            Ok(())
        },
    },
    Setting {
        name: "public_url",
        help: "how clients reach the server from outside",
        apply: |config, value| {
            config.settings.public_url = Some(server::parse_public_url(value).map_err(|error| error.detail)?);
            Ok(())
        },
    },
    Setting {
        name: "collect_prefix",
        help: "collection endpoints also answer below this path",
        apply: |config, value| {
            let prefix = value.trim_end_matches('/');
            let is_path = prefix.is_empty()
                || (prefix.starts_with('/')
                    && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte)));
            if !is_path || prefix.starts_with("/api") || prefix.starts_with("/v1") {
                return Err(format!("`{value}` cannot be a prefix; write a path such as /segment"));
            }
            config.settings.collect_prefix = prefix.to_owned();
            Ok(())
        },
    },
    Setting {
        name: "behind_proxy",
        help: "whether a proxy that speaks TLS stands in front",
        apply: |config, value| set(&mut config.settings.behind_proxy, value, "true or false"),
    },
    Setting {
        name: "query_threads",
        help: "threads that answer one question",
        apply: |config, value| set_positive(&mut config.settings.query_threads, value),
    },
    Setting {
        name: "concurrent_queries",
        help: "questions answered at the same time",
        apply: |config, value| set_positive(&mut config.settings.concurrent_queries, value),
    },
    Setting {
        name: "body_bytes",
        help: "bytes of request bodies held at the same time",
        apply: |config, value| set_positive(&mut config.settings.body_bytes, value),
    },
    Setting {
        name: "queue_bytes",
        help: "bytes of batches waiting for the disk",
        apply: |config, value| set_positive(&mut config.settings.queue_bytes, value),
    },
    Setting {
        name: "timeline_properties",
        help: "properties laid out, so that conditions of questions on them are answered fastest, separated by commas; empty for none",
        apply: |config, value| {
            let mut names: Vec<String> =
                value.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
            names.sort_unstable();
            names.dedup();
            if names.len() > MOST_PROPERTIES {
                return Err(format!("{} properties are too many; at most {MOST_PROPERTIES} are laid out", names.len()));
            }
            config.settings.timeline_properties = Some(names);
            Ok(())
        },
    },
    Setting {
        name: "survey_sites",
        help: "origins of the sites that may show surveys in a frame, separated by commas",
        apply: |config, value| {
            let sites = value.split(',').map(str::trim).filter(|site| !site.is_empty());
            config.settings.survey_sites = sites.map(origin).collect::<Result<_, _>>()?;
            Ok(())
        },
    },
    Setting {
        name: "smtp_url",
        help: "the mail server through which invitations leave",
        apply: |config, value| {
            config.settings.mail.server = match value.trim() {
                "" => None,
                url => Some(url.parse().map_err(|error: domain::Error| error.detail)?),
            };
            Ok(())
        },
    },
    Setting {
        name: "smtp_ca_file",
        help: "a certificate (PEM) that the mail server may show beside those that everybody knows",
        apply: |config, value| {
            config.settings.mail.ca_file = Some(PathBuf::from(value));
            Ok(())
        },
    },
    Setting {
        name: "mail_from",
        help: "as whom invitations are sent",
        apply: |config, value| {
            config.settings.mail.from = Some(parse_mailbox(value).map_err(|error| error.detail)?);
            Ok(())
        },
    },
    Setting {
        name: "mail_reply_to",
        help: "where answers to messages go",
        apply: |config, value| {
            config.settings.mail.reply_to = Some(parse_mailbox(value).map_err(|error| error.detail)?);
            Ok(())
        },
    },
    Setting {
        name: "mail_per_minute",
        help: "messages that leave in a minute at most",
        apply: |config, value| {
            set(&mut config.settings.mail.per_minute, value, "a whole number")?;
            if config.settings.mail.per_minute == 0 { Err("it must be at least 1".to_owned()) } else { Ok(()) }
        },
    },
    Setting {
        name: "read_timeout_s",
        help: "seconds for headers, and for each further piece of a body",
        apply: |config, value| {
            let mut seconds = 0;
            set_positive(&mut seconds, value)?;
            config.settings.read_timeout = Duration::from_secs(seconds as u64);
            Ok(())
        },
    },
];

/// An origin as browsers write it. It goes into a header as it is, so nothing else may be in it.
fn origin(text: &str) -> Result<String, String> {
    let (scheme, host) = text.split_once("://").unwrap_or(("", text));
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte));
    let is_here = matches!(name, "localhost" | "127.0.0.1");
    if is_name && port.parse::<u16>().is_ok() && (scheme == "https" || (scheme == "http" && is_here)) {
        return Ok(text.to_owned());
    }
    Err(format!(
        "`{text}` is not the origin of a site; write it as https://shop.example.com, in small letters and without a path"
    ))
}

/// A list of the file as the environment would write it.
fn join(items: &[toml::Value]) -> String {
    let texts = items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
    texts.collect::<Vec<_>>().join(",")
}

fn set<T: std::str::FromStr>(slot: &mut T, value: &str, expected: &str) -> Result<(), String> {
    *slot = value.parse().map_err(|_| format!("`{value}` is not {expected}"))?;
    Ok(())
}

fn set_positive(slot: &mut usize, value: &str) -> Result<(), String> {
    set(slot, value, "a whole number")?;
    if *slot == 0 { Err("it must be at least 1".to_owned()) } else { Ok(()) }
}

/// What flags say, by the name of the setting.
pub type Flags = Vec<(&'static str, Option<String>)>;

impl Config {
    pub fn load(file: Option<&Path>, flags: Flags) -> anyhow::Result<Config> {
        let text = match file {
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
                Some((path.display().to_string(), text))
            }
            None => None,
        };
        let environment = SETTINGS.iter().filter_map(|setting| {
            let variable = format!("VIVENCIA_{}", setting.name.to_ascii_uppercase());
            std::env::var(&variable).ok().map(|value| (setting.name, value))
        });
        Config::merge(text, environment.collect(), misspelt_variables(), flags)
    }

    fn merge(
        file: Option<(String, String)>,
        environment: Vec<(&'static str, String)>,
        misspelt: Vec<String>,
        flags: Flags,
    ) -> anyhow::Result<Config> {
        let mut config = Config { settings: Settings::new(default_data_dir()), listen: DEFAULT_LISTEN.to_owned() };
        let mut problems = Vec::new();
        let mut take = |origin: String, name: &str, value: &str| match find(name) {
            Some(setting) => {
                if let Err(problem) = (setting.apply)(&mut config, value) {
                    problems.push(format!("{origin}: {name} ({}): {problem}", setting.help));
                }
            }
            None => problems.push(format!("{origin}: there is no setting `{name}`{}", suggest(name))),
        };
        if let Some((path, text)) = file {
            let table: BTreeMap<String, toml::Value> =
                toml::from_str(&text).with_context(|| format!("could not read {path}"))?;
            for (name, value) in table {
                let value = match value {
                    toml::Value::String(text) => text,
                    toml::Value::Array(items) => join(&items),
                    other => other.to_string(),
                };
                take(path.clone(), &name, &value);
            }
        }
        for (name, value) in environment {
            take("environment".to_owned(), name, &value);
        }
        for (name, value) in flags {
            if let Some(value) = value {
                take(format!("--{}", name.replace('_', "-")), name, &value);
            }
        }
        problems.extend(misspelt);
        if config.settings.mail.server.is_some() && config.settings.mail.from.is_none() {
            problems.push("smtp_url comes with mail_from, which says as whom mail is sent".to_owned());
        }
        if !problems.is_empty() {
            bail!("the settings cannot be used:\n  {}", problems.join("\n  "));
        }
        Ok(config)
    }
}

fn find(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

fn suggest(name: &str) -> String {
    match find_nearest(name) {
        Some(nearest) => format!("; did you mean `{nearest}`?"),
        None => {
            let known: Vec<_> = SETTINGS.iter().map(|setting| setting.name).collect();
            format!("; there are {}", known.join(", "))
        }
    }
}

fn find_nearest(name: &str) -> Option<&'static str> {
    let likeness = |setting: &Setting| strsim::normalized_damerau_levenshtein(name, setting.name);
    let nearest = SETTINGS.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    Some(nearest.name).filter(|_| likeness(nearest) >= 0.6)
}

/// Variables that look like a setting and are none. Others of our prefix belong to somebody else, such as tests.
fn misspelt_variables() -> Vec<String> {
    const OTHERS: [&str; 4] = ["config", "url", "key", "log"];
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let ours = names.filter_map(|name| Some(name.strip_prefix("VIVENCIA_")?.to_ascii_lowercase()));
    ours.filter(|name| find(name).is_none() && !OTHERS.contains(&name.as_str()))
        .filter_map(|name| {
            let nearest = find_nearest(&name)?;
            let variable = |name: &str| format!("VIVENCIA_{}", name.to_ascii_uppercase());
            Some(format!("environment: {} is no setting; did you mean {}?", variable(&name), variable(nearest)))
        })
        .collect()
}

/// Where data is kept when nobody says: the folder of the system for data of programs.
pub fn default_data_dir() -> PathBuf {
    data_home().join("vivencia")
}

pub fn data_home() -> PathBuf {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("XDG_DATA_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".local/share")))
        .unwrap_or_else(|| PathBuf::from("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Option<(String, String)> {
        Some(("vivencia.toml".to_owned(), text.to_owned()))
    }

    #[test]
    fn a_later_origin_wins() {
        let text = "listen = \"127.0.0.1:1\"\nquery_threads = 3\ndata_dir = \"/file\"";
        let environment = vec![("listen", "127.0.0.1:2".to_owned()), ("data_dir", "/environment".to_owned())];
        let flags = vec![("listen", Some("127.0.0.1:3".to_owned())), ("public_url", None)];
        let config = Config::merge(file(text), environment, Vec::new(), flags).unwrap();
        assert_eq!(config.listen, "127.0.0.1:3");
        assert_eq!(config.settings.data_dir, Path::new("/environment"));
        assert_eq!(config.settings.query_threads, 3);
    }

    #[test]
    fn properties_are_a_list_in_the_file_and_separated_by_commas_elsewhere() {
        let config = |text: &str, environment: &[(&'static str, &str)]| {
            let environment = environment.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            let config = Config::merge(file(text), environment, Vec::new(), Vec::new());
            config.map(|config| config.settings.timeline_properties)
        };
        let wanted = Some(vec!["paid".to_owned(), "store_id".to_owned()]);
        assert_eq!(config("timeline_properties = [\"store_id\", \"paid\"]", &[]).unwrap(), wanted);
        assert_eq!(config("", &[("timeline_properties", "store_id , paid,paid,")]).unwrap(), wanted);
        assert_eq!(config("", &[("timeline_properties", "")]).unwrap(), Some(Vec::new()), "empty is none at all");
        assert_eq!(config("", &[]).unwrap(), None, "who says nothing keeps those that are laid out");
        let many: Vec<String> = (0..33).map(|number| format!("p{number}")).collect();
        let message = config("", &[("timeline_properties", &many.join(","))]).unwrap_err().to_string();
        assert!(message.contains("33 properties are too many"), "{message}");
    }

    #[test]
    fn a_mail_server_comes_with_somebody_who_sends() {
        let merge = |text: &str| Config::merge(file(text), Vec::new(), Vec::new(), Vec::new());
        let server = "smtp_url = \"smtps://ana:geheim@mail.example.com\"";
        let message = merge(server).unwrap_err().to_string();
        assert!(message.contains("mail_from") && !message.contains("geheim"), "{message}");
        let config = merge(&format!("{server}\nmail_from = \"Café <a@b.example>\"\nmail_per_minute = 9")).unwrap();
        assert_eq!((config.settings.mail.ready().is_ok(), config.settings.mail.per_minute), (true, 9));
        let message = merge("smtp_url = \"smtps://ana@mail.example.com\"\nmail_from = \"nobody\"\nmail_per_minute = 0")
            .unwrap_err();
        for part in ["come together", "`nobody`", "at least 1"] {
            assert!(message.to_string().contains(part), "{message}");
        }
    }

    #[test]
    fn sites_that_show_surveys_are_origins_and_nothing_else() {
        let sites = |value: &str| {
            let environment = [("survey_sites", value.to_owned())].into();
            let config = Config::merge(file(""), environment, Vec::new(), Vec::new());
            config.map(|config| config.settings.survey_sites)
        };
        let wanted = vec!["https://shop.example.com".to_owned(), "http://127.0.0.1:8000".to_owned()];
        assert_eq!(sites(" https://shop.example.com, http://127.0.0.1:8000 ,").unwrap(), wanted);
        assert!(sites("").unwrap().is_empty());
        for wrong in [
            "*",
            "https://*.example.com",
            "http://shop.example.com",
            "https://shop.example.com/",
            "https://Shop.example.com",
            "shop.example.com",
            "https://shop.example.com; script-src *",
            "https://",
            "https://shop.example.com:port",
            "data:",
        ] {
            assert!(sites(wrong).unwrap_err().to_string().contains("is not the origin of a site"), "{wrong}");
        }
    }

    #[test]
    fn all_problems_are_listed_at_once() {
        let text = "lissen = \"x\"\nquery_threads = 0\nbehind_proxy = \"maybe\"";
        let message = Config::merge(file(text), Vec::new(), Vec::new(), Vec::new()).unwrap_err().to_string();
        for part in ["`lissen`", "query_threads", "at least 1", "behind_proxy", "true or false"] {
            assert!(message.contains(part), "{message}");
        }
    }
}
