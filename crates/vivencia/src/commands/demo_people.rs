//! The people of the demonstration company. Their passwords are made up for each data directory and kept in it, readable by
//! its owner only, so that every start prints the same.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::client::{Client, PathWithQuery, RequestBody};
use crate::show;

const FILE: &str = "demonstration/sign-ins.json";

/// E-mail, name and role.
const PEOPLE: [(&str, &str, &str); 3] = [
    ("lucia@cafealameda.example", "Lucía Alameda", "owner"),
    ("marcos@cafealameda.example", "Marcos Prieto", "analyst"),
    ("ines@cafealameda.example", "Inés Roldán", "shop_manager"),
];

/// With what one of them signs in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignIn {
    email: String,
    password: String,
    role: String,
    /// The unit of a shop manager, as people call it.
    unit: Option<String>,
}

impl SignIn {
    /// As it is printed.
    pub fn line(&self) -> String {
        let sees = match (self.role.as_str(), &self.unit) {
            ("owner", _) => "owner, sees and changes everything".to_owned(),
            ("analyst", _) => "analyst, asks about everybody".to_owned(),
            (_, Some(unit)) => format!("shop manager, sees only {}", show::safe(unit)),
            (role, None) => role.to_owned(),
        };
        format!("  {:<27} {:<24} {sees}", self.email, self.password)
    }
}

/// The people, made where they are not there yet. Whoever is there without a known password gets another one.
pub fn make_people(client: &Client, data_dir: &Path) -> anyhow::Result<Vec<SignIn>> {
    let path = data_dir.join(FILE);
    let known: Vec<SignIn> =
        std::fs::read(&path).ok().and_then(|body| serde_json::from_slice(&body).ok()).unwrap_or_default();
    let users: Value = client.get("/api/v1/users".to_owned())?;
    let users = users["users"].as_array().cloned().unwrap_or_default();
    let mut sign_ins = Vec::new();
    for (email, name, role) in PEOPLE {
        let user = users.iter().find(|user| user["email"] == email);
        let kept = known.iter().find(|sign_in| sign_in.email == email);
        if let (Some(_), Some(kept)) = (user, kept) {
            sign_ins.push(kept.clone());
            continue;
        }
        let shop = if role == "shop_manager" { Some(find_shop(client)?) } else { None };
        let (unit, label) = shop.unzip();
        let link: Value = match user {
            Some(_) => {
                let path = PathWithQuery::new("/api/v1/users").part(email).part("reset").build();
                client.json("POST", path, RequestBody::Empty)?
            }
            None => {
                let new = json!({"email": email, "role": role, "unit": unit});
                client.json("POST", "/api/v1/invitations".to_owned(), RequestBody::Json(new))?
            }
        };
        let token = link["path"].as_str().and_then(|path| path.split_once("token=")).map(|(_, token)| token);
        let token = token.context("the invitation of the demonstration has no link")?;
        let password = new_password()?;
        let answer = json!({"token": token, "name": name, "password": password, "language": "es"});
        let _: Value = client.json("POST", "/api/v1/invitations/accept".to_owned(), RequestBody::Json(answer))?;
        sign_ins.push(SignIn { email: email.to_owned(), password, role: role.to_owned(), unit: label });
    }
    write_private(&path, &serde_json::to_vec(&sign_ins)?)
        .with_context(|| format!("could not write {}", path.display()))?;
    Ok(sign_ins)
}

/// 96 bits from the operating system, as 24 digits.
fn new_password() -> anyhow::Result<String> {
    let mut bytes = [0; 12];
    let mut random = std::fs::File::open("/dev/urandom").context("could not make up a password")?;
    random.read_exact(&mut bytes).context("could not make up a password")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The first shop of the tree in which something happened: its name and how people call it.
fn find_shop(client: &Client) -> anyhow::Result<(String, String)> {
    let units: Value = client.get("/api/v1/units".to_owned())?;
    let shops = units["units"].as_array().into_iter().flatten().filter(|unit| unit["kind"] == "shop");
    let in_use = |unit: &&Value| unit["is_seen"] == true && unit["is_in_tree"] == true;
    let Some(shop) = shops.clone().find(in_use).or_else(|| shops.clone().next()) else {
        bail!("the demonstration has no shop");
    };
    let text = |name: &str| shop[name].as_str().unwrap_or_default().to_owned();
    Ok((text("name"), text("label")))
}

fn write_private(path: &Path, body: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(body)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}
