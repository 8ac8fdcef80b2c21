//! One connection to a mail server: dialled, perhaps under TLS, and with a patience of its own.

use std::{
    future::Future as _,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use rustls::{CertificateError, ClientConfig, pki_types::ServerName};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep, timeout},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Why there is no connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The name is not known.
    #[error("the host {host} is not found: {why}")]
    NoSuchHost {
        /// The host as configured.
        host: String,
        /// What the resolver said.
        why: String,
    },
    /// Nobody answers, or the answer is no.
    #[error("{host} does not accept connections on port {port}: {why}")]
    Unreachable {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// What the network said.
        why: String,
    },
    /// It takes too long.
    #[error("{host} did not answer on port {port} in {} seconds", within.as_secs())]
    TimedOut {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// How long we waited.
        within: Duration,
    },
    /// The certificate is not to be trusted.
    #[error("the certificate of {host} is refused: {why}")]
    Certificate {
        /// The host as configured.
        host: String,
        /// What is wrong with it.
        why: String,
    },
    /// No TLS with this server.
    #[error("no TLS with {host}: {why}")]
    Tls {
        /// The host.
        host: String,
        /// Why not.
        why: String,
    },
}

impl ConnectError {
    /// Whether only a person can help: nothing gets better by waiting.
    #[must_use]
    pub const fn needs_operator(&self) -> bool {
        match self {
            Self::Certificate { .. } => true,
            Self::NoSuchHost { .. }
            | Self::Unreachable { .. }
            | Self::TimedOut { .. }
            | Self::Tls { .. } => false,
        }
    }
}

#[derive(Debug)]
enum Inner {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// A connection to a mail server. With a patience set, a read or write during which no byte moves for that long
/// fails with [`io::ErrorKind::TimedOut`].
#[derive(Debug)]
pub struct Wire {
    inner: Inner,
    patience: Option<Duration>,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Wire {
    /// Connects in the clear, trying every address of the host in turn, all within `within`.
    ///
    /// # Errors
    /// [`ConnectError`].
    pub async fn dial(host: &str, port: u16, within: Duration) -> Result<Self, ConnectError> {
        let tcp = timeout(within, try_addresses(host, port))
            .await
            .unwrap_or_else(|_| {
                Err(ConnectError::TimedOut {
                    host: host.to_owned(),
                    port,
                    within,
                })
            })?;
        Ok(Self {
            inner: Inner::Plain(tcp),
            patience: None,
            waiting: None,
        })
    }

    /// Puts the connection under TLS and checks that the certificate is `host`'s.
    ///
    /// # Errors
    /// [`ConnectError::Certificate`] and others.
    pub async fn secure(
        self,
        host: &str,
        config: &Arc<ClientConfig>,
        within: Duration,
    ) -> Result<Self, ConnectError> {
        let fail = |why: &str| ConnectError::Tls {
            host: host.to_owned(),
            why: why.to_owned(),
        };
        let Inner::Plain(tcp) = self.inner else {
            return Err(fail("the connection is under TLS already"));
        };
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_invalid| fail("this is no name that a certificate could have"))?;
        let handshake = TlsConnector::from(Arc::clone(config)).connect(name, tcp);
        let tls = timeout(within, handshake)
            .await
            .map_err(|_elapsed| fail("the server does not finish the handshake"))?
            .map_err(|error| tls_error(host, &error))?;
        Ok(Self {
            inner: Inner::Tls(Box::new(tls)),
            patience: self.patience,
            waiting: None,
        })
    }

    /// How long a read or a write may stand still; `None`: for ever.
    pub fn set_patience(&mut self, patience: Option<Duration>) {
        self.patience = patience;
        self.waiting = None;
    }

    /// The other end.
    ///
    /// # Errors
    /// Where the socket does not know it.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        match &self.inner {
            Inner::Plain(tcp) => tcp.peer_addr(),
            Inner::Tls(tls) => tls.get_ref().0.peer_addr(),
        }
    }

    /// Nothing moves: has the patience ended?
    fn stalled(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        let Some(patience) = self.patience else {
            return Poll::Pending;
        };
        let sleep = self
            .waiting
            .get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(sleep.as_mut().poll(cx));
        self.waiting = None;
        Poll::Ready(io::ErrorKind::TimedOut.into())
    }

    fn watched<T>(
        &mut self,
        poll: Poll<io::Result<T>>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if poll.is_pending() {
            return self.stalled(cx).map(Err);
        }
        self.waiting = None;
        poll
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let poll = match &mut self.inner {
            Inner::Plain(tcp) => Pin::new(tcp).poll_read(cx, buf),
            Inner::Tls(tls) => Pin::new(tls).poll_read(cx, buf),
        };
        self.watched(poll, cx)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let poll = match &mut self.inner {
            Inner::Plain(tcp) => Pin::new(tcp).poll_write(cx, buf),
            Inner::Tls(tls) => Pin::new(tls).poll_write(cx, buf),
        };
        self.watched(poll, cx)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let poll = match &mut self.inner {
            Inner::Plain(tcp) => Pin::new(tcp).poll_flush(cx),
            Inner::Tls(tls) => Pin::new(tls).poll_flush(cx),
        };
        self.watched(poll, cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.inner {
            Inner::Plain(tcp) => Pin::new(tcp).poll_shutdown(cx),
            Inner::Tls(tls) => Pin::new(tls).poll_shutdown(cx),
        }
    }
}

async fn try_addresses(host: &str, port: u16) -> Result<TcpStream, ConnectError> {
    let unknown = |why: String| ConnectError::NoSuchHost {
        host: host.to_owned(),
        why,
    };
    let mut last = None;
    for address in tokio::net::lookup_host((host, port))
        .await
        .map_err(|error| unknown(error.to_string()))?
    {
        let dialled = TcpStream::connect(address).await.and_then(|tcp| {
            // Commands are small and wait for their answers: Nagle's algorithm would add 40 ms to each.
            tcp.set_nodelay(true)?;
            Ok(tcp)
        });
        match dialled {
            Ok(tcp) => return Ok(tcp),
            Err(error) => last = Some(error),
        }
    }
    Err(last.map_or_else(
        || unknown("it has no address".to_owned()),
        |error| ConnectError::Unreachable {
            host: host.to_owned(),
            port,
            why: error.to_string(),
        },
    ))
}

fn tls_error(host: &str, error: &io::Error) -> ConnectError {
    let cause = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let host = host.to_owned();
    if let Some(rustls::Error::InvalidCertificate(fault)) = cause {
        let why = certificate_fault(fault);
        return ConnectError::Certificate { host, why };
    }
    let why = match cause {
        Some(rustls::Error::InvalidMessage(_)) => {
            "the server does not speak TLS on this port".to_owned()
        }
        Some(other) => other.to_string(),
        None => error.to_string(),
    };
    ConnectError::Tls { host, why }
}

fn certificate_fault(fault: &CertificateError) -> String {
    if matches!(fault, CertificateError::UnknownIssuer) {
        return "nobody this machine trusts has signed it; if the CA is your own, name its file in the configuration"
            .to_owned();
    }
    // The library's own words name dates and names.
    fault.to_string()
}
