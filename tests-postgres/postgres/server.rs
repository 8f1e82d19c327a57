//! Servers of the tests' own, in directories of their own, stopped at the end.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Outcome;

/// Who owns a database here.
pub(crate) const OWNER: &str = "keeper";

/// The programs of PostgreSQL, and as whom they run.
#[derive(Clone, Debug)]
pub(crate) struct Programs {
    directory: PathBuf,
    /// The server refuses to run as root: then as this user and group.
    user: Option<(u32, u32)>,
}

impl Programs {
    /// The programs in the path, or the newest of those that are installed; or what is missing.
    pub(crate) fn found() -> Result<Self, String> {
        let user = if fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0) {
            Some(
                of_user("postgres")
                    .ok_or("this is root, and there is no user `postgres` to run a server as")?,
            )
        } else {
            None
        };
        let mut places: Vec<PathBuf> =
            std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
        let mut installed: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|it| Some((it.file_name().to_str()?.parse().ok()?, it.path().join("bin"))))
            .collect();
        installed.sort_by_key(|it| std::cmp::Reverse(it.0));
        // What is installed has all programs beside each other; what is in the path may be a wrapper.
        places.splice(0..0, installed.into_iter().map(|(_, place)| place));
        let needed = ["postgres", "initdb", "pg_basebackup"];
        let directory =
            places.into_iter().find(|place| needed.iter().all(|program| place.join(program).is_file()));
        let directory = directory.ok_or("no PostgreSQL server is installed")?;
        let programs = Self { directory, user };
        let version =
            programs.command("postgres").arg("--version").output().map_err(|why| why.to_string())?;
        let version = String::from_utf8_lossy(&version.stdout).into_owned();
        let major = version.split_whitespace().find_map(|word| {
            word.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse::<u32>().ok())
        });
        match major {
            Some(major) if major >= 15 => Ok(programs),
            _ => Err(format!("PostgreSQL 15 or later is needed, found {}", version.trim())),
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.directory.join(program));
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        // Signals to the tests are not for the server, which is stopped in order.
        command.process_group(0).env("LC_ALL", "C").env("TZ", "UTC").current_dir("/");
        command
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Outcome {
        let output = self.command(program).args(arguments).output()?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(format!("{program}: {}: {said}", output.status).into())
    }
}

/// The number of a user and of its group.
fn of_user(name: &str) -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut numbers = line.split(':').skip(2);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// A server, running or killed.
#[derive(Debug)]
pub(crate) struct Server {
    programs: Programs,
    directory: TempDir,
    port: u16,
    child: Mutex<Option<Child>>,
    databases: AtomicU32,
}

