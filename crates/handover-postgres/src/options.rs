//! How a database is reached, and for how long.

use std::path::PathBuf;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{SslMode, TargetSessionAttrs};

use crate::open_error::OpenError;

/// How a database is used.
///
/// ```
/// use std::time::Duration;
///
/// let mut options = handover_postgres::Options::default();
/// options.patience = Duration::from_secs(5);
/// assert!(!options.read_only);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// How long an operation waits for an answer, and how long it looks for a server that can be used when it lost its
    /// own: 30 seconds unless set. Long enough for a standby to be promoted.
    pub patience: Duration,
    /// Whether only reading is wanted. Then any server will do, a standby too, unless the connection string asks for
    /// another; what is read there may lag behind. Appending fails with [`Error::ReadOnly`](crate::Error::ReadOnly).
    /// `false` unless set: then a server is looked for that can be written.
    pub read_only: bool,
    /// Whether an append tells listeners of itself (`NOTIFY`), so that a [`PostgresTail`](crate::PostgresTail) need not
    /// wait until it looks again. `true` unless set. It is a hint, sent after the append; nothing rests on it.
    pub hints: bool,
    /// The file of the certificates that vouch for the server, in PEM: those of the system unless set here or by
    /// `sslrootcert` in the connection string.
    pub root_certificates: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { patience: Duration::from_secs(30), read_only: false, hints: true, root_certificates: None }
    }
}

/// How long to wait for one host among several, unless the connection string says.
const PER_HOST: Duration = Duration::from_secs(5);

/// How long a host that says nothing is waited for while data is under way, unless the connection string says.
const SILENCE: Duration = Duration::from_secs(20);

/// Reads a connection string, and what of it is ours.
pub(crate) fn parse(address: &str, options: &mut Options) -> Result<Config, OpenError> {
    let address = ours(address, options);
    let mut config: Config = address.parse().map_err(|why| OpenError::Address(format!("{why}")))?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(OpenError::Address("it names no host".to_owned()));
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PER_HOST);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    if config.get_application_name().is_none() {
        config.application_name("handover");
    }
    if !options.read_only {
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
    Ok(config)
}

/// Whether a certificate may be asked for.
pub(crate) fn wants_tls(config: &Config) -> bool {
    let network = |host: &tokio_postgres::config::Host| matches!(host, tokio_postgres::config::Host::Tcp(_));
    config.get_ssl_mode() != SslMode::Disable
        && (config.get_hosts().iter().any(network) || !config.get_hostaddrs().is_empty())
}

/// Takes out of an address what the client does not know: where the certificates are, and that they are to be verified,
/// which they always are.
fn ours(address: &str, options: &mut Options) -> String {
    let Some((server, parameters)) = address.split_once('?') else { return address.to_owned() };
    let mut kept = Vec::new();
    for parameter in parameters.split('&') {
        match parameter.split_once('=') {
            Some(("sslrootcert", path)) => options.root_certificates = Some(PathBuf::from(path)),
            Some(("sslmode", "verify-full" | "verify-ca")) => kept.push("sslmode=require"),
            _ => kept.push(parameter),
        }
    }
    if kept.is_empty() { server.to_owned() } else { format!("{server}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(address: &str) -> (Config, Options) {
        let mut options = Options::default();
        let config = parse(address, &mut options).unwrap();
        (config, options)
    }

    #[test]
    fn several_hosts_are_read_and_the_one_that_can_be_written_is_wanted() {
        let (config, _) = parsed("postgres://desk@one:5432,two:5433/ledgers");
        assert_eq!((config.get_hosts().len(), config.get_ports()), (2, &[5432, 5433][..]));
        assert_eq!(config.get_target_session_attrs(), TargetSessionAttrs::ReadWrite);
        let mut options = Options { read_only: true, ..Options::default() };
        let config = parse("postgres://one/ledgers", &mut options).unwrap();
        assert_eq!(config.get_target_session_attrs(), TargetSessionAttrs::Any);
    }

    #[test]
    fn certificates_are_named_in_the_address() {
        let (config, options) = parsed("postgres://one/l?sslmode=verify-full&sslrootcert=/etc/ca.pem");
        assert_eq!(options.root_certificates, Some(PathBuf::from("/etc/ca.pem")));
        assert_eq!(config.get_ssl_mode(), SslMode::Require);
        let (config, _) = parsed("postgres://one/l?sslrootcert=/etc/ca.pem");
        assert!(wants_tls(&config));
        let (config, _) = parsed("host=/run/postgresql dbname=l");
        assert!(!wants_tls(&config));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let refused = |address: &str| parse(address, &mut Options::default()).unwrap_err();
        assert!(matches!(refused("postgres://one/l?colour=red"), OpenError::Address(_)));
        assert!(matches!(refused("dbname=l"), OpenError::Address(_)));
    }
}
