//! A PostgreSQL of the tests' own: started once, on a socket in a folder of its own, gone when the tests end.
//!
//! A watching shell holds the server: it reads a pipe whose other end is this process. However this process ends, the pipe
//! closes, and the shell kills the server and removes its folder. Needs nothing but the standard library.

use std::fs;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Starts the server, waits for the pipe to close, ends the server and what is left of it.
const WATCH: &str = r#"
trap '' INT TERM HUP
folder=$1
shift
"$@" >"$folder/log" 2>&1 </dev/null &
started=$!
cat >/dev/null
server=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null)
kill -QUIT "${server:-$started}" 2>/dev/null
wait
rm -rf "$folder"
"#;

/// A running server. Its user is `postgres`, without a password.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    watcher: Child,
    databases: AtomicU32,
}

impl Cluster {
    /// The one server of this process.
    pub fn shared() -> &'static Cluster {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(Cluster::start)
    }

    /// A server that ends when it is dropped.
    pub fn start() -> Cluster {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let programs = find_programs();
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("vivencia-postgres-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for PostgreSQL");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("a folder of its own");
        let user = server_user(&folder);

        let data = folder.join("data");
        let mut initdb = user.command(&programs.join("initdb"));
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]);
        run(initdb.arg(&data).current_dir(&folder));

        let mut server = user.command(&programs.join("postgres"));
        server.arg("-D").arg(&data).arg("-k").arg(&folder);
        server.args(["-c", "listen_addresses=", "-c", "fsync=on", "-c", "max_connections=300"]);
        let watcher = Command::new("sh")
            .args(["-c", WATCH, "watch"])
            .arg(&folder)
            .arg(server.get_program())
            .args(server.get_args())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .current_dir(&folder)
            .spawn()
            .expect("a shell that watches PostgreSQL");
        let cluster = Cluster { programs, folder, watcher, databases: AtomicU32::new(0) };
        cluster.wait_until_ready();
        cluster
    }

    /// A new database with the collation that the state needs.
    pub fn create_database(&self) -> String {
        self.create_database_with("ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
    }

    /// A new, empty database; answers its name.
    pub fn create_database_with(&self, options: &str) -> String {
        let name = format!("case_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.execute("postgres", &format!("CREATE DATABASE {name} TEMPLATE template0 {options}"));
        name
    }

    /// The address of a database, as a client writes it.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }

    /// Runs a statement and answers what it prints: rows of columns separated by `|`.
    pub fn execute(&self, database: &str, sql: &str) -> String {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args([
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            "--username=postgres",
        ]);
        psql.arg("--host").arg(&self.folder).arg("--dbname").arg(database).arg("--command").arg(sql);
        run(&mut psql)
    }

    fn wait_until_ready(&self) {
        let started = Instant::now();
        let mut ready = Command::new(self.programs.join("pg_isready"));
        ready.arg("--quiet").arg("--host").arg(&self.folder).stdout(Stdio::null()).stderr(Stdio::null());
        while !ready.status().is_ok_and(|status| status.success()) {
            let log = || fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(started.elapsed() < Duration::from_secs(60), "PostgreSQL does not start:\n{}", log());
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watcher.stdin.take());
        let _ = self.watcher.wait();
    }
}

/// As whom the server runs: it refuses to be root.
enum ServerUser {
    Same,
    Postgres { switch: &'static [&'static str] },
}

impl ServerUser {
    fn command(&self, program: &Path) -> Command {
        match self {
            ServerUser::Same => Command::new(program),
            ServerUser::Postgres { switch } => {
                let mut command = Command::new(switch[0]);
                command.args(&switch[1..]).arg(program);
                command
            }
        }
    }
}

/// Gives the folder to the user of the server.
fn server_user(folder: &Path) -> ServerUser {
    if fs::metadata(folder).expect("the folder").uid() != 0 {
        return ServerUser::Same;
    }
    let id = |option: &str| {
        let printed = run(Command::new("id").args([option, "postgres"]));
        printed.trim().parse().expect("a number of the user postgres; apt-get install postgresql makes that user")
    };
    chown(folder, Some(id("-u")), Some(id("-g"))).expect("to give the folder to postgres");
    let by_setpriv: &[&str] = &["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"];
    let by_runuser: &[&str] = &["runuser", "-u", "postgres", "--"];
    let works = |switch: &&&[&str]| {
        Command::new(switch[0]).args(&switch[1..]).arg("true").status().is_ok_and(|status| status.success())
    };
    let switch = [by_setpriv, by_runuser].iter().find(works).copied();
    ServerUser::Postgres { switch: switch.expect("setpriv or runuser, to start PostgreSQL as the user postgres") }
}

/// The folder of `initdb` and `postgres`: by `pg_config`, by PATH, or the newest one where Debian puts them.
fn find_programs() -> PathBuf {
    let by_config = Command::new("pg_config").arg("--bindir").stderr(Stdio::null()).output().ok();
    let by_config = by_config.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    let by_debian = versions.into_iter().rev().map(|(_, folder)| folder);
    by_config
        .into_iter()
        .chain(std::env::split_paths(&path))
        .chain(by_debian)
        .find(|folder| ["initdb", "postgres", "psql", "pg_isready"].iter().all(|name| folder.join(name).is_file()))
        .expect("these tests need PostgreSQL and found none: apt-get install postgresql")
}

/// Runs a program to its end and answers what it printed.
fn run(command: &mut Command) -> String {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|cause| panic!("could not start {command:?}: {cause}"));
    let mut printed = String::new();
    child.stdout.take().expect("its output").read_to_string(&mut printed).expect("its output as text");
    let mut complaints = String::new();
    child.stderr.take().expect("its errors").read_to_string(&mut complaints).expect("its errors as text");
    let status = child.wait().expect("its end");
    assert!(status.success(), "{command:?} failed: {complaints}{printed}");
    printed
}
