//! A network that can be cut: what goes to a server passes through here.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::Outcome;

#[derive(Debug, Default)]
struct State {
    /// Cuts the connections as soon as the server answers with something, before the client hears it.
    cuts_answers: AtomicBool,
    cuts: AtomicU64,
    streams: Mutex<Vec<TcpStream>>,
}

/// Forwards connections to a port.
#[derive(Clone, Debug)]
pub(crate) struct Proxy {
    pub(crate) port: u16,
    state: Arc<State>,
}

impl Proxy {
    /// It lasts as long as the process.
    pub(crate) fn to(port: u16) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let proxy = Self { port: listener.local_addr()?.port(), state: Arc::default() };
        let state = Arc::clone(&proxy.state);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                let _ = (client.set_nodelay(true), server.set_nodelay(true));
                forward(&state, &client, &server);
            }
        });
        Ok(proxy)
    }

    /// The next answer of the server does not arrive, and its connection ends: what was asked for was done.
    pub(crate) fn cut_the_next_answer(&self) {
        self.state.cuts_answers.store(true, Ordering::SeqCst);
    }

    /// How often an answer was cut off.
    pub(crate) fn cuts(&self) -> u64 {
        self.state.cuts.load(Ordering::SeqCst)
    }

    /// Ends every connection now.
    pub(crate) fn cut(&self) {
        for stream in self.state.streams.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn forward(state: &Arc<State>, client: &TcpStream, server: &TcpStream) {
    let pairs = [(client, server, false), (server, client, true)];
    for (from, to, answers) in pairs {
        let (Ok(mut from), Ok(mut to), Ok(kept)) = (from.try_clone(), to.try_clone(), from.try_clone())
        else {
            return;
        };
        state.streams.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        let state = Arc::clone(state);
        thread::spawn(move || {
            let mut buffer = [0; 16_384];
            while let Ok(length) = from.read(&mut buffer) {
                if length == 0 {
                    break;
                }
                if answers && state.cuts_answers.swap(false, Ordering::SeqCst) {
                    state.cuts.fetch_add(1, Ordering::SeqCst);
                    break;
                }
                if to.write_all(&buffer[..length]).is_err() {
                    break;
                }
            }
            let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
            thread::sleep(Duration::ZERO);
        });
    }
}
