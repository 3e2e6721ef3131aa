//! `vivencia serve`

use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use server::App;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Context;
use crate::cli::ServeArgs;
use crate::config::Config;
use crate::memory;
use crate::show;

/// A command that only looks at the directory lets it go within this time.
const PATIENCE: Duration = Duration::from_secs(1);

pub fn run(context: &Context<'_>, args: ServeArgs) -> anyhow::Result<ExitCode> {
    let config = load(context, args)?;
    let server = Server::open(&config)?;
    server.run(|_| Ok(()))
}

pub fn load(context: &Context<'_>, args: ServeArgs) -> anyhow::Result<Config> {
    let flags = vec![
        ("data_dir", args.data_dir.map(|dir| dir.display().to_string())),
        ("listen", args.listen),
        ("state_url", args.state_url),
        ("public_url", args.public_url),
        ("collect_prefix", args.collect_prefix),
        ("behind_proxy", args.behind_proxy.then(|| "true".to_owned())),
        ("smtp_url", args.smtp_url),
        ("smtp_ca_file", args.smtp_ca_file.map(|file| file.display().to_string())),
        ("mail_from", args.mail_from),
        ("mail_reply_to", args.mail_reply_to),
        ("mail_per_minute", args.mail_per_minute.map(|number| number.to_string())),
    ];
    Config::load(context.config_file, flags)
}

/// An opened data directory and the address on which it will answer.
pub struct Server {
    pub app: App,
    pub runtime: Arc<Runtime>,
    address: SocketAddr,
}

impl Server {
    /// Checks the address before anything is opened, and opens the directory before anything listens.
    pub fn open(config: &Config) -> anyhow::Result<Server> {
        let address = config
            .listen
            .to_socket_addrs()
            .ok()
            .and_then(|mut addresses| addresses.next())
            .with_context(|| format!("`{}` is not an address; write it as 127.0.0.1:8080", config.listen))?;
        server::check_address(address, config.settings.behind_proxy)?;
        let app = App::open(config.settings.clone(), PATIENCE)?;
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().context("could not start threads")?;
        Ok(Server { app, runtime: Arc::new(runtime), address })
    }

    /// Answers until a signal ends it. `when_ready` is told the address before the line that says so is printed.
    pub fn run(self, when_ready: impl FnOnce(&str) -> anyhow::Result<()>) -> anyhow::Result<ExitCode> {
        memory::give_back_now_and_then();
        let served = self.runtime.block_on(async {
            let mut terminate = signal(SignalKind::terminate()).context("could not wait for signals")?;
            let mut interrupt = signal(SignalKind::interrupt()).context("could not wait for signals")?;
            let listener = TcpListener::bind(self.address)
                .await
                .with_context(|| format!("could not listen on {}", self.address))?;
            let url = format!("http://{}", listener.local_addr().context("could not learn the address")?);
            self.app.announce(&url)?;
            let serving = tokio::spawn(server::serve(self.app.clone(), listener, async move {
                wait_for_either(&mut terminate, &mut interrupt).await;
            }));
            show::line(format!("listening on {url}"))?;
            if let Some(setup_url) = self.app.setup_url() {
                show::note(format!(
                    "nobody is here yet; to begin, open {setup_url}\n(it opens once, and every start makes another one)"
                ));
            }
            when_ready(&url)?;
            serving.await.context("the server ended early")?.map_err(anyhow::Error::from)
        });
        // Closing blocks, and has to happen whatever ended the serving.
        let closed = self.app.close();
        served?;
        closed.context("the data directory was not closed cleanly; the next start puts it in order")?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn wait_for_either(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
