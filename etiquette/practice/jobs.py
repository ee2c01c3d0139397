"""The jobs in generated questions. None of this affects a verdict."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """A job, as the opening of a situation: what it is and how the interview went, told to the learner.

    In the opening, `{boss}` stands for the interviewer; `employer` is how an option names the employer.
    """

    boss: str
    employer: str
    opening: str

    @property
    def placeholders(self) -> dict[str, str]:
        """Values for the placeholders of the wordings."""
        return {"boss": self.boss, "employer": self.employer}


JOBS = (
    Job(
        "Mrs Parata",
        "the garden centre",
        "You want the weekend job at a garden centre. {boss} walked you past the bedding plants and asked what you’d "
        "say to somebody whose roses had died.",
    ),
    Job(
        "Mr Haddad",
        "the shoe shop",
        "A shoe shop on the high street needs a sales assistant, and {boss} had you sell him his own laces.",
    ),
    Job(
        "Ms Okafor",
        "the care home",
        "You’ve applied for nights at a care home. {boss} introduced you to two of the residents, and one of them "
        "asked the questions.",
    ),
    Job(
        "Mr Byrne",
        "the warehouse",
        "It’s a picking job in a warehouse by the ring road. {boss} timed you on one aisle and seemed happy with that.",
    ),
    Job(
        "Ms Lindqvist",
        "the letting agency",
        "A letting agency is looking for an office administrator. {boss} talked for most of the interview; you "
        "listened well.",
    ),
    Job(
        "Mrs Achterberg",
        "the primary school",
        "You’d like to be a teaching assistant at the primary school near you. {boss} had you read a story to a class "
        "that had just come in from the rain.",
    ),
    Job(
        "Chef Marino",
        "the bistro",
        "The bistro on the corner needs a commis chef. {boss} watched you chop an onion and said “fine”.",
    ),
    Job(
        "Ms Rahman",
        "the call centre",
        "A call centre for an energy company is hiring. {boss} played an angry customer, and you got her to laugh.",
    ),
    Job(
        "Mr Tanaka",
        "the software firm",
        "You’re a software developer, and a small firm that makes booking systems interviewed you. {boss} and you "
        "fixed a bug together.",
    ),
    Job(
        "Mr Osei",
        "the courier depot",
        "A courier firm wants drivers before the autumn. {boss} rode along with you round the block.",
    ),
    Job(
        "Ms Kowalska",
        "the dental practice",
        "There’s a reception desk to fill at a dental practice. {boss} let you answer the phone twice, for real.",
    ),
    Job(
        "Mrs Fonseca",
        "the nursery",
        "You had an interview at a nursery, on a chair made for a four-year-old. {boss} sat on one too.",
    ),
    Job(
        "Mr Grant",
        "the hotel",
        "A hotel by the station is looking for a night porter, and {boss} interviewed you at the front desk between "
        "two check-ins.",
    ),
    Job(
        "Ms Nair",
        "the hospital",
        "You’ve applied to be a healthcare assistant at the hospital. {boss}, the ward sister, asked how you deal "
        "with a long night.",
    ),
    Job(
        "Mr Petrov",
        "the haulage company",
        "The payroll office of a haulage company needs one more clerk. There was a test with a wrong total in it, "
        "and you told {boss} so.",
    ),
    Job(
        "Ms Delgado",
        "the supermarket",
        "A supermarket is filling its bakery counter for the early shift. {boss} wanted to know what time you get up.",
    ),
    Job(
        "Mr Wójcik",
        "the building firm",
        "You’re an apprentice joiner, nearly qualified, and a building firm might take you on. {boss} turned your "
        "sample joint over twice.",
    ),
    Job(
        "Mrs Bangura",
        "the housing association",
        "A housing association wants somebody for its repairs line. {boss} asked you to calm down a tenant with a "
        "wet ceiling.",
    ),
    Job(
        "Ms Aydın",
        "the insurance company",
        "You sat across from {boss} at an insurance company, where they need a claims handler. The practice case was "
        "a cow in a greenhouse.",
    ),
    Job(
        "Mr Laurent",
        "the café",
        "You made three flat whites for {boss}, who needs a barista by the end of the month.",
    ),
    Job(
        "Ms Hughes",
        "the council",
        "The council has a vacancy in its planning office, and you’ve had the interview. {boss} took four pages of "
        "notes.",
    ),
    Job(
        "Mr Chaudhry",
        "the pharmacy",
        "A pharmacy wants a dispensing assistant. {boss} showed you the back room, which not everybody gets to see.",
    ),
    Job(
        "Mrs Novak",
        "the cleaning company",
        "It’s an evening job, supervising a team of six cleaners in an office block. {boss} went through the rota "
        "with you.",
    ),
    Job(
        "Ms Eriksen",
        "the charity",
        "You’d be the one who writes the charity’s newsletter. {boss} read your sample aloud and changed one comma.",
    ),
    Job(
        "Mr Mbeki",
        "the gym",
        "The gym across the river is hiring for reception, and {boss} showed you round while the machines were going.",
    ),
    Job(
        "Ms Costa",
        "the secondary school",
        "A secondary school needs a lab technician. {boss} asked you which of the gas taps was stiff, and you’d "
        "noticed.",
    ),
    Job(
        "Mr Silva",
        "the garage",
        "There’s a bay free at the garage where you’d like to work as a mechanic. {boss} had you listen to an engine.",
    ),
    Job(
        "Mrs Ivanova",
        "the library",
        "The library is replacing somebody on the front desk. {boss} asked for a book that was sad but short, and you "
        "found one.",
    ),
    Job(
        "Ms Boateng",
        "the bank",
        "A bank is training customer advisers, and you were one of five they interviewed. {boss} asked the same "
        "question twice to see if you’d notice.",
    ),
    Job(
        "Mr Nguyen",
        "the factory",
        "They make window frames, and they need a machine operator on the late shift. {boss} shouted the questions "
        "over the saw.",
    ),
    Job(
        "Ms Moreau",
        "the law firm",
        "A law firm wants a legal secretary who can read handwriting. {boss} tested you on hers.",
    ),
    Job(
        "Mr Kaplan",
        "the bus company",
        "You’d like to drive a bus. In the simulator you stopped for a dog, and {boss} wrote that down.",
    ),
    Job(
        "Mrs Jensen",
        "the school kitchen",
        "The kitchen of a big school is short of a cook. You and {boss} talked about feeding four hundred children "
        "by half past twelve.",
    ),
    Job(
        "Ms Abbott",
        "the marketing agency",
        "A marketing agency has invited you in for a junior role. {boss} asked what you’d do with their own website.",
    ),
    Job(
        "Mr Sato",
        "the electronics shop",
        "You were interviewed among the televisions, because the office was full. {boss} is looking for somebody to "
        "run the repairs counter.",
    ),
    Job(
        "Mrs Dlamini",
        "the GP surgery",
        "A GP surgery needs a receptionist for the mornings. {boss} said the phones start at eight and mean it.",
    ),
    Job(
        "Ms Fischer",
        "the optician",
        "The optician in the arcade is taking on an assistant. {boss} had you adjust a pair of glasses on her own "
        "nose.",
    ),
    Job(
        "Mr Ortega",
        "the landscaping firm",
        "You applied to plant trees for a landscaping firm. {boss} looked at your boots first, then at your CV.",
    ),
    Job(
        "Ms Clarke",
        "the theatre",
        "A theatre wants somebody in the box office. {boss} interviewed you in row F while they were hanging lights.",
    ),
    Job(
        "Mr Popescu",
        "the logistics company",
        "A logistics company is hiring a transport planner. You re-routed three lorries on paper while {boss} drank "
        "a coffee.",
    ),
    Job(
        "Mrs Hakimi",
        "the pharmacy chain’s head office",
        "You might become a data analyst at the head office of a pharmacy chain. {boss} liked the chart you brought.",
    ),
    Job(
        "Ms O’Neill",
        "the vet’s practice",
        "A vet’s practice needs a nurse, and {boss} handed you a cat to hold for the whole interview.",
    ),
    Job(
        "Mr Duarte",
        "the printer’s",
        "The printer’s behind the market would like an apprentice. {boss} held up two greens and asked you which was "
        "the darker.",
    ),
    Job(
        "Ms Zhang",
        "the accountancy firm",
        "You’d start as an accounts assistant. {boss} has a cactus for each year without a complaint, and asked you "
        "to count them.",
    ),
)


def draw_jobs(rng: random.Random, count: int) -> list[Job]:
    """Draw up to this many jobs, no two alike."""
    return rng.sample(JOBS, min(count, len(JOBS)))


def employer_of(story: str) -> str:
    """How the employer of a generated question is named: 'the care home'. Empty if the story begins like no job."""
    openings = ((job.opening.format(boss=job.boss), job.employer) for job in JOBS)
    return next((employer for opening, employer in openings if story.startswith(opening)), "")
