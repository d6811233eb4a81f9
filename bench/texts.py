"""News-like reports by the thousand, of invented words where news has names: the input of the benchmarks.

What matters for speed is how often a word was seen before, as the engine keeps what depends on the word alone. Words are
therefore drawn by Zipf's law from a fixed list with a long tail, and names and numbers are made up, so that new words turn up as
often as in newspaper text (some 9,000 different ones in the first 100,000). The same seed gives the same reports on every machine.
"""
# SPDX-License-Identifier: Apache-2.0

import bisect
import itertools
import random

NOUNS = """people police government officials minister army troops rebels protesters city town village hospital road bridge
region border attack blast fire flood storm court judge lawyer case charge prison vote election party leader member parliament
talks deal truce ceasefire offer plan budget market price worker union strike company factory port ship train bus driver
school student teacher family child woman man doctor nurse soldier officer commander gunman fighter group camp refugee
convoy aid food water power line border post crossing checkpoint patrol vehicle truck weapon rocket drone mine bomb
statement report question answer letter call visit meeting summit speech crowd march rally square street house building
roof wall window door field river lake coast island mountain valley forest farm harvest season winter summer night
morning week month year decade century history memory grief anger fear hope doubt claim denial witness account version
figure toll number share rate cost loss gain debt bank loan fund tax law rule right duty order ban curfew search raid
arrest release exchange hostage prisoner body victim survivor wound injury disease outbreak vaccine drug trade route
network phone signal message video picture newspaper reporter editor station channel programme league match player""".split()
VERBS = """said told denied claimed warned added killed wounded attacked seized released detained arrested fled crossed reached left
entered blocked opened closed fired struck destroyed damaged rebuilt agreed refused rejected accepted signed ended began
continued called asked demanded promised offered visited met replaced accused blamed condemned praised ordered announced
confirmed reported described counted found lost won held freed charged jailed sentenced buried treated fed sheltered""".split()
ADJECTIVES = """new old armed local foreign former senior young dead wounded missing heavy light northern southern eastern western
central military civil political economic public private early late long short high low strong weak open closed deadly
peaceful angry hungry frozen flooded burnt empty crowded remote coastal rural urban national regional international""".split()
FILLERS = """the of and to in a for on with at by from that as after before during against between over under near about into
through despite while when because if but or not no more than most least some many few several every other another such only
also still already again soon later earlier yesterday today Monday Tuesday Wednesday Thursday Friday Saturday Sunday
January February March April he she they it we who which its their his her them him was were is are has have had will
would could may might must been being be do did does there here where why how what this these those""".split()
SYLLABLES = "ka lo mi ra ven tor bel sha dur nok il es an ur gra pel zan dor mek fal sur hin kov ach lem ost ber nia tal vic".split()
RARE_WORDS = 300_000


class Writer:
    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.common = {}
        for name, words in (("noun", NOUNS), ("verb", VERBS), ("adjective", ADJECTIVES), ("filler", FILLERS)):
            self.common[name] = (words, list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words)))))

    def pick(self, kind):
        words, weights = self.common[kind]
        return words[bisect.bisect(weights, self.draw.random() * weights[-1])]

    def name(self):
        return "".join(self.draw.choice(SYLLABLES) for _ in range(self.draw.randint(2, 4))).capitalize()

    def rare(self):
        """A word of a long tail of made-up ones, the n-th drawn with chance 1/n as words are."""
        rank = int(RARE_WORDS ** self.draw.random())
        word = ""
        while rank:
            rank, syllable = divmod(rank, len(SYLLABLES))
            word += SYLLABLES[syllable]
        return word

    def noun(self):
        return self.rare() if self.draw.random() < 0.5 else self.pick("noun")

    def number(self):
        return self.draw.choice([str(self.draw.randint(2, 99)), f"{self.draw.randint(100, 9999):,}", f"{self.draw.randint(1, 99)}.{self.draw.randint(1, 9)}%"])

    def phrase(self, names):
        adjective = f"{self.pick('adjective')} " if self.draw.random() < 0.4 else ""
        kind = self.draw.random()
        if kind < 0.25:
            return self.draw.choice(names)
        if kind < 0.35:
            return f"{self.number()} {adjective}{self.noun()}s"
        return f"the {adjective}{self.noun()}"

    def clause(self, names):
        parts = [self.phrase(names), self.pick("verb"), self.phrase(names)]
        for _ in range(self.draw.randint(0, 3)):
            parts += [self.pick("filler"), self.phrase(names)]
        return " ".join(parts)

    def sentence(self, names):
        clause = self.clause(names)
        kind = self.draw.random()
        if kind < 0.2:
            return f'"{clause[0].upper()}{clause[1:]}," {self.draw.choice(names)} said.'
        if kind < 0.4:
            return f"{clause[0].upper()}{clause[1:]}, {self.clause(names)}, officials in {self.draw.choice(names)} said."
        return f"{clause[0].upper()}{clause[1:]}, {self.pick('filler')} {self.clause(names)}."

    def report(self, sentences):
        names = [self.name() for _ in range(2 + sentences // 2)]
        names += [f"{self.name()} {self.draw.choice(names)}" for _ in range(2)]
        made = [self.sentence(names) for _ in range(sentences)]
        return "\n\n".join(" ".join(made[i:i + 3]) for i in range(0, len(made), 3)) + "\n"


def reports(seed, count, sentences):
    writer = Writer(seed)
    for number in range(count):
        yield {"id": f"bench-{number}", "date": "2026-03-09", "text": writer.report(sentences)}
