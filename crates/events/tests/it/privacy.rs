//! No value of an identifier is in what the log writes for others to read.

use crate::scene::{Scene, event};

#[test]
fn no_identifier_is_in_any_chunk() {
    let scene = Scene::with(Default::default(), |settings| {
        settings.timeline_properties = Some(vec!["recommended_by".to_owned()]);
    });
    let secrets = ["ana-the-secret-user", "ana@secret.example", "secret-browser-1"];
    scene.send(
        "web",
        vec![
            event("m-1 user:ana-the-secret-user+anon:secret-browser-1 Buy 1"),
            event("m-2 email:ana@secret.example Buy 2"),
            event("m-3 user:leo Buy 3 recommended_by=secret-browser-1"),
        ],
    );
    scene.log.close().unwrap();
    let mut seen = 0;
    for (path, bytes) in scene.files.contents() {
        if path.to_string_lossy().contains("/wal/") {
            continue;
        }
        seen += 1;
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} is in {}", path.display());
        }
    }
    assert!(seen >= 4, "chunks, runs, timeline and open files were searched");
}
