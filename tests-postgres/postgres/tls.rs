//! Over TLS: a server is taken for what it says only if its certificate is vouched for, and nothing is sent in the clear where
//! that is not wanted.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use handover_journal::{Journal, Position};
use handover_postgres::{OpenError, PostgresStore};
use libtest_mimic::Trial;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

use crate::server::{OWNER, Server};
use crate::sql::Sql;
use crate::{Named, Outcome, june, programs, records, trial};

/// Who vouches for servers.
struct Authority {
    certificate: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn called(name: &str) -> Outcome<Self> {
        let key = KeyPair::generate()?;
        let mut about = CertificateParams::new(Vec::new())?;
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        about.distinguished_name.push(DnType::CommonName, name);
        let certificate = about.self_signed(&key)?.pem();
        Ok(Self { certificate, issuer: Issuer::new(about, key) })
    }

    /// The certificate and the key of a server of these names.
    fn vouch(&self, names: &[&str]) -> Outcome<(String, String)> {
        let key = KeyPair::generate()?;
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let certificate = CertificateParams::new(names)?.signed_by(&key, &self.issuer)?;
        Ok((certificate.pem(), key.serialize_pem()))
    }

    fn written(&self, directory: &Path, name: &str) -> Outcome<String> {
        let path = directory.join(name);
        fs::write(&path, &self.certificate)?;
        Ok(path.display().to_string())
    }
}

/// The address of a database under a name of its host, and how the connection is to be secured.
fn address(server: &Server, database: &str, host: &str, secured: &str) -> String {
    format!("postgres://{OWNER}@{host}:{}/{database}?hostaddr=127.0.0.1&{secured}", server.port())
}

/// Tries until it is as expected: a server takes a moment to read its settings.
fn at_last(
    expected: &str,
    tried: impl Fn() -> Result<PostgresStore, OpenError>,
    is: fn(&OpenError) -> bool,
) -> Outcome {
    let begun = Instant::now();
    loop {
        let found = match tried() {
            Ok(_) => "it was opened".to_owned(),
            Err(why) if is(&why) => return Ok(()),
            Err(why) => format!("{why}"),
        };
        if begun.elapsed() > Duration::from_secs(10) {
            return Err(format!("expected {expected}, found: {found}").into());
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn refused(why: &OpenError) -> bool {
    matches!(why, OpenError::Refused(_))
}

fn opened(tried: impl Fn() -> Result<PostgresStore, OpenError>) -> Outcome<PostgresStore> {
    let begun = Instant::now();
    loop {
        match tried() {
            Ok(store) => return Ok(store),
            Err(why) if begun.elapsed() > Duration::from_secs(10) => return Err(why.into()),
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

fn a_server_is_believed_only_if_it_is_vouched_for_and_nothing_goes_in_the_clear() -> Outcome {
    let server = Server::new(programs()?)?;
    let database = server.database()?;
    let directory = tempfile::tempdir()?;
    let (ours, other) = (Authority::called("ours")?, Authority::called("another")?);
    let (ca, wrong) =
        (ours.written(directory.path(), "ca.pem")?, other.written(directory.path(), "wrong.pem")?);
    let verified = |ca: &str| format!("sslmode=verify-full&sslrootcert={ca}");
    let open = |host: &str, secured: &str| PostgresStore::open(&address(&server, &database, host, secured));

    // A server that has no TLS is not spoken with in the clear where TLS is wanted.
    for secured in [verified(&ca), format!("sslmode=require&sslrootcert={ca}")] {
        at_last("it refused for want of TLS", || open("localhost", &secured), refused)?;
    }

    let (certificate, key) = ours.vouch(&["localhost", "127.0.0.1"])?;
    server.offer_tls(&certificate, &key)?;
    let store = opened(|| open("localhost", &verified(&ca)))?;
    let mut journal = store.journal(&june()?)?;
    assert_eq!(journal.append(Position::START, &records(0, 3)?)?.number(), 3);
    let mut count = 0;
    journal.read(Position::START, &mut |_| {
        count += 1;
        std::ops::ControlFlow::Continue(())
    })?;
    assert_eq!(count, 3);
    let mut sql = Sql::connect(&server.address(&database))?;
    let over_tls = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                    WHERE application_name = 'handover' AND ssl";
    assert_eq!(sql.one::<i64>(over_tls)?, 1, "the connection of the journal is over TLS");
    // Its number is one of its names; a tail speaks TLS too.
    let by_number = opened(|| {
        let address = server.address(&database).replace("disable", "require");
        PostgresStore::open(&format!("{address}&sslrootcert={ca}"))
    })?;
    let known = by_number.tail(&june()?)?.grown(Position::START, Duration::from_secs(5))?;
    assert_eq!(known.number(), 3);

    // By another authority, or under another name, it is not believed, whichever word asks for TLS.
    for secured in
        [verified(&wrong), format!("sslrootcert={wrong}"), format!("sslmode=require&sslrootcert={wrong}")]
    {
        at_last("an authority that nobody knows", || open("localhost", &secured), refused)?;
    }
    at_last("another name", || open("db.example", &verified(&ca)), refused)?;
    // Those of the system do not vouch for it either.
    at_last("nobody who vouches", || open("localhost", "sslmode=require"), refused)?;

    // Where the server demands it, whoever speaks in the clear is turned away.
    open("localhost", "sslmode=disable")?;
    server.demand_tls()?;
    at_last("it turned away", || open("localhost", "sslmode=disable"), refused)?;
    assert_eq!(opened(|| open("localhost", &verified(&ca)))?.ledgers()?, [june()?]);
    Ok(())
}

fn certificates_that_cannot_be_read_are_told() -> Outcome {
    let directory = tempfile::tempdir()?;
    let empty = directory.path().join("empty.pem");
    fs::write(&empty, "")?;
    for path in [empty.display().to_string(), directory.path().join("no-such.pem").display().to_string()] {
        let address = format!("postgres://localhost/l?sslmode=verify-full&sslrootcert={path}");
        let why = PostgresStore::open(&address).err().ok_or("it was opened")?;
        assert!(matches!(&why, OpenError::Certificates { .. }) && why.to_string().contains(&path), "{why}");
    }
    Ok(())
}

pub(crate) fn trials() -> Vec<Trial> {
    let tests: &[Named] = &[
        (
            "a_server_is_believed_only_if_it_is_vouched_for_and_nothing_goes_in_the_clear",
            a_server_is_believed_only_if_it_is_vouched_for_and_nothing_goes_in_the_clear,
        ),
        ("certificates_that_cannot_be_read_are_told", certificates_that_cannot_be_read_are_told),
    ];
    tests.iter().map(|&(name, test)| trial(&format!("tls::{name}"), test)).collect()
}
