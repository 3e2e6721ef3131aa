//! The network: one port, HTTP/1.1, patience with slow clients that has an end, and a stop that loses nothing.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use domain::{Error, Result};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::app::App;
use crate::listening::do_due;
use crate::mail;

/// Connections held at the same time; further ones wait in the queue of the operating system.
const CONNECTIONS: usize = 4_096;
/// How often events are looked for that wait in the outbox, and what is due of surveys.
const RELAY_EVERY: Duration = Duration::from_secs(3);
/// How often comments are laid out that came since. Whoever asks before that waits for it.
const COMMENTS_EVERY: Duration = Duration::from_secs(10);

/// Answers requests until `shutdown` resolves; then finishes those being answered and returns. The log stays open:
/// [`App::close`] comes after.
pub async fn serve(app: App, listener: TcpListener, shutdown: impl Future<Output = ()>) -> Result<()> {
    let router = crate::router(app.clone());
    let (stop, stopped) = watch::channel(());
    let slots = std::sync::Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    let relaying = tokio::spawn(relay_now_and_then(app.clone(), stopped.clone()));
    let mailing = tokio::spawn(mail::send_now_and_then(app.clone(), stopped.clone()));
    let laying_out = tokio::spawn(lay_out_comments(app.clone(), stopped.clone()));
    tokio::pin!(shutdown);
    loop {
        let slot = tokio::select! {
            slot = slots.clone().acquire_owned() => slot,
            () = &mut shutdown => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let answer =
                    answer_connection(router.clone(), stream, peer, app.settings.read_timeout, stopped.clone());
                connections.spawn(async move {
                    answer.await;
                    drop(slot);
                });
            }
            Err(cause) => {
                // Usually too many open files: others have to end before it helps to try again.
                tracing::warn!(%cause, "could not accept a connection");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    app.stop();
    drop(stop);
    let _ = relaying.await;
    // A message that is being handed over is waited for, so that it is known whether it left.
    let _ = mailing.await;
    let _ = laying_out.await;
    let all_answered = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(app.settings.shutdown_timeout, all_answered).await.is_err() {
        tracing::warn!("some requests were still being answered when the server stopped");
    }
    Ok(())
}

/// Moves what could not be moved to the log when it was recorded, and does what is due of surveys.
async fn relay_now_and_then(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(RELAY_EVERY) => {}
            _ = stopped.changed() => return,
        }
        let app = app.clone();
        let _ = tokio::task::spawn_blocking(move || {
            app.relay_events();
            if let Err(error) = do_due(&app) {
                tracing::warn!(%error, "could not do what is due of surveys");
            }
        })
        .await;
    }
}

/// Keeps the index of comments behind the log, so that questions find it made.
async fn lay_out_comments(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        let app = app.clone();
        let _ = tokio::task::spawn_blocking(move || app.lay_out_comments()).await;
        tokio::select! {
            () = tokio::time::sleep(COMMENTS_EVERY) => {}
            _ = stopped.changed() => return,
        }
    }
}

async fn answer_connection(
    router: Router,
    stream: TcpStream,
    peer: SocketAddr,
    header_timeout: Duration,
    mut stopped: watch::Receiver<()>,
) {
    if let Err(cause) = stream.set_nodelay(true) {
        tracing::debug!(%cause, "could not set TCP_NODELAY");
    }
    let answer = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move { Ok::<_, Infallible>(router.oneshot(request).await.unwrap_or_else(|never| match never {})) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header_timeout)
        .max_buf_size(256 << 10)
        .serve_connection(TokioIo::new(stream), answer);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(cause) = ended {
        tracing::debug!(%cause, %peer, "a connection ended early");
    }
}

/// Refuses to show plain HTTP to others than this machine.
pub fn check_address(address: SocketAddr, is_behind_proxy: bool) -> Result<()> {
    if address.ip().is_loopback() || is_behind_proxy {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "plain HTTP on {address} would show keys and events to the network; listen on 127.0.0.1:{port} and let a proxy \
         speak TLS, then say --behind-proxy if the proxy needs another address than that",
        port = address.port()
    )))
}
