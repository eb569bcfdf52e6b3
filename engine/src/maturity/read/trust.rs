//! K4: how far a person can be identified and can sign at a distance.

use crate::{
    lens::Extent,
    maturity::{Cause, Fact, Indicator, Points, Reading, Subject, Unit, What},
    node::{Identity, Signature},
};

use super::Reader;

/// K4: the mean of identification and signature, of those that the procedure asks for at administrations. Identification is
/// given, on the scale of the EU eGovernment Benchmark; signing is the share of signing steps with an electronic signature
/// (law 43-20, arts. 4-6).
#[must_use]
pub fn trust(reader: &Reader<'_>, (identification, extent): (Reading, Extent)) -> Unit {
    let mut causes = Vec::new();
    let (mut signing, mut electronic) = (0, 0);
    for (id, node) in reader.version.flow.nodes() {
        let Some(step) = node.step().filter(|step| step.agency.is_some()) else { continue };
        if let Some(identity) = step.identity {
            let is_met = step.channel.is_online() && identity != Identity::InPerson;
            causes.push(Cause::new(What::Identified, is_met).at_fact(id, Fact::Identity));
        }
        if let Some(signature) = step.signature {
            let is_met = signature != Signature::Handwritten;
            signing += 1;
            electronic += i64::from(is_met);
            causes.push(Cause::new(What::Signed, is_met).at_fact(id, Fact::Signature));
        }
    }
    // How a person is identified may be unknown where how one signs is known.
    let extent = if identification == Reading::Unknown { Extent::Part } else { extent };
    let signed = Points::share(electronic, signing).map_or(Reading::NotApplicable, Reading::Known);
    let reading = Reading::mean(&[(1, identification), (1, signed)]);
    Unit::new(Indicator::K4, Subject::Procedure(reader.rank), reading)
        .estimated(reader.is_rebuilt())
        .known_to(extent)
        .because(causes)
}
