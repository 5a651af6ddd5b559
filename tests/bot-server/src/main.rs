//! The bot server as a program: `bot-server [--port N] [--host H] [--dist DIR] [--playground DIR] [--bots DIR] [--csp POLICY]`.

use bot_server::{Config, Server};
use std::process::ExitCode;

const HELP: &str = "bot-server: scripted bots behind the three chat APIs

  --port N           the port; 0, the default, takes a free one
  --host ADDRESS     127.0.0.1 unless given
  --dist DIR         the built widget, served under /w/
  --playground DIR   files served at the root
  --bots DIR         the bots; the ones that come with it unless given
  --csp POLICY       the Content-Security-Policy of all pages";

fn main() -> ExitCode {
    let config = match read(std::env::args().skip(1)) {
        Ok(Some(config)) => config,
        Ok(None) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}\n\n{HELP}");
            return ExitCode::FAILURE;
        }
    };
    match Server::start(config) {
        Ok(server) => {
            println!("listening on {}", server.url());
            server.wait();
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("bot-server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(mut args: impl Iterator<Item = String>) -> Result<Option<Config>, String> {
    let mut config = Config::default();
    while let Some(name) = args.next() {
        if matches!(name.as_str(), "-h" | "--help") {
            return Ok(None);
        }
        let value = args.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--port" => {
                config.port = value
                    .parse()
                    .map_err(|_| format!("--port: {value} is not a port"))?
            }
            "--host" => config.host = value,
            "--dist" => config.dist = Some(value.into()),
            "--playground" => config.playground = Some(value.into()),
            "--bots" => config.bots = value.into(),
            "--csp" => config.csp = Some(value),
            _ => return Err(format!("there is no option {name}")),
        }
    }
    Ok(Some(config))
}
