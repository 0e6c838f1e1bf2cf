"""The reports that the pages hold: states, persons and outlets in them are invented."""
# ruff: noqa: E501  # paragraphs

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A report. Paragraphs that begin with "# " are sub-headings, with "- " entries of a list, with "> " quotations set apart."""

    headline: str
    paragraphs: tuple[str, ...]
    author: str = "Ana Sol"
    day: str = "2019-06-03"

    @property
    def gold(self) -> str:
        return "\n\n".join(p.removeprefix("# ").removeprefix("- ").removeprefix("> ") for p in self.paragraphs)


BORDER = Told(
    "Norland reopens border with Sudria after eleven months",
    (
        "Norland opened its border with Sudria to lorries on Monday, eleven months after a dispute over river tolls had closed "
        "all four crossings, the Interior Ministry said.",
        "The first trucks, most of them carrying grain and cement, passed the Harn bridge shortly after six in the morning. "
        "Drivers who had slept in their cabins for two nights sounded their horns as the barrier went up.",
        "“We have waited long enough,” said Per Rude, who runs a haulage firm with nine vehicles in the border town of Elsk. “Two "
        "of my men went abroad to find work. I hope they come back.”",
        "# Talks in Lisbon",
        "The opening was agreed in Lisbon last week, where Premier Ina Vold of Norland met her Sudrian counterpart, Tomas Arel, "
        "for the first time since both took office. Portugal had offered to mediate in March.",
        "Under the accord, which neither side has published in full, Sudria will lower the toll by a third, while Norland "
        "drops a complaint that it had lodged with the River Commission. A joint committee is to meet every month.",
        "The opposition in Sudria called the terms a surrender. “The government has sold the river for a photograph,” Lena "
        "Marsk, who leads the Farmers’ Union party, told parliament on Sunday evening.",
        "# What it costs",
        "Economists at the University of Harn put the loss to both countries at some 240 million crowns. Bread prices in the "
        "border districts rose by nearly a fifth during the winter, and three mills stopped work altogether.",
        "Whether the old volume of trade will return is unclear. Several firms have moved their routes to the coast, and the "
        "railway that was to relieve the bridges is not expected to be ready before 2023.",
        "Passenger cars must wait until July. Until then only residents with a permit may cross on foot, between eight in the "
        "morning and six in the evening.",
    ),
)
STRIKE = Told(
    "Dock workers in Porto Alen vote to strike over night shifts",
    (
        "Dock workers in Porto Alen, the largest harbour of Sudria, have voted to stop work from Thursday unless the port "
        "authority withdraws a new plan for night shifts, their union said on Tuesday.",
        "Of 3,100 members who took part in the ballot, 88 percent were in favour, according to the Harbour and Transport Union. "
        "It was the highest share in a vote of this kind since 1998.",
        "The authority wants cranes to run around the clock so that ships no longer wait in the bay for a berth. It has offered "
        "a bonus of twelve crowns an hour, which the union calls an insult.",
        "“Nobody here is against working,” the chairwoman of the union, Marta Quill, said at the gate of the northern basin. "
        "“But a man who lifts steel at four in the morning needs a colleague beside him, and they want to save that colleague.”",
        "A spokesman for the authority said that it remained ready to talk and that emergency supplies would be unloaded in "
        "any event. Two container lines have already sent ships to Norland instead.",
    ),
    "Joren Pell",
    "2020-02-11",
)
BRIEF = Told(
    "Quake shakes northern Lagona, no injuries reported",
    (
        "A moderate earthquake shook the north of Lagona early on Friday and sent residents of the town of Miren into the "
        "streets, but there were no reports of injuries, the civil protection agency said.",
        "The tremor had a magnitude of 4.9 and lasted about ten seconds. Schools in two districts stayed closed so that "
        "engineers could look for cracks.",
    ),
    "Ida Fenn",
    "2021-09-24",
)
BUDGET = Told(
    "Lagona’s cabinet backs budget with deep cuts to road building",
    (
        "The cabinet of Lagona approved a budget on Wednesday that cuts spending on roads by a quarter and raises that on "
        "hospitals, setting up a fight with the provinces, which had asked for the opposite.",
        "Finance Minister Olav Dresk said the deficit would shrink to 2.1 percent of output next year from 3.4 percent. He "
        "ruled out higher taxes on wages but left open a levy on empty houses.",
        "# Provinces object",
        "The governors of the five southern provinces said in a joint letter that forty bridges could no longer be repaired. "
        "They asked the president, Sofia Brandt, to call a conference before the bill reaches parliament.",
        "> A road that is not mended this year will cost us three times as much in five years, and somebody will have been hurt "
        "on it by then.",
        "The hospitals’ association welcomed the plan. Wards in the capital have been short of nurses since the spring, and "
        "two clinics had to send patients to Norland.",
        "Parliament is to take up the bill on 14 November. The coalition has a majority of three seats, and two of its members "
        "come from the south.",
    ),
    "Nils Haber",
    "2022-10-26",
)
ANSWERS = Told(
    "“We will not send troops”: five questions to Sudria’s foreign minister",
    (
        "Foreign Minister Elin Torv of Sudria speaks about the crisis on the Orme islands, the talks with Norland and the limits "
        "of her country’s patience. The conversation was held in her office on Saturday.",
        "Minister, have you given up on the talks?",
        "No. We have given up on the idea that they will be short. The delegations meet again in ten days, and I will be there "
        "myself if that helps.",
        "The navy moved two frigates to the north last week. Why?",
        "Because fishing boats were rammed and their crews asked for protection. Any coast guard would have done so. The "
        "frigates stay outside the twelve miles.",
        "Would you send troops to the islands?",
        "We will not send troops. I have told that to my colleague in Norland and I tell it to you. What we may send is police, "
        "at the request of the islanders.",
        "And if the council there declares independence?",
        "Then we will talk with the council. A declaration is a piece of paper. What counts is whether the ferries run and "
        "whether the teachers are paid, and both depend on us.",
        "What do you expect from your allies?",
        "Patience, and less advice. Those who urge us to be firm would not have to live with the consequences.",
    ),
    "Kaja Lind",
    "2023-05-06",
)
LIST = Told(
    "Six things to know about the vote in Norland",
    (
        "Voters in Norland choose a new parliament on Sunday, and for the first time in two decades the outcome is open. Here is "
        "what matters.",
        "# 1. Three parties are level",
        "The latest poll for Norland Radio gives the Centre, the Greens and the Union between 22 and 24 percent each. One in "
        "six voters has yet to decide.",
        "# 2. The north may tip it",
        "Nine of the fifteen closest seats lie north of the Harn. Turnout there fell to 51 percent last time, and all parties "
        "have sent their leaders on tours by train.",
        "# 3. Prices, not the border",
        "Asked what worries them most, four in ten name the price of bread and fuel. The border, which filled the papers for a "
        "year, comes fifth.",
        "# 4. The premier may go",
        "Ina Vold has said that she will leave politics if her party comes third. Her deputy, Rolf Ask, is seen as the likely "
        "successor.",
        "# 5. Results will be late",
        "Ballots are counted by hand. A first projection is expected at ten in the evening, a reliable one not before two.",
        "# 6. A coalition will take weeks",
        "It took 47 days to form the last government. The constitution sets no limit, and the king can only advise.",
    ),
    "Mats Orre",
    "2023-09-08",
)
RELEASE = Told(
    "Ministry of Trade signs memorandum on rail freight with the Republic of Lagona",
    (
        "HARN, 17 April 2024 – The Minister of Trade of Norland, Mr Rolf Ask, and the Minister of Transport of Lagona, Ms Petra "
        "Holm, today signed a memorandum of understanding on rail freight.",
        "The memorandum provides for a direct connection between the inland port of Harn and the container terminal of Miren by "
        "the end of 2026. It covers the following points:",
        "- joint planning of the line by a committee with four members from each side",
        "- the recognition of each other’s safety certificates for locomotives and drivers",
        "- a common tariff for grain, timber and steel",
        "“This line brings our ports one day closer to each other,” Minister Ask said at the ceremony. Minister Holm said that "
        "Lagona would start buying land in the autumn.",
        "The cost is estimated at 410 million crowns, of which Norland bears 60 percent. Both parliaments must approve the "
        "agreement that is to follow.",
    ),
    "Press Office",
    "2024-04-17",
)
TABLE = Told(
    "Turnout falls in Sudria’s local elections",
    (
        "Fewer than half of the voters took part in local elections in Sudria on Sunday, the electoral office said on Monday "
        "after all but two districts had been counted.",
        "Province | Turnout | Change",
        "Upper Sarn | 48.2 | -5.1",
        "Lower Sarn | 44.9 | -7.3",
        "Orme islands | 61.0 | +2.4",
        "Only the Orme islands, where the council wants more powers of its own, saw more people vote than four years ago. The "
        "governing party lost the town halls of Dorva and Elm.",
        "Its secretary, Jan Mohr, spoke of a warning that would be heard. The opposition demanded early elections, which the "
        "premier ruled out.",
    ),
    "Ulla Werm",
    "2018-11-12",
)
LIVE = Told(
    "Storm over the Harn valley: evacuation widened to four towns",
    (
        "Norland’s disaster office has widened the evacuation along the Harn to four towns with some 18,000 inhabitants.",
        "The premier is on her way to Elsk. She will speak to the press at five in the afternoon, her office has said.",
        "The railway between Elsk and the capital is closed until further notice. A landslide has buried both tracks near the "
        "Karst tunnel; nobody was hurt.",
        "Sudria has offered two helicopters and a field hospital. The army of Norland has accepted the helicopters.",
        "The water at the Harn bridge stands at 7.9 metres, forty centimetres above the mark of 1987. The peak is expected "
        "around midnight.",
        "Schools in the whole valley will stay closed on Thursday and Friday, the ministry of education has announced.",
    ),
    "Norland Times desk",
    "2022-07-13",
)
