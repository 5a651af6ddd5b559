//! The handle of a running server.

use crate::config::Config;
use crate::fault::Rule;
use crate::http::{self, Cut};
use crate::log::{Call, Recorded};
use crate::state::App;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tower::ServiceExt;

/// A running server. It has a thread of its own, so a test needs no runtime for it,
/// and stops when it is dropped.
#[derive(Debug)]
#[must_use = "the server stops when this is dropped"]
pub struct Server {
    app: Arc<App>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts to listen; when this returns, a page may be loaded.
    ///
    /// # Errors
    /// The port is taken, or a bot's file is wrong; the message says which and why.
    pub fn start(config: Config) -> io::Result<Server> {
        let listener = TcpListener::bind((config.host.as_str(), config.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        // An address that stands for all of them is no place to send a page to.
        let host = if address.ip().is_unspecified() {
            "127.0.0.1".to_owned()
        } else {
            address.ip().to_string()
        };
        let app = App::new(config, format!("http://{host}:{}", address.port()))
            .map_err(io::Error::other)?;
        let app = Arc::new(app);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let served = app.clone();
        let thread = std::thread::Builder::new()
            .name("bot-server".into())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = serve(listener, served) => {}
                        _ = stopped => {}
                    }
                });
                // Connections that wait for a slow answer do not hold the test up.
                runtime.shutdown_background();
            })?;
        Ok(Server {
            app,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The address, as `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.app.origin
    }

    /// Adds a rule for failing.
    pub fn fault(&self, rule: Rule) {
        self.app.rules.add(rule);
    }

    /// Ends all faults.
    pub fn clear_faults(&self) {
        self.app.rules.clear();
    }

    /// Everything the server was asked so far, pages and files too.
    pub fn requests(&self) -> Vec<Recorded> {
        self.app.log.all()
    }

    /// The requests of one kind.
    pub fn calls(&self, call: Call) -> Vec<Recorded> {
        self.requests()
            .into_iter()
            .filter(|request| request.call == call)
            .collect()
    }

    /// The answers so far, as text; an empty continuation is an empty text.
    pub fn answers(&self) -> Vec<String> {
        self.calls(Call::Send)
            .iter()
            .map(|request| request.answer().unwrap_or_default().to_owned())
            .collect()
    }

    /// Waits until there are so many requests of a kind; gives them, or what there is after the patience.
    pub fn wait_for(&self, call: Call, count: usize, patience: Duration) -> Vec<Recorded> {
        /// ms between two looks.
        const PAUSE: Duration = Duration::from_millis(10);
        let began = Instant::now();
        loop {
            let calls = self.calls(call);
            if calls.len() >= count || began.elapsed() > patience {
                return calls;
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// What a bot's variables are in a session; none where the session is unknown or over.
    pub fn variable(&self, session: &str, name: &str) -> Option<serde_json::Value> {
        self.app
            .sessions()
            .get(session)
            .map(|session| session.variables.get(name).clone())
    }

    /// The bytes of the files uploaded, with their names.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let files = self.app.files();
        files
            .values()
            .filter_map(|file| Some((file.name.clone(), file.bytes.as_ref()?.to_vec())))
            .collect()
    }

    /// Tells a page that listens for a webhook; the message waits for the next one where none does.
    pub fn webhook(&self, data: &serde_json::Value) {
        self.app.webhooks.tell(data);
    }

    /// Whether a page listens for a webhook now.
    pub fn is_listened_to(&self) -> bool {
        self.app.webhooks.heard()
    }

    /// Empties the log.
    pub fn forget_requests(&self) {
        self.app.log.clear();
    }

    /// Ends all sessions, as a server does that was deployed anew.
    pub fn forget_sessions(&self) {
        self.app.sessions().clear();
    }

    /// Back to the beginning: no sessions, results, files, faults or log.
    pub fn reset(&self) {
        self.app.reset();
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Accepts connections. Not axum's own loop, since that cannot close one without an answer.
async fn serve(listener: TcpListener, app: Arc<App>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let router = http::router(app);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        tokio::spawn(async move {
            let answer = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                let router = router.clone();
                async move {
                    let response = router
                        .oneshot(request.map(axum::body::Body::new))
                        .await
                        .map_err(io::Error::other)?;
                    if response.extensions().get::<Cut>().is_some() {
                        Err(io::Error::other("cut"))
                    } else {
                        Ok(response)
                    }
                }
            });
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), answer);
            let _ = connection.with_upgrades().await;
        });
    }
}
