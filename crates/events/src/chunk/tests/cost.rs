//! What sealing costs, measured. Not run by itself:
//! `cargo test --release -p events --lib -- --ignored --nocapture what_sealing_costs`.

use std::time::Instant;

use super::*;

const EVENTS: u64 = 200_000;
const ROUNDS: usize = 7;

const WORDS: [&str; 40] = [
    "café",
    "frío",
    "muy",
    "amable",
    "la",
    "espera",
    "tardaron",
    "veinte",
    "minutos",
    "pedido",
    "llegó",
    "tarde",
    "gracias",
    "nunca",
    "vuelvo",
    "excelente",
    "servicio",
    "caro",
    "sucursal",
    "pan",
    "con",
    "de",
    "el",
    "en",
    "no",
    "sabor",
    "limpio",
    "mesa",
    "terraza",
    "siempre",
    "barista",
    "recomiendo",
    "aplicación",
    "falló",
    "pago",
    "tarjeta",
    "mal",
    "bien",
    "poco",
    "hielo",
];

fn prose(random: &mut impl FnMut(u64) -> u64, words: u64) -> String {
    let words: Vec<&str> = (0..words).map(|_| WORDS[random(40) as usize]).collect();
    words.join(" ")
}

/// Events of shops and applications; every tenth has a comment or a message of 5 to 45 words.
fn lived() -> Vec<StoredEvent> {
    let mut state = 7_u64;
    let mut random = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let events = (1..=EVENTS).map(|seq| {
        let (node, order) = (1 + random(20_000), random(1_000_000));
        let properties = match seq % 20 {
            0 => {
                let length = 5 + random(41);
                let review = prose(&mut random, length);
                format!(r#"{{"order_id":"o-{order}","rating":{},"review_body":"{review}"}}"#, 1 + random(5))
            }
            1 => {
                let length = 5 + random(41);
                let message = prose(&mut random, length);
                format!(r#"{{"conversation_id":"c-{order}","from":"customer","answers":[{{"text":"{message}"}}]}}"#)
            }
            2..=9 => format!(
                r#"{{"order_id":"o-{order}","total":{}.5,"currency":"GTQ","payment_method":"card","products":[{{"sku":"lat-12","name":"Latte","price":28.5,"quantity":1}},{{"sku":"pan-3","name":"Pan de banano","price":18,"quantity":2}}]}}"#,
                random(300)
            ),
            _ => format!(
                r#"{{"path":"/menu/{}","url":"https://alameda.example/menu/{order}","title":"Menú | Café Alameda","referrer":"https://search.example/","search":""}}"#,
                random(50)
            ),
        };
        StoredEvent {
            activity: Some((seq % 3) as u16),
            properties,
            context: r#"{"locale":"es-GT","timezone":"America/Guatemala","library":{"name":"analytics.js","version":"npm:next-1.70.0"}}"#.to_owned(),
            ..event(seq, node, DECEMBER + random(30 * 86_400_000) as i64)
        }
    });
    events.collect()
}

#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stdout, reason = "a measurement says what it found")]
fn what_sealing_costs() {
    let events = lived();
    let names = names();
    let folder = tempfile::tempdir().unwrap();
    let mut best = f64::INFINITY;
    let mut bytes = (0, 0);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let written = write_chunk(&DiskFiles, folder.path(), "chunks/a.parquet", &events, &names, &FreeText::default());
        let files = written.unwrap().0;
        bytes = (files.chunk.bytes, files.texts.map_or(0, |texts| texts.bytes));
        best = best.min(began.elapsed().as_secs_f64());
    }
    println!("{:.3} µs for an event, chunk {} bytes, texts {} bytes", best * 1e6 / EVENTS as f64, bytes.0, bytes.1);
}
