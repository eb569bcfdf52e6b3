//! The facts of a step as instructions, in the order in which they are measured.

use super::{
    super::{
        diagram::{FALSE, TRUE, size},
        ops::{Choice, Control, Fact, Hindrance, ItemKind, NONE, Op, PaymentFacts, StepFacts},
    },
    Builder, edge,
};
use crate::{
    condition::{Condition, Question, QuestionId},
    node::{Demand, Means, Medium, Payment, Step},
};

impl Builder<'_> {
    /// A step: what it says always, then its demands, receipts, questions, payments and exchanges.
    pub(super) fn step(&mut self, step: &Step) {
        let place = step.channel.place().map_or(NONE, |place| {
            let next = size(self.places.len());
            *self.places.entry(place.clone()).or_insert(next)
        });
        let agency = step.agency.as_ref().map_or(NONE, |agency| self.item(ItemKind::Agency, agency));
        self.program.steps.push(StepFacts {
            place,
            agency,
            effort: step.effort.as_ref().map_or(0, |known| known.value),
            effort_known: step.effort.is_some(),
            effort_estimated: step.effort.as_ref().is_some_and(|known| known.estimated),
        });
        let online = step.channel.is_online();
        let number = size(self.program.steps.len() - 1);
        let begin = self.emit(Op::Step(number));
        begin.files = online && (step.identity.is_some() || step.signature.is_some());
        begin.obstacle = match (online, &step.partial_coverage) {
            (false, _) => Hindrance::NotOnline,
            (true, Some(_)) => Hindrance::Partial,
            (true, None) => Hindrance::None,
        };
        for (rank, demand) in step.demands.iter().enumerate() {
            self.when(demand.when.as_ref(), Fact::Demand(rank), |this| this.demand(rank, demand, online));
        }
        for (rank, receives) in step.receives.iter().enumerate() {
            self.when(receives.when.as_ref(), Fact::Receives(rank), |this| {
                let item = this.item(ItemKind::Document, &receives.paper.document);
                let receive = this.emit(Op::Receive(item));
                receive.hands_out = online && receives.paper.medium != Medium::Paper;
                receive.obstacle = paper(receives.paper.medium);
            });
        }
        for (rank, ask) in step.asks.iter().enumerate() {
            self.when(ask.when.as_ref(), Fact::Ask(rank), |this| this.emit(Op::Ask).files = online);
        }
        for (rank, payment) in step.payments.iter().enumerate() {
            self.when(payment.when.as_ref(), Fact::Payment(rank), |this| this.pay(payment, online));
        }
        for (rank, exchange) in step.exchanges.iter().enumerate() {
            self.when(exchange.when.as_ref(), Fact::Exchange(rank), |this| {
                for document in &exchange.documents {
                    let item = this.item(ItemKind::Fetched, document);
                    this.emit(Op::Fetch(item));
                }
            });
        }
    }

    /// A fact under its condition: a parting of its own, by the shares that a decision gives to the same answers, if one does. It
    /// is taken first only where the usual answers say so.
    fn when(&mut self, condition: Option<&Condition>, fact: Fact, body: impl FnOnce(&mut Self)) {
        let Some(condition) = condition else { return body(self) };
        let mut others = TRUE;
        let holds = self.guard(&mut others, Some(condition));
        let fails = self.guard(&mut others, None);
        debug_assert_eq!(others, FALSE, "the two cases are all");
        let prior = self.prior(holds);
        let point = self.point(Control::Other, false, 2);
        let mut taken = edge(holds, 1, Choice::Fact { fact, taken: true });
        taken.target = self.here();
        body(self);
        let mut not_taken = edge(fails, 1, Choice::Fact { fact, taken: false });
        not_taken.target = self.here();
        let questions = self.flow.questions();
        if let Some(prior) = prior {
            for (edge, weight) in [&mut taken, &mut not_taken].into_iter().zip(prior.weights) {
                edge.weight = weight;
                edge.estimated = prior.estimated;
                edge.assumed = prior.assumed;
            }
        }
        let usual = |id: QuestionId| questions.get(usize::from(id.0)).and_then(Question::usual);
        let is_usual = condition.holds(&usual) == Some(true);
        self.program.edges[point + usize::from(!is_usual)] = taken;
        self.program.edges[point + usize::from(is_usual)] = not_taken;
    }

    /// One of several accepted papers, as the person chooses.
    fn demand(&mut self, rank: usize, demand: &Demand, online: bool) {
        self.program.demands.push(demand.estimated);
        let number = size(self.program.demands.len() - 1);
        let count = demand.any_of.len();
        let point = (count > 1).then(|| self.point(Control::Person, false, count));
        let mut jumps = Vec::new();
        for (paper_rank, asked) in demand.any_of.iter().enumerate() {
            let here = self.here();
            let item = self.item(ItemKind::Document, &asked.document);
            let instruction = self.emit(Op::Demand { item, copies: asked.copies, demand: number });
            instruction.files = online;
            instruction.obstacle = paper(asked.medium);
            if let Some(point) = point {
                let mut one = edge(TRUE, 1, Choice::Paper { demand: rank, paper: paper_rank });
                one.target = here;
                self.program.edges[point + paper_rank] = one;
                jumps.push(self.program.code.len());
                self.emit(Op::Goto(0));
            }
        }
        let end = self.here();
        jumps.into_iter().for_each(|jump| self.program.code[jump].op = Op::Goto(end));
    }

    fn pay(&mut self, payment: &Payment, online: bool) {
        let question = payment.amount.question().and_then(|id| self.flow.questions().get(usize::from(id.0)));
        self.program.payments.push(PaymentFacts {
            amount: payment.amount.clone(),
            typical: question.and_then(|question| question.typical),
            estimated: payment.estimated || question.is_some_and(|question| question.typical_estimated),
        });
        let number = size(self.program.payments.len() - 1);
        let pay = self.emit(Op::Pay(number));
        pay.files = online;
        pay.obstacle = match payment.means {
            Means::Counter | Means::Stamp => Hindrance::Means(payment.means),
            Means::Online | Means::Transfer => Hindrance::None,
        };
    }
}

/// What a paper on this medium is to a paperless procedure.
fn paper(medium: Medium) -> Hindrance {
    if medium == Medium::Paper { Hindrance::Paper } else { Hindrance::None }
}
