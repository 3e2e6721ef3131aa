//! `vivencia events export`

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::Context;
use crate::cli::{ExportArgs, ExportFormat};
use crate::client::{PathWithQuery, RequestBody};
use crate::show;

pub fn run(context: &Context<'_>, args: ExportArgs) -> anyhow::Result<ExitCode> {
    let format = match args.format {
        ExportFormat::Jsonl => "jsonl",
        ExportFormat::Csv => "csv",
        ExportFormat::Parquet => "parquet",
    };
    let path = PathWithQuery::new("/api/v1/events/export")
        .with("format", format)
        .with_flag("with_personal", args.with_personal)
        .build();
    let client = context.client(&args.target)?;
    if args.out == Path::new("-") {
        let mut answer = client.send("GET", path, RequestBody::Empty)?;
        io::copy(&mut answer.body, &mut io::stdout().lock())
            .context("the export broke off; what was written is not complete")?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = args.out;
    let mut beside = Beside::create(&out).with_context(|| format!("could not write {}", out.display()))?;
    let mut answer = client.send("GET", path, RequestBody::Empty)?;
    let bytes = beside.fill(&mut answer.body).with_context(|| format!("could not complete {}", out.display()))?;
    beside.put_in_place(&out).with_context(|| format!("could not write {}", out.display()))?;
    show::note(format!("{} bytes in {}", show::count(bytes), out.display()));
    Ok(ExitCode::SUCCESS)
}

/// A file that takes the name of another when it is whole, and goes when it never becomes so.
struct Beside {
    path: PathBuf,
    file: BufWriter<File>,
    is_whole: bool,
}

impl Beside {
    fn create(out: &Path) -> io::Result<Beside> {
        let mut name = out.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.partial", std::process::id()));
        let path = out.with_file_name(name);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = BufWriter::with_capacity(1 << 20, options.open(&path)?);
        Ok(Beside { path, file, is_whole: false })
    }

    fn fill(&mut self, from: &mut dyn Read) -> io::Result<u64> {
        let bytes = io::copy(from, &mut self.file)?;
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(bytes)
    }

    fn put_in_place(mut self, out: &Path) -> io::Result<()> {
        std::fs::rename(&self.path, out)?;
        self.is_whole = true;
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.is_whole {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