impl Server {
    /// A primary in a cluster of its own.
    pub(crate) fn new(programs: &Programs) -> Outcome<Self> {
        let server = Self::in_directory(programs)?;
        let data = server.data();
        let arguments = ["-D", &data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
        programs.run("initdb", &arguments)?;
        server.configure(&[
            "shared_buffers = 64MB",
            "max_connections = 120",
            "max_wal_senders = 8",
            "log_min_messages = warning",
            "max_wal_size = 512MB",
        ])?;
        // Standbys may come from this machine.
        let mut access = fs::OpenOptions::new().append(true).open(Path::new(&data).join("pg_hba.conf"))?;
        writeln!(access, "host replication all 127.0.0.1/32 trust\nlocal replication all trust")?;
        server.started()
    }

    /// A standby that follows this server under a name, begun from a copy of it.
    pub(crate) fn standby(&self, name: &str) -> Outcome<Self> {
        let standby = Self::in_directory(&self.programs)?;
        let (data, port) = (standby.data(), self.port.to_string());
        let from = format!("host=127.0.0.1 port={port} user={OWNER} application_name={name}");
        let arguments = ["-D", &data, "-d", &from, "--write-recovery-conf", "--checkpoint=fast", "--no-sync"];
        self.programs.run("pg_basebackup", &arguments)?;
        standby.configure(&[&format!("primary_conninfo = '{from}'"), "hot_standby = on"])?;
        standby.started()
    }

    fn in_directory(programs: &Programs) -> Outcome<Self> {
        let directory = tempfile::Builder::new().prefix("handover-pg-").tempdir()?;
        if let Some((user, group)) = programs.user {
            chown(directory.path(), Some(user), Some(group))?;
        }
        Ok(Self {
            programs: programs.clone(),
            port: free_port()?,
            directory,
            child: Mutex::new(None),
            databases: AtomicU32::new(0),
        })
    }

    fn data(&self) -> String {
        self.directory.path().join("data").display().to_string()
    }

    /// Adds to the settings; the last of a name holds.
    pub(crate) fn configure(&self, settings: &[&str]) -> Outcome {
        let path = self.directory.path().join("data/postgresql.auto.conf");
        let mut file = fs::OpenOptions::new().append(true).open(path)?;
        for setting in settings {
            writeln!(file, "{setting}")?;
        }
        Ok(())
    }

    /// The same server, running and answering.
    fn started(self) -> Outcome<Self> {
        self.start()?;
        Ok(self)
    }

    /// Starts the server, after a kill too, and waits until it answers.
    pub(crate) fn start(&self) -> Outcome {
        let log = self.directory.path().join("log");
        let log = fs::OpenOptions::new().create(true).append(true).open(log)?;
        let mut command = self.programs.command("postgres");
        command.args(["-D", &self.data(), "-c", "listen_addresses=127.0.0.1"]);
        command.args(["-c", &format!("port={}", self.port)]);
        command.args(["-c", &format!("unix_socket_directories={}", self.directory.path().display())]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        *self.child() = Some(command.spawn()?);
        let begun = Instant::now();
        loop {
            let Err(why) = crate::sql::Sql::connect(&self.address("postgres")) else { return Ok(()) };
            let ended = self.child().as_mut().and_then(|child| child.try_wait().ok().flatten());
            if ended.is_some() || begun.elapsed() > Duration::from_secs(60) {
                return Err(format!("the server does not answer: {why}\n{}", self.log()).into());
            }
            thread::sleep(Duration::from_millis(30));
        }
    }

    /// Lets whoever wants speak with this server over TLS, by this certificate and key in PEM.
    pub(crate) fn offer_tls(&self, certificate: &str, key: &str) -> Outcome {
        for (name, text) in [("server.crt", certificate), ("server.key", key)] {
            let path = Path::new(&self.data()).join(name);
            fs::write(&path, text)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
            if let Some((user, group)) = self.programs.user {
                chown(&path, Some(user), Some(group))?;
            }
        }
        self.configure(&["ssl = on"])?;
        self.reread()
    }

    /// Turns away whoever does not speak TLS.
    pub(crate) fn demand_tls(&self) -> Outcome {
        let path = Path::new(&self.data()).join("pg_hba.conf");
        let former = fs::read_to_string(&path)?;
        fs::write(&path, format!("hostnossl all all 127.0.0.1/32 reject\n{former}"))?;
        self.reread()
    }

    /// Lets the server read its settings again, which takes it a moment.
    fn reread(&self) -> Outcome {
        let child = self.child().as_ref().map(Child::id).ok_or("the server does not run")?;
        let told = Command::new("kill").args(["-HUP", &child.to_string()]).status()?;
        if told.success() { Ok(()) } else { Err("the server was not told".into()) }
    }

    /// What the server wrote into its log.
    pub(crate) fn log(&self) -> String {
        let mut text = String::new();
        let file = fs::File::open(self.directory.path().join("log"));
        let _ = file.and_then(|mut file| file.read_to_string(&mut text));
        text
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The connection string of a database of this server, as its owner.
    pub(crate) fn address(&self, database: &str) -> String {
        format!("postgres://{OWNER}@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    /// A new database with the schema.
    pub(crate) fn database(&self) -> Outcome<String> {
        let name = format!("ledgers_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.bare_database(&name)?;
        handover_postgres::PostgresStore::migrate(&self.address(&name))?;
        Ok(name)
    }

    /// A new database with nothing in it.
    pub(crate) fn bare_database(&self, name: &str) -> Outcome {
        crate::sql::Sql::connect(&self.address("postgres"))?.run(&format!("CREATE DATABASE {name}"))
    }

    /// Kills the server and every process of it, as a failing machine would: nothing is written any more.
    pub(crate) fn kill(&self) -> Outcome {
        let Some(mut child) = self.child().take() else { return Ok(()) };
        let mut processes = children(child.id());
        child.kill()?;
        child.wait()?;
        processes.retain(|process| Path::new(&format!("/proc/{process}")).exists());
        if !processes.is_empty() {
            let processes: Vec<String> = processes.iter().map(u32::to_string).collect();
            // Those that saw the first of them die may be gone already.
            let _ = Command::new("kill").arg("-KILL").args(processes).stderr(Stdio::null()).status();
        }
        Ok(())
    }

    /// Ends the server at once, for nothing of it is kept.
    pub(crate) fn stop(&self) {
        let Some(mut child) = self.child().take() else { return };
        let _ = Command::new("kill").args(["-QUIT", &child.id().to_string()]).status();
        for _ in 0..200 {
            if child.try_wait().is_ok_and(|ended| ended.is_some()) {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
        // A server that a static holds is never dropped.
        let _ = fs::remove_dir_all(self.directory.path());
    }

    fn child(&self) -> MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a standby a primary, and waits until it is one.
    pub(crate) fn promote(&self) -> Outcome {
        let mut sql = crate::sql::Sql::connect(&self.address("postgres"))?;
        sql.run("SELECT pg_promote(true, 60)")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A port that nobody listens on now.
fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The processes that a process started.
fn children(parent: u32) -> Vec<u32> {
    let of_parent = |process: &u32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
        after.split_whitespace().nth(1) == Some(&parent.to_string())
    };
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|it| it.file_name().to_str()?.parse().ok()).filter(of_parent).collect()
}
