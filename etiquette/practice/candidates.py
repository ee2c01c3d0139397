"""The candidates in generated questions: people, the towns they live in, and the jobs they apply for.

None of this affects a verdict. In a detail, `{she}`, `{him}` and `{his}` stand for the candidate and `{boss}` for the
interviewer.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Town:
    """A town, with the names of candidates (women and men) and of interviewers who live there."""

    name: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    interviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """A job (with its article), the employer, and two memorable details of an interview for it."""

    job: str
    employer: str
    detail: str
    other_detail: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """The candidate in one question; `pronouns` are subject, object and possessive.

    `turn` numbers the candidates in a quiz, so that each can be introduced differently.
    """

    name: str
    pronouns: tuple[str, str, str]
    interviewer: str
    town: str
    trade: Trade
    detail: str
    turn: int

    @property
    def placeholders(self) -> dict[str, str]:
        """Values for the placeholders that any wording may use."""
        she, him, his = self.pronouns
        return {
            "name": self.name,
            "first": self.name.split()[0],
            "she": she,
            "She": she.capitalize(),
            "him": him,
            "his": his,
            "His": his.capitalize(),
            "boss": self.interviewer,
            "town": self.town,
            "job": self.trade.job,
            "employer": self.trade.employer,
            "Employer": capitalized(self.trade.employer),
        }


TOWNS = (
    Town("Bergen", ("Ingrid Solheim", "Kari Myhre"), ("Tor Eide", "Sindre Vik"), ("Ms Haugen", "Mr Nygård")),
    Town("Leipzig", ("Anke Vogel", "Jule Hartwig"), ("Milan Kretz", "Emre Aydın"), ("Frau Seidel", "Herr Lange")),
    Town("Kraków", ("Zofia Wrona", "Hanna Pietrzyk"), ("Marek Sowa", "Igor Bem"), ("Pani Lis", "Pan Górski")),
    Town("Porto", ("Inês Matos", "Luana Freire"), ("Rui Tavares", "Davi Pinho"), ("Dona Amélia", "Senhor Brito")),
    Town("Nairobi", ("Wanjiru Kamau", "Achieng Odera"), ("Otieno Ouma", "Kip Cheruiyot"), ("Mrs Njoroge", "Mr Mutua")),
    Town("Accra", ("Abena Sarpong", "Efua Mensah"), ("Kojo Addo", "Yaw Boakye"), ("Mrs Ofori", "Mr Quaye")),
    Town("Lahore", ("Sana Iqbal", "Hira Bhatti"), ("Usman Tariq", "Bilal Chaudhry"), ("Ms Qureshi", "Mr Malik")),
    Town("Pune", ("Meera Kulkarni", "Tanvi Joshi"), ("Rohan Deshpande", "Arjun Pawar"), ("Mrs Bhide", "Mr Gokhale")),
    Town("Osaka", ("Haruka Ono", "Mio Takeda"), ("Kenta Mori", "Sho Inoue"), ("Ms Fujii", "Mr Hayashi")),
    Town("Cebu", ("Liza Abella", "Joy Navarro"), ("Paolo Reyes", "Nico Villamor"), ("Mrs Osmeña", "Mr Cabrera")),
    Town("Québec", ("Maude Gagnon", "Élise Roy"), ("Samuel Côté", "Théo Bédard"), ("Mme Fortin", "M. Pelletier")),
    Town(
        "Puebla", ("Ximena Rojas", "Itzel Vargas"), ("Diego Solís", "Emilio Prado"), ("Señora Campos", "Señor Ibarra")
    ),
    Town(
        "Valdivia", ("Antonia Lagos", "Rayén Millán"), ("Tomás Vera", "Benja Oyarzún"), ("Señora Pinto", "Señor Fuica")
    ),
    Town("Cork", ("Aoife Hurley", "Niamh Daly"), ("Cian Murphy", "Oisín Keane"), ("Mrs Twomey", "Mr Crowley")),
    Town("Leeds", ("Shanice Brown", "Ruth Ackroyd"), ("Imran Shah", "Callum Firth"), ("Ms Barraclough", "Mr Dyson")),
    Town("Volos", ("Eleni Manou", "Danae Kioussi"), ("Stavros Lekkas", "Petros Vlahos"), ("Kyria Sideri", "Mr Zervas")),
    Town("Tartu", ("Liis Kask", "Mari Saar"), ("Rasmus Tamm", "Oleg Petrov"), ("Ms Rebane", "Mr Kuusk")),
    Town("Brno", ("Tereza Malá", "Lan Nguyenová"), ("Ondřej Kříž", "Jakub Holub"), ("Mrs Benešová", "Mr Doležal")),
    Town(
        "Ghent", ("Lotte Claes", "Yasmina Haddou"), ("Wout Maes", "Bram Desmet"), ("Mevrouw Baert", "Meneer Goossens")
    ),
    Town("İzmir", ("Defne Kaya", "Elif Sönmez"), ("Cem Özkan", "Mert Yalçın"), ("Ms Aksoy", "Mr Tunç")),
    Town("Beirut", ("Rima Khoury", "Dalia Nasser"), ("Karim Saab", "Ziad Haddad"), ("Madame Rizk", "Mr Tawil")),
    Town("Napier", ("Aroha Ngata", "Pippa Lowe"), ("Tane Rangi", "Hamish Orr"), ("Mrs Parata", "Mr Guthrie")),
    Town("Hobart", ("Freya Lim", "Indira Doyle"), ("Jack Tranter", "Minh Tran"), ("Ms Kavanagh", "Mr Wells")),
    Town("Ibadan", ("Folake Ajayi", "Bisi Oladipo"), ("Segun Alabi", "Tunde Ojo"), ("Mrs Akande", "Chief Oyelaran")),
)

TRADES = (
    Trade(
        "an optician",
        "the eye clinic",
        "They gave {him} a pair of varifocals with one fault in it, and {she} found two.",
        "Half of the interview went by in the dark, in front of the slit lamp.",
    ),
    Trade(
        "a baker",
        "the bakery by the market",
        "{boss} broke {his} trial loaf open, smelt it, and took the other half home.",
        "There was flour on the questions by the end, and dough under {his} nails.",
    ),
    Trade(
        "a dispatcher",
        "the ambulance station",
        "For ten minutes {she} had a fall, two fevers and a bad line, all played by {boss}.",
        "From the window of the interview one could see what there would be to deal with: ice, and a hill.",
    ),
    Trade(
        "a school secretary",
        "the school on the hill",
        "Three children came in during the interview, and {she} sent all three away content.",
        "{boss} wanted to know what {she} would do about the photocopier. Everybody does, it seems.",
    ),
    Trade(
        "a bicycle mechanic",
        "the bicycle workshop",
        "{She} trued a wheel by ear while {boss} held the lamp.",
        "They talked about brakes for an hour and about money for a minute.",
    ),
    Trade(
        "a night nurse",
        "the teaching hospital",
        "{boss} asked what {she} does at four in the morning. “Listen,” {she} said.",
        "The ward sister put {his} name on the whiteboard, to see how it looked.",
    ),
    Trade(
        "a translator",
        "the patent office",
        "The trial text was about a valve, and there was a joke in it that {she} kept.",
        "{boss} read {his} page aloud, slowly, and changed one comma.",
    ),
    Trade(
        "a gardener",
        "the botanical garden",
        "They walked the glasshouses, and {she} knew the one plant that had lost its label.",
        "{boss} looked at {his} hands before looking at {his} papers.",
    ),
    Trade(
        "a payroll clerk",
        "the haulage company",
        "There was a test with a wrong total in it, and {she} said so before lunch.",
        "{boss} keeps a cactus for every year without a complaint. There are six.",
    ),
    Trade(
        "a sound engineer",
        "the opera house",
        "{She} heard which of the forty microphones was dead before they had told {him} that one was.",
        "They sat in the empty stalls, and spoke softly without meaning to.",
    ),
    Trade(
        "a bus driver",
        "the bus company",
        "In the simulator {she} stopped for a dog, a pram and a brass band.",
        "{boss} timed {his} braking with a stopwatch and did not say the number.",
    ),
    Trade(
        "a dental hygienist",
        "the dental practice",
        "{boss} lay down in the chair and had {his} gentleness tested at first hand.",
        "Somebody next door was humming through an extraction, and they all pretended not to hear.",
    ),
    Trade(
        "an archivist",
        "the city archive",
        "They gave {him} a letter without a date, and {she} dated it by the stamp duty.",
        "The reading room was so quiet that one heard {boss} turn over {his} application.",
    ),
    Trade(
        "a pastry chef",
        "the hotel by the station",
        "{His} custard split, and {she} saved it. {boss} seemed to like the saving best.",
        "The kitchen went on with its lunch around them, and twice somebody handed {him} a tray.",
    ),
    Trade(
        "a lift engineer",
        "the housing association",
        "They were stuck between two floors on the way up, and {she} was asked to do something about it.",
        "{boss} wanted to see {his} certificates, and then {his} shoes.",
    ),
    Trade(
        "a librarian",
        "the mobile library",
        "The interview was held in the bus, between crime and gardening.",
        "{boss} asked for something sad but short. {She} had it in a minute.",
    ),
    Trade(
        "a software tester",
        "the ticketing company",
        "{She} bought minus one ticket on their demonstration page, and was thanked for it.",
        "There were three of them and one of {him}, and a plate of biscuits that nobody began.",
    ),
    Trade(
        "a beekeeper’s assistant",
        "the honey cooperative",
        "{boss} opened a hive without a veil, and watched what {she} would do.",
        "One of the bees came along into the office and stayed for the whole talk.",
    ),
    Trade(
        "a physiotherapist",
        "the rehabilitation centre",
        "A man with a new hip was asked what he thought of {him}. He thought well of {him}.",
        "{boss} sprained a thumb years ago, and {she} noticed from the handshake.",
    ),
    Trade(
        "an announcer",
        "the coach station",
        "{She} read out forty villages in a row, and stumbled over none.",
        "“Say that it is late, and that we are sorry,” said {boss}, “and let me believe both.”",
    ),
    Trade(
        "a glazier",
        "the restoration workshop",
        "They put a cracked saint in front of {him} and went away for half an hour.",
        "{boss} held {his} sample up to the sun for longer than was comfortable.",
    ),
    Trade(
        "a kindergarten teacher",
        "the kindergarten in the old mill",
        "A girl called it a good interview, from under the table.",
        "{She} was asked to sing something, and half of the building joined in.",
    ),
    Trade(
        "a laboratory technician",
        "the water board",
        "Of the five samples one was from the tap in the corridor, and {she} could tell which.",
        "{boss} spoke of chlorine the way others speak of wine.",
    ),
    Trade(
        "a stage carpenter",
        "the puppet theatre",
        "{She} built a staircase for somebody eleven inches tall, and it held.",
        "{boss} knocked on {his} joints with one knuckle, like a doctor.",
    ),
    Trade(
        "a claims adviser",
        "the farmers’ insurance",
        "The practice case was a cow on a greenhouse. {She} asked first whether the cow was well.",
        "They had a pot of coffee, and {boss} refilled {his} cup three times, which felt like a sign.",
    ),
    Trade(
        "a steward",
        "the overnight coach company",
        "They drove round the town meanwhile, and {boss} watched how {she} carried the tea.",
        "They asked {him} what {she} would say to forty people who all want to get off.",
    ),
    Trade(
        "a cheesemaker",
        "the village dairy",
        "{She} was blindfolded and told three villages apart by their milk.",
        "{boss} cut the oldest wheel in the cellar, which, somebody whispered, is not done for everyone.",
    ),
)


def draw_candidates(rng: random.Random, count: int) -> list[Candidate]:
    """Draw this many candidates; no two share a town or a trade as long as there are enough of both."""
    towns = rng.sample(TOWNS, len(TOWNS)) * (count // len(TOWNS) + 1)
    trades = rng.sample(TRADES, len(TRADES)) * (count // len(TRADES) + 1)
    candidates, first_turn = [], rng.randrange(count)
    for turn, (town, trade) in enumerate(zip(towns[:count], trades[:count], strict=True), start=first_turn):
        woman = rng.random() < 0.5
        candidate = Candidate(
            name=rng.choice(town.women if woman else town.men),
            pronouns=("she", "her", "her") if woman else ("he", "him", "his"),
            interviewer=rng.choice(town.interviewers),
            town=town.name,
            trade=trade,
            detail="",
            turn=turn,
        )
        detail = rng.choice((trade.detail, trade.other_detail)).format_map(candidate.placeholders)
        candidates.append(replace(candidate, detail=capitalized(detail)))
    return candidates


def capitalized(text: str) -> str:
    """The text with its first letter in upper case and the rest unchanged."""
    return text[0].upper() + text[1:]
