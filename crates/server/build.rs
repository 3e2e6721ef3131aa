//! Packs the built console into the program: each file of `console/dist` compressed, with a tag of its content. Where the
//! console has not been built, nothing is packed, and the server shows a plain page instead.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use flate2::Compression;
use flate2::write::GzEncoder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dist = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../console/dist");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    if dist.join("index.html").is_file() {
        list(&dist, "", &mut files)?;
    }
    files.sort();
    let mut code = String::from("pub static FILES: &[File] = &[\n");
    for (number, (path, file)) in files.iter().enumerate() {
        let content = fs::read(file)?;
        let packed = out.join(format!("console-{number}.gz"));
        let mut encoder = GzEncoder::new(fs::File::create(&packed)?, Compression::best());
        encoder.write_all(&content)?;
        encoder.finish()?;
        let tag = content.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        writeln!(
            code,
            "    File {{ path: {path:?}, tag: \"\\\"{tag:016x}\\\"\", gzip: include_bytes!({packed:?}) }},"
        )?;
    }
    code.push_str("];\n");
    fs::write(out.join("console_files.rs"), code)?;
    Ok(())
}

/// Paths as a browser asks for them. The manifest is for tools.
fn list(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}/{name}");
        if entry.file_type()?.is_dir() {
            if name != ".vite" {
                list(&entry.path(), &path, files)?;
            }
        } else {
            files.push((path, entry.path()));
        }
    }
    Ok(())
}
