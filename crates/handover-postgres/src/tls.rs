//! Proving who the server is.

use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::open_error::OpenError;
use crate::options::{Options, wants_tls};

/// A connector that takes a server for what it says only if its certificate is vouched for.
pub(crate) fn connector(config: &Config, options: &Options) -> Result<MakeRustlsConnect, OpenError> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = &options.root_certificates {
        let unreadable = |why: String| OpenError::Certificates { path: path.clone(), why };
        for certificate in CertificateDer::pem_file_iter(path).map_err(|why| unreadable(why.to_string()))? {
            let certificate = certificate.map_err(|why| unreadable(why.to_string()))?;
            roots.add(certificate).map_err(|why| unreadable(why.to_string()))?;
        }
        if roots.is_empty() {
            return Err(unreadable("it holds no certificate".to_owned()));
        }
    } else if wants_tls(config) {
        // Those of the system that cannot be read vouch for nobody.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    let client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|why| OpenError::Address(why.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(client))
}
