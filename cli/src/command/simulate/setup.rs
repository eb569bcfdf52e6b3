//! What the command line asks for, as the engine takes it.

use std::collections::BTreeMap;

use mastara_engine::{
    calendar::Calendar,
    procedure::Procedure,
    quantity::Share,
    simulate::{Delays, Offices, Refused, Service, Settings},
    text::Name,
};

use crate::{
    args::{DelayModel, ServiceLaw, Simulate},
    error::Error,
};

/// Minutes of an officer's work each time if nothing else is asked for. An assumption, shown as one.
const SERVICE: f64 = 15.0;

/// The settings that the arguments ask for.
pub fn settings(args: &Simulate, procedure: &Procedure, calendar: &Calendar) -> Result<Settings, Error> {
    Ok(Settings {
        seed: args.seed,
        delays: match args.delays {
            DelayModel::Spread => Delays::Spread,
            DelayModel::Usual => Delays::Usual,
            DelayModel::Legal => Delays::Legal,
            DelayModel::None => Delays::None,
        },
        complements: complements(args.complements)?,
        offices: if args.officers.is_empty() { None } else { Some(offices(args, procedure, calendar)?) },
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10,000")]
fn complements(percent: f64) -> Result<Option<Share>, Error> {
    if !(0.0..=100.0).contains(&percent) {
        return Err(Error::new("simulate.bad-percent", [&percent.to_string()]));
    }
    Ok(Share::from_basis_points((percent * 100.0).round() as u32).filter(|share| *share != Share::NONE))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "seconds of at most a year, checked by the engine"
)]
fn offices(args: &Simulate, procedure: &Procedure, calendar: &Calendar) -> Result<Offices, Error> {
    let (mut everywhere, mut of) = (None, BTreeMap::new());
    for asked in args.officers.iter().map(|asked| asked.trim()) {
        let (name, number) = asked.split_once('=').map_or((None, asked), |(name, number)| (Some(name), number));
        let number: u32 = number.trim().parse().map_err(|_| Error::new("simulate.bad-officers", [asked]))?;
        let twice = match name {
            Some(name) => of.insert(Name::from(name.trim()), number).is_some(),
            None => everywhere.replace(number).is_some(),
        };
        if twice {
            return Err(Error::new("simulate.officers-twice", [asked]));
        }
    }
    let law = match args.service_law {
        ServiceLaw::Exponential => Service::Exponential,
        ServiceLaw::Constant => Service::Constant,
    };
    let service = (args.service.unwrap_or(SERVICE) * 60.0).round().max(0.0) as u64;
    Ok(Offices { everywhere, of, service, law, per_day: per_day(args, procedure, calendar)? })
}

/// New cases on a working day: as asked for, or the yearly volume over the working days of a year.
#[expect(clippy::cast_precision_loss, reason = "volumes are far below 2^52")]
fn per_day(args: &Simulate, procedure: &Procedure, calendar: &Calendar) -> Result<f64, Error> {
    if let Some(arrivals) = args.arrivals {
        return Ok(arrivals);
    }
    let volume = procedure.volume.as_ref().filter(|volume| volume.requests > 0);
    let volume = volume.ok_or_else(|| Error::new("simulate.no-volume", [procedure.id.as_str()]))?;
    Ok(volume.requests as f64 / f64::from(calendar.working_days_before(365).max(1)))
}

/// Why nothing is simulated, in words.
pub fn error(refused: &Refused) -> Error {
    match refused {
        Refused::Infeasible => Error::new("simulate.infeasible", []),
        Refused::TooEntangled(entangled) => Error::new("simulate.entangled", [&entangled.to_string()]),
        Refused::NoCase => Error::new("simulate.no-case", []),
        Refused::NoOfficer(name) => Error::new("simulate.no-officer", [name.as_str()]),
        Refused::UnknownAuthority { name, known } => {
            let mut error = Error::unknown("simulate.no-authority", name.as_str(), known.iter().map(Name::as_str));
            let known: Vec<_> = known.iter().map(Name::as_str).collect();
            error.args.push(known.join(", "));
            error
        }
        Refused::NoArrival => Error::new("simulate.no-arrival", []),
        Refused::NoService => Error::new("simulate.no-service", []),
        Refused::TooLong => Error::new("simulate.too-long", []),
        Refused::Lost { cases, ended } => Error::new("simulate.lost", [&cases.to_string(), &ended.to_string()]),
    }
}
